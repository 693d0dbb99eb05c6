using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace QuantumNet.Benchmarks;

/// <summary>The scripts of tests/lab, and what a lab is.</summary>
internal static class LabScript
{
    /// <summary>The folder of this checkout.</summary>
    public static string Root { get; } = Locate();

    /// <summary>A lab's plan.</summary>
    public static JsonElement Plan(string lab) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(lab, "lab.json"))).RootElement;

    /// <summary>Runs a script on a lab; what it printed.</summary>
    public static string Run(string name, string lab, params string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(Root, "tests", "lab", name), arguments)
            { RedirectStandardOutput = true };
        start.Environment["LAB"] = lab;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output
            : throw new InvalidOperationException($"{name} ended with {process.ExitCode}");
    }

    private static string Locate([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
