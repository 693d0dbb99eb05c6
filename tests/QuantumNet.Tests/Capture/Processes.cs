using System.Diagnostics;
using System.Globalization;

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

    /// <summary>SIGKILL for all that a process started itself.</summary>
    public static void KillChildren(Process parent)
    {
        foreach (string id in Directory.GetDirectories($"/proc/{parent.Id}/task")
            .SelectMany(task => File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct())
        {
            using var child = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            child.Kill();
        }
    }
}
