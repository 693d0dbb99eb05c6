namespace QuantumNet.Access.Ssh.Config;

/// <summary>The hosts that ssh_config files name: those of Host lines, patterns left out.</summary>
internal static class SshConfigHosts
{
    private const int MaximumDepth = 16;

    /// <summary>The names, in the order of the files.</summary>
    /// <param name="file">The file in place of the user's and this machine's; null for those.</param>
    /// <exception cref="QuantumException">The file that was named cannot be read.</exception>
    public static IReadOnlyList<string> Of(string? file)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        List<string> hosts = [];
        foreach ((string path, bool isNamed, bool isOfUser) in SshConfigFiles.Of(file, home))
        {
            if (isNamed || File.Exists(path))
                Read(path, home, isOfUser, 0, hosts);
        }
        return [.. hosts.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static void Read(string path, string home, bool isOfUser, int depth, List<string> hosts)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SshConfigErrors.NotRead(path, e).ToException();
        }
        int number = 0;
        foreach (ReadOnlySpan<char> one in text.AsSpan().EnumerateLines())
        {
            if (!SshConfigLine.TryParse(one, path, ++number, out SshConfigLine? line))
                continue;
            if (line.Keyword == "host")
                hosts.AddRange(line.Arguments.Where(HostName.IsSafe));
            if (line.Keyword != "include" || depth == MaximumDepth)
                continue;
            foreach (string included in line.Arguments.SelectMany(
                pattern => SshConfigFiles.Included(pattern, home, isOfUser)))
                Read(included, home, isOfUser, depth + 1, hosts);
        }
    }
}
