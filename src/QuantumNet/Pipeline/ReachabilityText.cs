namespace QuantumNet;

/// <summary>Writes the questions to an instance as text, for the views of PowerShell and <c>quantumnet</c>.</summary>
public static class ReachabilityText
{
    /// <summary>A line for each question: its answer, what it said, and where the nodes lose it.</summary>
    public static string Probes(IReadOnlyList<ReachabilityProbe> probes)
    {
        ArgumentNullException.ThrowIfNull(probes);
        return string.Join('\n', probes.Select(Line));
    }

    private static string Line(ReachabilityProbe probe)
    {
        string said = probe.Text.Length > 0 ? $" ({probe.Text})" : "";
        string nodes = probe.Simulated switch
        {
            HopAction.Forwarded => "the nodes pass it",
            HopAction.Dropped => $"lost at {probe.LostAt}",
            _ => "what the nodes do cannot be determined",
        };
        return $"{probe}{said}; {nodes}";
    }
}
