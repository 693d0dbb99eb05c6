namespace QuantumNet.Access.Ssh;

/// <summary>The known_hosts files of a user and of this machine (ssh_config(5), UserKnownHostsFile
/// and GlobalKnownHostsFile).</summary>
internal sealed class KnownHostsFiles
{
    private static readonly object s_writing = new();

    private readonly string[] _all;

    /// <summary>The files that ssh_config names.</summary>
    /// <param name="own">Those of the user; new keys are kept in the first.</param>
    /// <param name="shared">Those of this machine.</param>
    public KnownHostsFiles(IReadOnlyList<string> own, IReadOnlyList<string> shared) =>
        (Writable, _all) = (own.Count > 0 ? own[0] : "", [.. own, .. shared]);

    /// <summary>The files.</summary>
    /// <param name="file">The file in place of the user's own; null for those.</param>
    /// <param name="home">The user's folder.</param>
    public KnownHostsFiles(string? file, string home)
    {
        string[] own = string.IsNullOrEmpty(file) ? OwnOf(home) : [file];
        (Writable, _all) = (own[0], [.. own, .. Shared]);
    }

    /// <summary>The user's own, where ssh_config names none.</summary>
    public static string[] OwnOf(string home) =>
        [Path.Join(home, ".ssh", "known_hosts"), Path.Join(home, ".ssh", "known_hosts2")];

    /// <summary>Those of this machine, where ssh_config names none.</summary>
    public static string[] Shared =>
        [Path.Join(SystemFolder, "ssh_known_hosts"), Path.Join(SystemFolder, "ssh_known_hosts2")];

    /// <summary>Where ssh's files of this machine are.</summary>
    public static string SystemFolder => OperatingSystem.IsWindows()
        ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "ssh") : "/etc/ssh";

    /// <summary>Where new keys are kept.</summary>
    public string Writable { get; }

    /// <summary>Reads them. One that does not exist holds nothing.</summary>
    /// <exception cref="QuantumException">One cannot be read.</exception>
    public KnownHosts Read()
    {
        KnownHosts known = new();
        foreach (string file in _all)
        {
            try
            {
                if (File.Exists(file))
                    known.Add(File.ReadAllText(file), file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw HostKeyErrors.FileNotRead(file, e).ToException();
            }
        }
        return known;
    }

    /// <summary>Keeps a new key, unless another connection did so meanwhile.</summary>
    /// <exception cref="QuantumException">The file cannot be written.</exception>
    public void Keep(string host, int port, HostKey key)
    {
        lock (s_writing)
        {
            if (Read().Judge(host, port, key).Standing != HostKeyStanding.Unknown)
                return;
            try
            {
                Append(LineFor(host, port, key));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw HostKeyErrors.FileNotWritten(Writable, e).ToException();
            }
        }
    }

    /// <summary>The line that makes a key known.</summary>
    public static string LineFor(string host, int port, HostKey key) =>
        $"{KnownHosts.NameOf(host, port)} {key.Type} {key.Base64}";

    private void Append(string line)
    {
        if (Writable is "" or "none")
            throw new IOException("ssh_config names no file for it");
        string folder = Path.GetDirectoryName(Path.GetFullPath(Writable))!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream stream = new(Writable, options);
        bool isLineOpen = false;
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            isLineOpen = stream.ReadByte() != '\n';
        }
        stream.Write(System.Text.Encoding.UTF8.GetBytes((isLineOpen ? "\n" : "") + line + "\n"));
    }
}
