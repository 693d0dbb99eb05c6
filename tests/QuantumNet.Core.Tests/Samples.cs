using System.Runtime.CompilerServices;

namespace QuantumNet.Core.Tests;

/// <summary>Real outputs under tests/fixtures.</summary>
internal static class Samples
{
    /// <summary>The folder tests/fixtures of this checkout.</summary>
    public static string Folder { get; } = Locate();

    /// <summary>The text of a sample, by its path below tests/fixtures.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Folder, path));

    private static string Locate([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "fixtures"));
}
