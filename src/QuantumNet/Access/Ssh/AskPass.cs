using System.Diagnostics;
using System.Net;

namespace QuantumNet.Access.Ssh;

/// <summary>Answers ssh's password prompt (ssh(1), SSH_ASKPASS): a program of one line that prints a variable of its environment.
/// The secret is in no argument and in no file; the program answers no other question.</summary>
internal sealed class AskPass : IDisposable
{
    private const string Variable = "QUANTUMNET_ANSWER";

    private const string Program = """
        #!/bin/sh
        case $1 in *[Pp]assword*) printf '%s\n' "$QUANTUMNET_ANSWER" ;; *) exit 1 ;; esac

        """;

    private readonly string _folder;

    private AskPass(string folder) => _folder = folder;

    /// <summary>Makes the program and tells a process to use it.</summary>
    public static AskPass For(string node, NetworkCredential credential, ProcessStartInfo start)
    {
        if (OperatingSystem.IsWindows())
            throw AccessErrors.CredentialNotSupported(node).ToException();
        AskPass made = new(Directory.CreateTempSubdirectory("quantumnet-").FullName);
        string file = Path.Combine(made._folder, "askpass");
        using (FileStream stream = new(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
        }))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Program));
        }
        start.Environment["SSH_ASKPASS"] = file;
        start.Environment["SSH_ASKPASS_REQUIRE"] = "force";
        start.Environment.TryAdd("DISPLAY", ":0");       // before OpenSSH 8.4 ssh asks the program only with a display
        start.Environment[Variable] = credential.Password;
        return made;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // Nothing secret is in it.
        }
    }
}
