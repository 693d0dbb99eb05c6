using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Snapshots;

/// <summary>Open vSwitch's bridges and ports, from its database's tables; <c>ovs-vsctl show</c> adds what they do not tell.</summary>
public sealed class OvsPortCollector : IFinishingCollector
{
    /// <summary>The name that bridges are asked for by: they come with the ports.</summary>
    public const string Bridges = "OvsBridge";

    /// <inheritdoc/>
    public string Name => "OvsPort";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("ovs-vsctl", "--format=json", "list", "Bridge", "--", "list", "Port", "--", "list", "Interface",
            "--", "list", "Controller", "--", "list", "Open_vSwitch"),
        new("ovs-vsctl", "show"),
    ];

    /// <inheritdoc/>
    public void Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return;

        bool isShow = output.Argv is [.., "show"];
        OvsVsctlShow told = isShow
            ? OvsVsctlShowParser.ParseAll(output.Text, source)
            : OvsdbListParser.ParseAll(output.Text, source);
        foreach (OvsBridge bridge in told.Bridges)
            Merge(into.OvsBridges, bridge, isShow);
        foreach (OvsPort port in told.Ports)
            Merge(into.OvsPorts, port, isShow);
    }

    /// <inheritdoc/>
    public void Finish(NodeState node)
    {
        for (int i = node.Commands.Count - 1; i >= 0; i--)
        {
            if (node.Commands[i].Collector == Name)
                node.Commands.Add(node.Commands[i] with { Collector = Bridges });
        }
    }

    private static void Merge(List<OvsBridge> bridges, OvsBridge told, bool isShow)
    {
        int known = bridges.FindIndex(bridge => bridge.Bridge == told.Bridge);
        if (known < 0)
            bridges.Add(told);
        else
            bridges[known] = isShow ? Fill(bridges[known], told) : Fill(told, bridges[known]);
    }

    private static OvsBridge Fill(OvsBridge bridge, OvsBridge other) => bridge with
    {
        Ports = bridge.Ports.Length > 0 ? bridge.Ports : other.Ports,
        FailMode = bridge.FailMode.Length > 0 ? bridge.FailMode : other.FailMode,
        DatapathType = bridge.DatapathType.Length > 0 ? bridge.DatapathType : other.DatapathType,
        Controllers = bridge.Controllers.Length > 0 ? bridge.Controllers : other.Controllers,
        IsConnected = bridge.IsConnected ?? other.IsConnected,
        OvsVersion = bridge.OvsVersion.Length > 0 ? bridge.OvsVersion : other.OvsVersion,
    };

    /// <summary>The tables tell all that <c>show</c> does, so a port that both tell is the tables'.</summary>
    private static void Merge(List<OvsPort> ports, OvsPort told, bool isShow)
    {
        int known = ports.FindIndex(port => port.Device == told.Device && port.Bridge == told.Bridge);
        if (known < 0)
            ports.Add(told);
        else if (!isShow)
            ports[known] = told;
    }
}
