using System.Text.Json;

namespace QuantumNet.Tests.Capture;

/// <summary>A way to lose packets between two hops.</summary>
/// <param name="Direction">Whose.</param>
/// <param name="LastSeen">The last hop that sees them; null where no answer is made.</param>
/// <param name="FirstMissing">The next one.</param>
/// <param name="Put">The lab's command that does it.</param>
/// <param name="Undo">The one that undoes it.</param>
internal sealed record LabLoss(
    DhcpDirection Direction, string? LastSeen, string FirstMissing, string[] Put, string[] Undo);

/// <summary>The hops between an instance of the lab and its DHCP server, and how to lose packets
/// at each of them.</summary>
internal sealed class LabHops
{
    private const string Instance = "compute1", Server = "netnode";

    private readonly string _tap, _network, _nic;
    private readonly string? _qbr, _qvb, _qvo;
    private readonly long? _segment;

    public LabHops(TraceLab lab, string network, string plug)
    {
        string id = lab.PortId[..11];
        (_tap, _network, _nic) = ($"tap{id}", network, network is "gre" or "vxlan" ? "eth0" : "eth1");
        (_qbr, _qvb,
            _qvo) = plug == "hybrid" ? ($"qbr{id}", $"qvb{id}", $"qvo{id}") : default((string?, string?, string?));
        ServerTap = $"{Server}/tap{lab.Plan.GetProperty("dhcpPorts")[0].GetProperty("id").GetString()![..11]}";
        JsonElement segment = lab.Plan.GetProperty("network").GetProperty("segmentationId");
        _segment = segment.ValueKind == JsonValueKind.Number ? segment.GetInt64() : null;
    }

    /// <summary>All of them, from the instance to the server.</summary>
    public string[] All => [At(_tap), .. _qbr is null ? (string[])[] : [At(_qbr), At(_qvb!), At(_qvo!)], At(_nic),
        $"{Server}/{_nic}", ServerTap];

    /// <summary>What packets wear between the nodes: tunnel, its key, VLAN.</summary>
    public (string Encapsulation, long? TunnelKey, int? Vlan) OnTheWire => _network switch
    {
        "gre" or "vxlan" => (_network, _segment, null),
        "vlan" => ("", null, (int?)_segment),
        _ => ("", null, null),
    };

    private string ServerTap { get; }

    private string End => At(_qvo ?? _tap);

    /// <summary>A loss between any two neighbours where one can be made, and silence at the server.</summary>
    public LabLoss[] Losses() =>
    [
        .. _qbr is null ? (LabLoss[])[] :
        [
            Bridge(DhcpDirection.Request, At(_tap), At(_qbr), Instance, "-t", "nat", "PREROUTING", "-i", _tap),
            Bridge(DhcpDirection.Request, At(_qbr), At(_qvb!), Instance, "-t", "filter", "FORWARD", "-o", _qvb!),
            Bridge(DhcpDirection.Reply, At(_qvb!), At(_qbr), Instance, "-t", "nat", "PREROUTING", "-i", _qvb!),
            Bridge(DhcpDirection.Reply, At(_qbr), At(_tap), Instance, "-t", "filter", "FORWARD", "-o", _tap),
        ],
        Switch(DhcpDirection.Request, End, At(_nic), Instance),
        Wire(DhcpDirection.Request, Instance, Server),
        Switch(DhcpDirection.Request, $"{Server}/{_nic}", ServerTap, Server),
        new(DhcpDirection.Reply, null, ServerTap, ["fault", "put", "QN6022", "input"],
            ["fault", "undo", "QN6022", "input"]),
        Switch(DhcpDirection.Reply, ServerTap, $"{Server}/{_nic}", Server),
        Wire(DhcpDirection.Reply, Server, Instance),
        Switch(DhcpDirection.Reply, At(_nic), End, Instance),
    ];

    private static string At(string device) => $"{Instance}/{device}";

    /// <summary>The Linux bridge drops it.</summary>
    private static LabLoss Bridge(DhcpDirection direction, string last, string missing, string node, string t,
        string table, string chain, params string[] match)
    {
        string[] rule = [chain, .. match, "-p", "IPv4", "--ip-proto", "17", "-j", "DROP"];
        return new(direction, last, missing, ["enter", node, "ebtables-nft", t, table, "-A", .. rule],
            ["enter", node, "ebtables-nft", t, table, "-D", .. rule]);
    }

    /// <summary>Open vSwitch drops it: a flow that nobody knows of.</summary>
    private static LabLoss Switch(DhcpDirection direction, string last, string missing, string node)
    {
        string match = $"table=0,priority=60000,udp,tp_dst={(direction == DhcpDirection.Request ? 67 : 68)}";
        return new(direction, last, missing,
            ["enter", node, "ovs-ofctl", "add-flow", "br-int", $"{match},actions=drop"],
            ["enter", node, "ovs-ofctl", "--strict", "del-flows", "br-int", match]);
    }

    /// <summary>The switch between the nodes drops it.</summary>
    private LabLoss Wire(DhcpDirection direction, string from, string to)
    {
        string[] what = _network switch
        {
            "gre" => ["-p", "IPv4", "--ip-proto", "47"],
            "vxlan" => ["-p", "IPv4", "--ip-proto", "17", "--ip-dport", "4789"],
            "vlan" => ["-p", "802_1Q"],
            _ => ["-p", "IPv4", "--ip-proto", "17"],
        };
        string[] rule = ["FORWARD", "-i", $"{from}-{_nic}", "-o", $"{to}-{_nic}", .. what, "-j", "DROP"];
        return new(direction, $"{from}/{_nic}", $"{to}/{_nic}", ["enter", "operator", "ebtables-nft", "-A", .. rule],
            ["enter", "operator", "ebtables-nft", "-D", .. rule]);
    }
}
