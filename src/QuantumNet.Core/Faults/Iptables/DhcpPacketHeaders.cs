using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Iptables;

/// <summary>A packet as iptables sees it: a DHCP packet when it crosses the port's Linux bridge,
/// or when dnsmasq is to get it; a tunnel's when the host is.</summary>
internal sealed record DhcpPacketHeaders
{
    private const int ServerPort = 67;
    private const int ClientPort = 68;

    /// <summary>A source port that is drawn anew for each flow.</summary>
    public const int AnyPort = -1;

    /// <summary>IP protocol as rules name it: <c>udp</c>, <c>gre</c>, <c>esp</c>.</summary>
    public string Protocol { get; init; } = "udp";

    /// <summary>Whether it is a tunnel's packet to the host itself, on no bridge.</summary>
    public bool IsForHost { get; init; }

    /// <summary>The device by which a routed tunnel's packet leaves; null when it is for the host.</summary>
    public string? LeavesBy { get; init; }

    /// <summary>Source address.</summary>
    public required string Source { get; init; }
    /// <summary>Destination address.</summary>
    public required string Destination { get; init; }
    /// <summary>UDP source port.</summary>
    public required int SourcePort { get; init; }
    /// <summary>UDP destination port.</summary>
    public required int DestinationPort { get; init; }
    /// <summary>Source MAC; empty when unknown.</summary>
    public required string SourceMac { get; init; }
    /// <summary>Bridge port it came in on.</summary>
    public required string PhysicalIn { get; init; }
    /// <summary>Bridge port it leaves by.</summary>
    public required string PhysicalOut { get; init; }
    /// <summary>The Linux bridge, or the device in the namespace: input and output interface of the rules.</summary>
    public required string Bridge { get; init; }

    /// <summary>The DISCOVER, or the OFFER to it; null where neither a record nor the server's device
    /// tells its address.</summary>
    public static DhcpPacketHeaders? Of(DhcpLeg leg, DhcpDirection direction) =>
        direction == DhcpDirection.Request ? Discover(leg)
        : leg.ServerAddress.Length > 0 ? Offer(leg, leg.ServerAddress) : null;

    /// <summary>A DISCOVER of the instance.</summary>
    public static DhcpPacketHeaders Discover(DhcpLeg leg) => new()
    {
        Source = "0.0.0.0",
        Destination = "255.255.255.255",
        SourcePort = ClientPort,
        DestinationPort = ServerPort,
        SourceMac = leg.Port.Mac,
        PhysicalIn = leg.Tap,
        PhysicalOut = DeviceNames.VethBridgeEnd(leg.Port.PortId),
        Bridge = leg.LinuxBridge,
    };

    /// <summary>The same DISCOVER as it arrives in the DHCP server's namespace, on no bridge.</summary>
    public static DhcpPacketHeaders Arriving(DhcpLeg leg, string device) =>
        Discover(leg) with { PhysicalIn = "", PhysicalOut = "", Bridge = device };

    /// <summary>The OFFER of a server at that address, sent to the address it offers.</summary>
    public static DhcpPacketHeaders Offer(DhcpLeg leg, string serverAddress) => new()
    {
        Source = serverAddress,
        Destination = leg.Port.IpAddress,
        SourcePort = ServerPort,
        DestinationPort = ClientPort,
        SourceMac = leg.ServerEnd?.Mac ?? "",
        PhysicalIn = DeviceNames.VethBridgeEnd(leg.Port.PortId),
        PhysicalOut = leg.Tap,
        Bridge = leg.LinuxBridge,
    };
}
