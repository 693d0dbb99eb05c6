namespace QuantumNet.Core.Tests.Architecture;

/// <summary>The files of the project, without what builds make.</summary>
internal static class SourceFiles
{
    private static readonly string s_root = Path.GetFullPath(Path.Combine(Samples.Folder, "..", ".."));

    /// <summary>Names and lines of the files in folders, and of files, by their path in the project.</summary>
    public static IEnumerable<(string Name, string[] Lines)> In(params string[] paths) => paths
        .Select(path => Path.Combine(s_root, path))
        .SelectMany(path => File.Exists(path) ? [path]
            : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Select(file => (Path.GetRelativePath(s_root, file), File.ReadAllLines(file)));
}
