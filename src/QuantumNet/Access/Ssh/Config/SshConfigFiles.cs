using System.IO.Enumeration;

namespace QuantumNet.Access.Ssh.Config;

/// <summary>The ssh_config files that ssh reads, in its order (ssh_config(5)).</summary>
internal static class SshConfigFiles
{
    /// <summary>The files to begin with: the one that is named, or the user's and this machine's.</summary>
    /// <param name="named">The file in place of both; <c>none</c> for no file, null for both.</param>
    /// <param name="home">The user's folder.</param>
    public static IReadOnlyList<(string File, bool IsNamed, bool IsOfUser)> Of(string? named, string home) =>
        named == "none" ? []
        : !string.IsNullOrEmpty(named) ? [(named, true, true)]
        : [(Path.Join(home, ".ssh", "config"), false, true),
            (Path.Join(KnownHostsFiles.SystemFolder, "ssh_config"), false, false)];

    /// <summary>The files that an argument of Include means, in order; relative ones start from ~/.ssh,
    /// or from this machine's folder in its file.</summary>
    public static IReadOnlyList<string> Included(string pattern, string home, bool isOfUser)
    {
        string path = pattern == "~" || pattern.StartsWith("~/", StringComparison.Ordinal)
            ? home + pattern[1..] : pattern;
        if (!Path.IsPathRooted(path))
            path = Path.Join(isOfUser ? Path.Join(home, ".ssh") : KnownHostsFiles.SystemFolder, path);
        string root = Path.GetPathRoot(path)!;
        IEnumerable<string> found = [root];
        foreach (string segment in path[root.Length..].Split(Path.DirectorySeparatorChar,
            StringSplitOptions.RemoveEmptyEntries))
            found = segment.AsSpan().IndexOfAny("*?") < 0 ? found.Select(folder => Path.Join(folder, segment))
                : found.SelectMany(folder => Matching(folder, segment));
        return [.. found.Where(File.Exists).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Matching(string folder, string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Where(entry => Path.GetFileName(entry) is var name
                && name.StartsWith('.') == pattern.StartsWith('.')
                && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
