using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Simulation.Bridge;

/// <summary>A bridge to send packets through: its ports, its flows compiled, its MAC table.</summary>
internal sealed class SwitchBridge
{
    private const int TableCount = 256;
    private readonly Dictionary<int, SwitchPort> _byNumber = [];
    private readonly Dictionary<string, SwitchPort> _byName = new(StringComparer.Ordinal);
    private readonly Lazy<FlowTable>?[] _tables = new Lazy<FlowTable>?[TableCount];
    private readonly Dictionary<(int Vlan, ulong Mac), SwitchPort?> _macs = [];

    /// <summary>Takes a bridge; each of its tables is compiled when a packet first comes to it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ports">Its ports; its own, LOCAL, among them.</param>
    /// <param name="flows">Its flows.</param>
    public SwitchBridge(string name, IEnumerable<SwitchPort> ports, IEnumerable<OvsFlow> flows)
    {
        Name = name;
        foreach (SwitchPort port in ports)
        {
            _byNumber[port.Number] = port;
            _byName[port.Name] = port;
        }
        foreach (IGrouping<int, OvsFlow> table in flows.GroupBy(flow => flow.Table))
        {
            if (table.Key is >= 0 and < TableCount)
                _tables[table.Key] = new Lazy<FlowTable>(() => Compile(table));
        }
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its ports.</summary>
    public IReadOnlyCollection<SwitchPort> Ports => _byNumber.Values;

    /// <summary>Whether nothing tells the number of some of its ports: a number that is none of the others'
    /// may then be one of these. They have numbers here that no switch gives.</summary>
    public bool HasUnnumberedPorts { get; init; }

    /// <summary>Whether its flows ask for ports by number, not by name.</summary>
    public bool AsksForNumbers { get; init; }

    /// <summary>Whether its MAC table was collected.</summary>
    public bool HasMacs { get; private set; }

    /// <summary>Its groups by number; null when they were not collected.</summary>
    public Dictionary<uint, FlowGroup>? Groups { get; init; }

    /// <summary>Whether NORMAL passes reserved multicast on (other_config:forward-bpdu).</summary>
    public bool ForwardsBpdu { get; init; }

    /// <summary>What it does with a packet while it has no flow at all: null when nothing tells.</summary>
    public EmptyBridge WithoutFlows { get; init; } = EmptyBridge.Drops;

    /// <summary>Whether it has no flow at all.</summary>
    public bool IsEmpty => !Array.Exists(_tables, table => table is not null);

    /// <summary>Compiles all tables now; how many flows they have.</summary>
    public int Compile() => _tables.Sum(table => table?.Value.Count ?? 0);

    /// <summary>Takes over the MAC table.</summary>
    public SwitchBridge WithMacs(IEnumerable<OvsFdbEntry> entries)
    {
        HasMacs = true;
        foreach (OvsFdbEntry entry in entries)
        {
            if (FieldText.TryValue(FieldForm.Mac, entry.Mac, out UInt128 mac))
                _macs[(entry.Vlan, (ulong)mac)] = Find(entry.OfPort);
        }
        return this;
    }

    /// <summary>A table's flows; null when it has none.</summary>
    public FlowTable? Table(int number) => _tables[number & 0xff]?.Value;

    /// <summary>The port of a number; null when there is none.</summary>
    public SwitchPort? Port(int number) => _byNumber.GetValueOrDefault(number);

    /// <summary>The port of a name or number as it is printed; null when there is none.</summary>
    public SwitchPort? Find(string port) => NumberOf(port) is int number ? Port(number) : null;

    /// <summary>The number of a port's name or number as it is printed; null when the name is not known.</summary>
    public int? NumberOf(string port)
    {
        if (_byName.TryGetValue(port, out SwitchPort? named))
            return named.Number;
        return PortNames.Number(port)
            ?? (FieldText.TryNumber(port, out UInt128 number) && number <= PortNames.None ? (int)number : null);
    }

    private FlowTable Compile(IEnumerable<OvsFlow> flows)
    {
        var reader = new FlowMatchReader();
        Func<string, int?> portNumber = NumberOf;       // one for all flows
        return new FlowTable(flows.Select(flow => new CompiledFlow(flow, reader, portNumber)));
    }

    /// <summary>Whether the MAC table has an address in a VLAN, and its port:
    /// null where that port is none of the bridge's.</summary>
    public bool TryMac(int vlan, ulong mac, out SwitchPort? port) => _macs.TryGetValue((vlan, mac), out port);
}

/// <summary>What a bridge does with a packet while it has no flow at all.</summary>
internal enum EmptyBridge
{
    /// <summary>It drops it: fail_mode secure, a connected controller, or flows that somebody deleted.</summary>
    Drops,
    /// <summary>It switches it as NORMAL does: fail_mode standalone, and its controller is away.</summary>
    Normal,
    /// <summary>Nothing tells.</summary>
    Unknown,
    /// <summary>Its flows were not collected: it may have some.</summary>
    NotCollected,
}

/// <summary>The bridges of one node, joined by patch ports.</summary>
internal sealed class SwitchNode
{
    private readonly Dictionary<string, SwitchBridge> _bridges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SwitchBridge Bridge, SwitchPort Port)> _patches = new(StringComparer.Ordinal);

    /// <summary>Joins bridges.</summary>
    public SwitchNode(IEnumerable<SwitchBridge> bridges)
    {
        foreach (SwitchBridge bridge in bridges)
        {
            _bridges[bridge.Name] = bridge;
            foreach (SwitchPort port in bridge.Ports)
            {
                if (port.Peer.Length > 0)
                    _patches[port.Name] = (bridge, port);
            }
        }
    }

    /// <summary>A bridge by its name; null when there is none.</summary>
    public SwitchBridge? Bridge(string name) => _bridges.GetValueOrDefault(name);

    /// <summary>The other end of a patch port, which must point back; null when there is none.</summary>
    public (SwitchBridge Bridge, SwitchPort Port)? PeerOf(SwitchPort port) =>
        _patches.TryGetValue(port.Peer, out (SwitchBridge Bridge, SwitchPort Port) peer) && peer.Port.Peer == port.Name
            ? peer : null;
}
