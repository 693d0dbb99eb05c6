using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Snapshots;

/// <summary>The MAC table of each bridge.</summary>
public sealed class OvsFdbCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "OvsFdb";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("ovs-appctl", "fdb/show", "{bridge}") { Scope = CommandScope.Bridge },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        List<OvsFdbEntry> entries = OvsFdbParser.ParseAll(output.Text, CommandBridge.Stamp(output, source));
        into.OvsFdbEntries.AddRange(entries);
        return entries.Count;
    }
}
