using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>The MAC tables of Linux bridges.</summary>
public sealed class LinuxBridgeMacCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "LinuxBridgeMac";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } = [new("bridge", "fdb", "show")];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        List<LinuxBridgeMac> entries = BridgeFdbParser.ParseAll(output.Text, source);
        HashSet<(string, string)> known = [.. into.LinuxBridgeMacs.Select(entry => (entry.Bridge, entry.Mac))];
        into.LinuxBridgeMacs.AddRange(entries.Where(entry => !known.Contains((entry.Bridge, entry.Mac))));
        return entries.Count;
    }
}
