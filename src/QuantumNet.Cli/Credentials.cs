using System.Net;
using Microsoft.Win32.SafeHandles;
using QuantumNet.Cli.Binding;

namespace QuantumNet.Cli;

/// <summary>The credentials of a command line: a user's name stands there, the password never does. It is asked for on
/// the terminal, or read from the file or descriptor that an option names, when a cmdlet first needs it.</summary>
internal sealed class Credentials(CliTerminal terminal, CommonOptions options, CancellationToken stop)
{
    /// <summary>The parameter that <c>-PasswordFile</c> and <c>-PasswordDescriptor</c> speak of.</summary>
    private const string OfNodes = "Credential";

    private readonly Dictionary<string, string> _users = [];
    private readonly Dictionary<string, NetworkCredential> _asked = [];

    /// <summary>Notes the user that a parameter names.</summary>
    public void Add(string parameter, string user) => _users[parameter] = user;

    /// <summary>The credential of a parameter; null where none is given.</summary>
    /// <exception cref="QuantumException">There is nobody to ask, or the password cannot be read.</exception>
    public NetworkCredential? Of(string parameter)
    {
        bool isNamed = parameter == OfNodes
            && (options.PasswordFile is not null || options.PasswordDescriptor is not null);
        if (!_users.TryGetValue(parameter, out string? user) && !isNamed)
            return null;
        if (!_asked.TryGetValue(parameter, out NetworkCredential? credential))
            _asked[parameter] = credential = new(user ?? "", isNamed ? ReadNamed() : Ask(user!));
        return credential;
    }

    private string Ask(string user)
    {
        terminal.ClearProgress();
        return terminal.AskSecret?.Invoke($"Password for {CliTerminal.Printable(user)}: ", stop)
            ?? throw UsageErrors.NobodyToAsk(user);
    }

    private string ReadNamed()
    {
        string name = options.PasswordFile ?? $"descriptor {options.PasswordDescriptor}";
        try
        {
            using FileStream stream = options.PasswordFile is { } file ? OpenFile(file)
                : new(new SafeFileHandle(options.PasswordDescriptor!.Value, ownsHandle: false), FileAccess.Read, 0);
            string password = SecretPrompt.ReadLine(stream);
            return password.Length > 0 ? password : throw UsageErrors.PasswordNotRead(name, "its first line is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw UsageErrors.PasswordNotRead(name, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>A file that others may read is not a place for a password; a pipe is its writer's own affair.</summary>
    private static FileStream OpenFile(string file)
    {
        FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        if (OperatingSystem.IsWindows() || !stream.CanSeek
            || (File.GetUnixFileMode(stream.SafeFileHandle) & Others) == 0)
            return stream;
        stream.Dispose();
        throw UsageErrors.PasswordFileOpen(file);
    }

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;
}
