using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Snapshots;

/// <summary>The ports of each bridge as OpenFlow shows them.</summary>
public sealed class OpenFlowPortCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "OpenFlowPort";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("ovs-ofctl", "show", "{bridge}") { Scope = CommandScope.Bridge, AlwaysPrints = true },
        new("ovs-ofctl", "-O", "OpenFlow13", "show", "{bridge}") { Scope = CommandScope.Bridge, IsFallback = true },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        string bridge = CommandBridge.Of(output);
        if (output.ExitStatus != 0 || into.OpenFlowPorts.Exists(port => port.Bridge == bridge))
            return 0;
        List<OpenFlowPort> ports = OvsOfctlShowParser.ParseAll(output.Text, CommandBridge.Stamp(output, source));
        into.OpenFlowPorts.AddRange(ports);
        return ports.Count;
    }
}
