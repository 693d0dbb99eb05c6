using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace QuantumNet.Access.Ssh;

/// <summary>Answers ssh's password prompt (ssh(1), SSH_ASKPASS): a program of one line that reads the answer from a
/// named pipe beside it. The secret is in no argument, no environment and no file: the pipe's bytes are in the kernel's
/// memory, in a folder of this user alone, until the shell ends. The program answers no other question.</summary>
internal sealed class AskPass : IDisposable
{
    /// <summary>Jump hosts ask, too.</summary>
    private const int Answers = 8;

    private const string Program = """
        #!/bin/sh
        case $1 in *[Pp]assword*) IFS= read -r answer < "$0.answer" && printf '%s\n' "$answer" ;; *) exit 1 ;; esac

        """;

    private readonly string _folder;
    private FileStream? _pipe;

    private AskPass(string folder) => _folder = folder;

    /// <summary>Makes the program and tells a process to use it.</summary>
    public static AskPass For(string node, NetworkCredential credential, ProcessStartInfo start)
    {
        if (OperatingSystem.IsWindows())
            throw AccessErrors.CredentialNotSupported(node).ToException();
        AskPass made = new(Directory.CreateTempSubdirectory("quantumnet-").FullName);
        try
        {
            string file = Path.Combine(made._folder, "askpass");
            WriteProgram(file);
            made.Offer(file + ".answer", credential.Password);
            start.Environment["SSH_ASKPASS"] = file;
            start.Environment["SSH_ASKPASS_REQUIRE"] = "force";
            // Before OpenSSH 8.4 ssh asks the program only with a display
            start.Environment.TryAdd("DISPLAY", ":0");
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private static void WriteProgram(string file)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        using FileStream stream = new(file, options);
        stream.Write(Encoding.ASCII.GetBytes(Program));
    }

    // Opened for both ways, a pipe waits for no reader, and keeps what is written for those to come.
    private void Offer(string path, string password)
    {
        if (MakePipe(path, 0x180) != 0)      // 0600
            throw new IOException($"mkfifo: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        _pipe = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        byte[] answer = Encoding.UTF8.GetBytes(password + "\n");
        for (int i = 0; i < Answers; i++)
            _pipe.Write(answer);
        Array.Clear(answer);
    }

    public void Dispose()
    {
        try
        {
            _pipe?.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // Nothing secret is in it.
        }
    }

    [DllImport("libc", EntryPoint = "mkfifo", SetLastError = true)]
    private static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
