using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Snapshots;

/// <summary>The groups of each bridge. All bridges are asked, as asking is cheaper than looking through their flows for
/// one that names a group; where none does, it does not matter whether they answer
/// (<see cref="NodeState.NamesGroups"/>). A bridge that speaks OpenFlow 1.0 alone answers Open vSwitch's own request
/// since 2.4.</summary>
public sealed class OvsGroupCollector : ICollector
{
    /// <summary>Its name.</summary>
    internal const string Groups = "OvsGroup";

    /// <inheritdoc/>
    public string Name => Groups;

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("ovs-ofctl", "-O", "OpenFlow13", "dump-groups", "{bridge}") { Scope = CommandScope.Bridge,
            AlwaysPrints = true },
        new("ovs-ofctl", "dump-groups", "{bridge}") { Scope = CommandScope.Bridge, IsFallback = true,
            AlwaysPrints = true },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        string bridge = CommandBridge.Of(output);
        if (output.ExitStatus != 0 || into.OvsGroups.Exists(group => group.Bridge == bridge))
            return 0;
        List<OvsGroup> groups = OvsGroupParser.ParseAll(output.Text, CommandBridge.Stamp(output, source));
        into.OvsGroups.AddRange(groups);
        return groups.Count;
    }
}
