using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>The file that a cmdlet writes: one rule for all that take -Path and -LiteralPath, and that of Out-File.
/// </summary>
internal static class WrittenPath
{
    /// <summary>Its full path. Wildcards in the last part of -Path must fit one that is there.</summary>
    /// <param name="host">Makes a full path of what was typed.</param>
    /// <param name="path">A path, wildcards allowed.</param>
    /// <param name="literal">A path as it is; null where the other was given.</param>
    public static string Of(ICommandHost host, string path, string? literal)
    {
        if (literal is not null)
            return host.ResolvePath(literal);
        string full = host.ResolvePath(path);
        if (!Wildcard.IsPattern(Path.GetFileName(full)))
            return full;
        string[] fitting = PathChoice.Fitting(full);
        return fitting is [var one] ? one : throw Errors.NotOneFile(path, fitting.Length).ToException();
    }
}
