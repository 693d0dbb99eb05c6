using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>Linux bridges and their ports: <c>brctl show</c>, and <c>bridge link</c>, which stands in where
/// there is no brctl.</summary>
public sealed class LinuxBridgeCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "LinuxBridge";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
        [new("brctl", "show") { AlwaysPrints = true }, new("bridge", "link")];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        if (CommandNamespace.Runs(output, "brctl"))
        {
            List<LinuxBridge> bridges = BrctlShowParser.ParseAll(output.Text, source);
            bridges.ForEach(bridge => Put(bridge, into));
            return bridges.Count;
        }

        List<LinuxBridgePort> ports = BridgeLinkParser.ParseAll(output.Text, source);
        foreach (LinuxBridgePort port in ports)
        {
            into.LinuxBridgePorts.Add(port);
            AddPort(port, into);
        }
        return ports.Count;
    }

    /// <summary>What brctl lists replaces what was worked out from ports.</summary>
    private static void Put(LinuxBridge bridge, NodeState into)
    {
        into.LinuxBridges.RemoveAll(known => known.Bridge == bridge.Bridge && known.BridgeId.Length == 0);
        if (!into.LinuxBridges.Exists(known => known.Bridge == bridge.Bridge))
            into.LinuxBridges.Add(bridge);
    }

    private static void AddPort(LinuxBridgePort port, NodeState into)
    {
        int index = into.LinuxBridges.FindIndex(known => known.Bridge == port.Bridge);
        if (index < 0)
            into.LinuxBridges.Add(new LinuxBridge
            {
                ComputerName = port.ComputerName, Command = port.Command, LineNumber = port.LineNumber,
                RawText = port.RawText, Bridge = port.Bridge, Interfaces = [port.Device],
            });
        else if (into.LinuxBridges[index] is { BridgeId.Length: 0 } inferred)
            into.LinuxBridges[index] = inferred with { Interfaces = [.. inferred.Interfaces, port.Device] };
    }
}
