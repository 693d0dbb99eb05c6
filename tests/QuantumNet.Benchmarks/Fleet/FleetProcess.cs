using System.Diagnostics;
using System.Globalization;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>A fleet's ports judged by <c>quantumnet</c> in a process of its own, from a snapshot on disk to a table.
/// </summary>
internal static class FleetProcess
{
    private const int TurnMilliseconds = 20;

    /// <summary>Runs it, prints what it took, and looks whether its verdicts are true; how many are not.</summary>
    /// <param name="plan">The fleet.</param>
    /// <param name="folder">Its snapshot.</param>
    /// <param name="program">A file of <c>quantumnet</c>; this build's when left out.</param>
    public static int Run(FleetPlan plan, string folder, string? program)
    {
        var clock = Stopwatch.StartNew();
        string[] command = ["Test-DhcpPath", "-All", "-Snapshot", folder, "-As", "Table"];
        string own = Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll");
        using Process process = Process.Start(new ProcessStartInfo(program ?? "dotnet",
            program is null ? [own, .. command] : command) { RedirectStandardOutput = true })!;
        Task<(string[] Lines, double First)> reading = ReadAsync(process.StandardOutput, clock);
        long peak = 0;
        while (!process.WaitForExit(TurnMilliseconds))
            peak = Math.Max(peak, PeakOf(process.Id));
        double seconds = clock.Elapsed.TotalSeconds;
        (string[] lines, double first) = reading.GetAwaiter().GetResult();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"quantumnet: {seconds:0.0} s from start to end, first line after {first:0.0} s, peak {peak >> 10} MiB"));
        return FleetTruth.Contradictions(plan, Verdicts(lines));
    }

    private static async Task<(string[] Lines, double First)> ReadAsync(StreamReader output, Stopwatch clock)
    {
        string? line = await output.ReadLineAsync();
        double first = clock.Elapsed.TotalSeconds;
        List<string> lines = [];
        for (; line is not null; line = await output.ReadLineAsync())
            lines.Add(line);
        return ([.. lines], first);
    }

    /// <summary>The most memory that the process held so far, in KiB (proc(5), VmHWM); 0 where it has ended.</summary>
    private static long PeakOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0
                : long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
                    CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static IEnumerable<FleetVerdict> Verdicts(string[] lines)
    {
        string head = lines[0];
        int status = head.IndexOf("Status", StringComparison.Ordinal);
        foreach (string line in lines.Skip(1).Where(line => line.Length > status))
        {
            string[] words = line[status..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            yield return new(line.Split(' ')[0], words[0],
                words.Skip(1).FirstOrDefault(word => word.StartsWith("QN", StringComparison.Ordinal)) ?? "");
        }
    }
}
