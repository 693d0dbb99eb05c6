using System.Runtime.CompilerServices;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>Real outputs under tests/fixtures.</summary>
internal static class Fixture
{
    public static string Folder { get; } = Locate();

    public static string Text(string path) => File.ReadAllText(Path.Combine(Folder, path));

    private static string Locate([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "fixtures"));
}
