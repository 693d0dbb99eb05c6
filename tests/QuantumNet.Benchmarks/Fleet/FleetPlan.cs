namespace QuantumNet.Benchmarks.Fleet;

/// <summary>How big a fleet is.</summary>
/// <param name="Nodes">All nodes; every twentieth runs DHCP servers.</param>
/// <param name="Ports">Ports of instances.</param>
/// <param name="Flows">Flows of all bridges together, about.</param>
internal readonly record struct FleetSize(int Nodes, int Ports, int Flows)
{
    /// <summary>The one that the promises name.</summary>
    public static FleetSize Whole { get; } = new(100, 5_000, 1_000_000);

    /// <summary>A tenth of it.</summary>
    public static FleetSize Tenth { get; } = new(10, 500, 100_000);
}

/// <summary>What is wrong with a port on purpose.</summary>
internal enum FleetFault
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>QN4001: its port of br-int has no tag.</summary>
    Untagged,
    /// <summary>QN6008: dnsmasq's host file has no line for it.</summary>
    NotInHostFile,
    /// <summary>QN1007: it is administratively down.</summary>
    SwitchedOff,
    /// <summary>QN2001: its tap is not in its Linux bridge.</summary>
    OutOfBridge,
}

/// <summary>Which nodes, networks and ports a fleet has, and which port is where.</summary>
internal sealed class FleetPlan
{
    private const int PortsOfNetwork = 20;
    private const int NodesOfServer = 20;
    private const int NodesOfMesh = 100;

    /// <summary>Lays out a fleet.</summary>
    public FleetPlan(FleetSize size)
    {
        int servers = Math.Max(1, size.Nodes / NodesOfServer), computes = size.Nodes - servers;
        List<FleetNode>[] meshes = [.. Enumerable.Range(0, Math.Max(1, size.Nodes / NodesOfMesh))
            .Select(_ => new List<FleetNode>())];
        for (int i = 0; i < size.Nodes; i++)
            Nodes.Add(new FleetNode(i, isServer: i >= computes,
                meshes[(i >= computes ? i - computes : i) % meshes.Length]));
        for (int i = 0; i < (size.Ports + PortsOfNetwork - 1) / PortsOfNetwork; i++)
            Networks.Add(new FleetNetwork(i));
        ILookup<bool, FleetNode>[] places = [.. meshes.Select(mesh => mesh.ToLookup(node => node.IsServer))];
        ILookup<bool, FleetNode> Of(FleetNetwork network) => places[network.Number % places.Length];
        for (int i = 0; i < size.Ports; i++)
            Ports.Add(At(Of(Networks[i / PortsOfNetwork])[false], i).Add(Networks[i / PortsOfNetwork], i));
        foreach (FleetNetwork network in Networks)
            network.Server = At(Of(network)[true], network.Number / meshes.Length)
                .Add(network, size.Ports + network.Number);
        Break(FleetFault.Untagged, 11, port => !port.Node.IsHybrid);
        Break(FleetFault.NotInHostFile, 33, port => true);
        Break(FleetFault.SwitchedOff, 55, port => true);
        Break(FleetFault.OutOfBridge, 77, port => port.Node.IsHybrid);
    }

    private static FleetNode At(IEnumerable<FleetNode> nodes, int number) =>
        nodes.ElementAt(number % nodes.Count());

    /// <summary>The nodes, those of DHCP servers last.</summary>
    public List<FleetNode> Nodes { get; } = [];

    /// <summary>The networks.</summary>
    public List<FleetNetwork> Networks { get; } = [];

    /// <summary>The instances' ports.</summary>
    public List<FleetPort> Ports { get; } = [];

    private void Break(FleetFault fault, int from, Predicate<FleetPort> fits) =>
        Ports[Ports.FindIndex(from, port => port.Fault == FleetFault.None && fits(port))].Fault = fault;
}

/// <summary>A node. Every fourth compute node plugs ports through Linux bridges and filters with iptables,
/// the others with flows.</summary>
internal sealed class FleetNode
{
    private const int FirstOfPort = 3;
    private readonly Dictionary<FleetNetwork, int> _vlans = [];
    private IReadOnlyList<IReadOnlyList<string>>? _words;

    /// <summary>Puts a node into a mesh.</summary>
    public FleetNode(int number, bool isServer, List<FleetNode> mesh)
    {
        (Number, IsServer, Mesh, Rank) = (number, isServer, mesh, mesh.Count);
        mesh.Add(this);
    }

    public int Number { get; }

    public bool IsServer { get; }

    /// <summary>The nodes that have tunnels to each other, itself among them: a hundred, since a flood flow of a
    /// thousand outputs is too long for a datapath (QN5024).</summary>
    public IReadOnlyList<FleetNode> Mesh { get; }

    /// <summary>Its place in the mesh.</summary>
    public int Rank { get; }

    public bool IsHybrid => !IsServer && Number % 4 == 3;

    public string Name => $"{(IsServer ? "network" : "compute")}-{Number:d4}";

    public string Address => $"10.0.{20 + (Number / 250)}.{(Number % 250) + 1}";

    /// <summary>The ports on it: of instances, or of DHCP servers.</summary>
    public List<FleetPort> Ports { get; } = [];

    /// <summary>The networks it has ports of.</summary>
    public IEnumerable<FleetNetwork> Networks => _vlans.Keys;

    /// <summary>The local VLAN of a network.</summary>
    public int VlanOf(FleetNetwork network) => _vlans[network];

    /// <summary>The words of its ports, as they differ in its outputs.</summary>
    public IReadOnlyList<IReadOnlyList<string>> PortWords => _words ??= [.. Ports.Select(port => port.Words)];

    /// <summary>Puts a port on it.</summary>
    public FleetPort Add(FleetNetwork network, int portNumber)
    {
        _vlans.TryAdd(network, _vlans.Count + 1);
        var port = new FleetPort(portNumber, network, this, Ports.Count + FirstOfPort);
        Ports.Add(port);
        if (!IsServer)
            network.Ports.Add(port);
        return port;
    }
}

/// <summary>A VXLAN network with one subnet and one DHCP server.</summary>
internal sealed class FleetNetwork(int number)
{
    public int Number => number;

    public string Id { get; } = FleetIds.Of(0xa, number);

    public string SubnetId { get; } = FleetIds.Of(0xb, number);

    public int Segment => 1000 + number;

    /// <summary>The beginning of its addresses.</summary>
    public string Prefix { get; } = $"10.{64 + (number / 256)}.{number % 256}.";

    public List<FleetPort> Ports { get; } = [];

    public FleetPort Server { get; set; } = null!;
}

/// <summary>A port of an instance or of a DHCP server.</summary>
internal sealed class FleetPort(int number, FleetNetwork network, FleetNode node, int ofPort)
{
    private string[]? _words;

    public int Number => number;

    public FleetNetwork Network => network;

    public FleetNode Node => node;

    public int OfPort => ofPort;

    public FleetFault Fault { get; set; }

    public string Id { get; } = FleetIds.Of(0xc, number);

    public string InstanceId { get; } = FleetIds.Of(0xd, number);

    public string Mac { get; } =
        $"fa:16:3e:{number >> 14 & 0xff:x2}:{0x40 | (number >> 8 & 0x3f):x2}:{number & 0xff:x2}";

    /// <summary>Its address: the server's is the second one of its subnet, as Neutron gives it.</summary>
    public string Address { get; } = $"{network.Prefix}{(node.IsServer ? 2 : network.Ports.Count + 10)}";

    /// <summary>The words by which its outputs differ from another's.</summary>
    public string[] Words => _words ??= PortWords.Of(Id, Mac, Address, InstanceId, network.Id, network.SubnetId,
        network.Segment, node.VlanOf(network), ofPort, Fault != FleetFault.Untagged);
}

/// <summary>Ids of which the first eight digits differ already, as those of real clouds nearly always do:
/// devices are named by them.</summary>
internal static class FleetIds
{
    /// <summary>The id of a thing of a kind.</summary>
    public static string Of(int kind, int number) =>
        $"{unchecked((uint)((number * 16) + kind) * 2654435761u):x8}-{kind:x}{number & 0xfff:x3}-4000-8000-"
            + $"{number:x12}";
}
