using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Snapshots;

/// <summary>The flows of each bridge. A bridge that speaks only later versions of OpenFlow refuses 1.0:
/// then it is asked in 1.3.</summary>
public sealed class OvsFlowCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "OvsFlow";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("ovs-ofctl", "dump-flows", "{bridge}") { Scope = CommandScope.Bridge, TimeoutSeconds = 60,
            MaximumBytes = MaximumDump },
        new("ovs-ofctl", "-O", "OpenFlow13", "dump-flows", "{bridge}")
        {
            Scope = CommandScope.Bridge,
            TimeoutSeconds = 60,
            MaximumBytes = MaximumDump,
            IsFallback = true,
        },
    ];

    private const long MaximumDump = 512L * 1024 * 1024;   // two million flows

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        string bridge = CommandBridge.Of(output);
        if (output.ExitStatus != 0 || into.OvsFlows.Exists(flow => flow.Bridge == bridge))
            return 0;
        List<OvsFlow> flows = OvsFlowParser.ParseAll(output.StandardOutput, CommandBridge.Stamp(output, source));
        into.OvsFlows.AddRange(flows);
        // A table that is named and not numbered is not known to be the one that packets meet:
        // then the dump was not understood.
        return flows.Exists(flow => flow.Table < 0) ? 0 : flows.Count;
    }
}
