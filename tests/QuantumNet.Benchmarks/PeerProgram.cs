using System.ComponentModel;
using System.Diagnostics;

namespace QuantumNet.Benchmarks;

/// <summary>A program that does the same work, for comparison: its time includes starting it and taking
/// what it prints.</summary>
internal static class PeerProgram
{
    /// <summary>Runs it; returns how many lines it printed, and fails when it did or when they are fewer
    /// than expected.</summary>
    public static int CountLines(int atLeast, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new Win32Exception($"{program} did not start");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        int lines = 0;
        Span<char> buffer = new char[64 * 1024];
        for (int read; (read = process.StandardOutput.Read(buffer)) > 0;)
            lines += buffer[..read].Count('\n');
        process.WaitForExit();
        return process.ExitCode == 0 && lines >= atLeast ? lines
            : throw new InvalidOperationException($"{program}: status {process.ExitCode}, {lines} lines");
    }
}
