using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>The files and folders that a cmdlet reads: one rule for all that take -Path and -LiteralPath.</summary>
/// <param name="host">Makes full paths of what was typed.</param>
/// <param name="notFound">The error for a path that nothing fits.</param>
internal sealed class PathChoice(ICommandHost host, Func<string, QuantumError> notFound)
{
    /// <summary>Full paths in the order they were named. Wildcards in the last part of a path fit several, by name;
    /// what is there under the very name is meant itself. A path that nothing fits costs one error.</summary>
    /// <param name="paths">Paths, wildcards allowed.</param>
    /// <param name="literals">Paths as they are.</param>
    public IReadOnlyList<string> Of(string[] paths, string[] literals) =>
        [.. paths.SelectMany(path => Resolved(path, takesWildcards: true)),
            .. literals.SelectMany(path => Resolved(path, takesWildcards: false))];

    private IReadOnlyList<string> Resolved(string path, bool takesWildcards)
    {
        try
        {
            string full = host.ResolvePath(path);
            if (!takesWildcards || !Wildcard.IsPattern(Path.GetFileName(full)) || File.Exists(full)
                || Directory.Exists(full))
                return [full];
            string[] fitting = Fitting(full);
            if (fitting.Length == 0)
                host.Error(notFound(path));
            return fitting;
        }
        catch (QuantumException e)
        {
            host.Error(e.Error);
            return [];
        }
    }

    /// <summary>What is there under a name that wildcards in the last part of a path fit.</summary>
    public static string[] Fitting(string full)
    {
        var name = new Wildcard(Path.GetFileName(full));
        string folder = Path.GetDirectoryName(full) is { Length: > 0 } parent ? parent : ".";
        return !Directory.Exists(folder) ? []
            : [.. Directory.EnumerateFileSystemEntries(folder).Where(entry => name.Matches(Path.GetFileName(entry)))
                .Order(StringComparer.Ordinal)];
    }
}
