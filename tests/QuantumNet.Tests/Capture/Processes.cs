using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace QuantumNet.Tests.Capture;

/// <summary>What happens to processes that somebody else ends.</summary>
internal static class Processes
{
    /// <summary>Ctrl+C.</summary>
    public static void Interrupt(Process process)
    {
        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>What a process prints up to the line that holds a text; a minute at most.</summary>
    public static async Task<string> ReadUntilAsync(StreamReader output, string awaited)
    {
        var printed = new StringBuilder();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await output.ReadLineAsync(patience.Token) is { } line)
        {
            printed.AppendLine(line);
            if (line.Contains(awaited, StringComparison.Ordinal))
                break;
        }
        return printed.ToString();
    }

    /// <summary>SIGKILL for all that a process started itself.</summary>
    public static void KillChildren(Process parent)
    {
        foreach (string id in Directory.GetDirectories($"/proc/{parent.Id}/task")
            .SelectMany(task => File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Distinct())
        {
            using var child = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            child.Kill();
        }
    }
}
