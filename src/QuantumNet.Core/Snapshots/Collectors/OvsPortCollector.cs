using System.Runtime.CompilerServices;
using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Snapshots;

/// <summary>Open vSwitch's bridges and ports, from its database's tables;
/// <c>ovs-vsctl show</c> adds what they do not tell.</summary>
public sealed class OvsPortCollector : IFinishingCollector
{
    /// <summary>The name that bridges are asked for by: they come with the ports.</summary>
    public const string Bridges = "OvsBridge";

    /// <summary>What the outputs of a node told of the tables so far: rows that are listed one table at a time
    /// meet by their ids.</summary>
    private static readonly ConditionalWeakTable<NodeState, OvsdbTables> s_tables = [];

    /// <inheritdoc/>
    public string Name => "OvsPort";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("ovs-vsctl", "--format=json", "list", "Bridge", "--", "list", "Port", "--", "list", "Interface",
            "--", "list", "Controller", "--", "list", "Open_vSwitch") { AlwaysPrints = true },
        new("ovs-vsctl", "show") { AlwaysPrints = true },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        bool isShow = CommandForm.Of(output.Argv).Words is [.., "show"];
        int count;
        OvsVsctlShow told;
        if (isShow)
        {
            told = OvsVsctlShowParser.ParseAll(output.Text, source);
            count = told.Bridges.Count + told.Ports.Count;
        }
        else
        {
            OvsdbTables tables = s_tables.GetOrCreateValue(into);
            count = OvsdbListParser.Read(output.Text, source, tables);
            told = OvsdbJoin.Of(tables);
        }
        foreach (OvsBridge bridge in told.Bridges)
            Merge(into.OvsBridges, bridge, isShow);
        foreach (OvsPort port in told.Ports)
            Merge(into.OvsPorts, port, isShow);
        return count;
    }

    /// <inheritdoc/>
    public void Finish(NodeState node)
    {
        s_tables.Remove(node);      // the ports are told; the rows would be as much memory again
        NoteTablesThatAddUp(node);
        for (int i = node.Commands.Count - 1; i >= 0; i--)
        {
            if (node.Commands[i].Collector == Name)
                node.Commands.Add(node.Commands[i] with { Collector = Bridges });
        }
        AddNumbers(node);
    }

    /// <summary>Bridges, ports and interfaces listed one by one tell as much as all of them listed at once.</summary>
    private void NoteTablesThatAddUp(NodeState node)
    {
        List<CollectedCommand> parts = node.Commands.FindAll(
            command => command is { IsPart: true, State: CollectionState.Collected } && command.Collector == Name);
        if (parts.Count > 1
            && OvsForms.HoldsAll(parts.SelectMany(part => CommandForm.Of(part.Command.Split(' ')).Part.Split(','))))
            node.Commands.Add(parts[0] with { IsPart = false, Command = string.Join("; ",
                parts.Select(part => part.Command)), RecordCount = parts.Sum(part => part.RecordCount) });
    }

    /// <summary>Port numbers that the database did not tell, from <c>ovs-ofctl show</c>:
    /// the one place where the two are joined.</summary>
    private static void AddNumbers(NodeState node)
    {
        ILookup<(string, string), OpenFlowPort> shown = node.OpenFlowPorts.ToLookup(port => (port.Bridge, port.Device));
        for (int i = 0; i < node.OvsPorts.Count; i++)
        {
            OvsPort port = node.OvsPorts[i];
            if (port.OfPort is null && shown[(port.Bridge, port.Device)].FirstOrDefault() is { } told)
                node.OvsPorts[i] = port with { OfPort = told.OfPort };
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

    /// <summary>The tables tell all that <c>show</c> does, so a port that both tell is the tables';
    /// what they leave open, <c>show</c> fills.</summary>
    private static void Merge(List<OvsPort> ports, OvsPort told, bool isShow)
    {
        int known = ports.FindIndex(port => port.Device == told.Device
            && (port.Bridge == told.Bridge || port.Bridge.Length == 0 || told.Bridge.Length == 0));
        if (known < 0)
            ports.Add(told);
        else
            ports[known] = isShow ? Fill(ports[known], told) : Fill(told, ports[known]);
    }

    private static OvsPort Fill(OvsPort port, OvsPort other) => port with
    {
        Bridge = port.Bridge.Length > 0 ? port.Bridge : other.Bridge,
        Tag = port.Tag ?? other.Tag,
        Trunks = port.Trunks.Length > 0 ? port.Trunks : other.Trunks,
        Type = port.Type.Length > 0 ? port.Type : other.Type,
        OfPort = port.OfPort ?? other.OfPort,
        Error = port.Error.Length > 0 ? port.Error : other.Error,
        Options = port.Options.Length > 0 ? port.Options : other.Options,
        ExternalIds = port.ExternalIds.Length > 0 ? port.ExternalIds : other.ExternalIds,
        Peer = port.Peer.Length > 0 ? port.Peer : other.Peer,
        RemoteIp = port.RemoteIp.Length > 0 ? port.RemoteIp : other.RemoteIp,
        LocalIp = port.LocalIp.Length > 0 ? port.LocalIp : other.LocalIp,
        PortId = port.PortId.Length > 0 ? port.PortId : other.PortId,
        Mac = port.Mac.Length > 0 ? port.Mac : other.Mac,
    };
}
