namespace QuantumNet.Access.Ssh;

/// <summary>The OpenSSH client of this machine.</summary>
internal static class SshProgram
{
    /// <summary>Where it is, as PATH finds it; null when there is none.</summary>
    public static string? Find() => Find(Environment.GetEnvironmentVariable("PATH"));

    /// <inheritdoc cref="Find()"/>
    internal static string? Find(string? path)
    {
        string name = OperatingSystem.IsWindows() ? "ssh.exe" : "ssh";
        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Join(folder, name)).FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string file) => File.Exists(file)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file)
            & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
