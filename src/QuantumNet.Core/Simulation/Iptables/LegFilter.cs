using QuantumNet.Paths;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Iptables;

/// <summary>What iptables does with a leg's DHCP packets: on the Linux bridge of a hybrid plug, and in the server's
/// namespace. No answer has been seen of any of them: the OFFER goes to another address than the DISCOVER came
/// from.</summary>
internal static class LegFilter
{
    private const int Udp = 17, ServerPort = 67, ClientPort = 68;

    /// <summary>The packet of a direction as it crosses the bridge: the DISCOVER, or the OFFER to it; null where
    /// neither a record nor the server's device tells the server's address.</summary>
    public static FilteredPacket? Packet(DhcpLeg leg, DhcpDirection direction) =>
        direction == DhcpDirection.Request ? Discover(leg)
        : leg.ServerAddress.Length > 0 ? Offer(leg, leg.ServerAddress, DhcpPackets.OfferedAddress(leg)) : null;

    /// <summary>The instance's DISCOVER as it crosses the bridge.</summary>
    public static FilteredPacket Discover(DhcpLeg leg) => Bridged(leg) with
    {
        Source = HostAddress.Of(0),
        Destination = HostAddress.Of(uint.MaxValue),
        SourcePort = ClientPort,
        DestinationPort = ServerPort,
        SourceMac = leg.Port.Mac.Length > 0 ? leg.Port.Mac : null,
        FrameKind = "broadcast",
        PhysicalIn = leg.Tap,
        PhysicalOut = DeviceNames.VethBridgeEnd(leg.Port.PortId),
    };

    /// <summary>An OFFER from a server to the address that it offers, as it crosses the bridge.</summary>
    public static FilteredPacket Offer(DhcpLeg leg, string server, string client) => Bridged(leg) with
    {
        Source = HostAddress.Parse(server),
        Destination = HostAddress.Parse(client),
        SourcePort = ServerPort,
        DestinationPort = ClientPort,
        SourceMac = leg.ServerEnd is { Mac.Length: > 0 } end ? end.Mac : null,
        PhysicalIn = DeviceNames.VethBridgeEnd(leg.Port.PortId),
        PhysicalOut = leg.Tap,
    };

    /// <summary>The DISCOVER as it arrives by a device of the server's namespace, on no bridge.</summary>
    public static FilteredPacket Arriving(DhcpLeg leg, string device) => Discover(leg) with
    {
        IsBridged = false, PhysicalIn = "", PhysicalOut = "", InDevice = device, OutDevice = "",
    };

    /// <summary>Whether the port's filter passes an OFFER from one address to another,
    /// as far as iptables is its filter.</summary>
    public static bool PassesOffer(DhcpLeg leg, string server, string client) => leg.Compute is { } compute
        && (leg.Plug != PlugKind.Hybrid || !BridgeNetfilter.MayBeOn(compute)
            || NodeFilter.Of(compute).Bridged(Offer(leg, server, client)).Outcome == IptablesOutcome.Accepted);

    private static FilteredPacket Bridged(DhcpLeg leg) => new()
    {
        Protocol = Udp,
        State = ConntrackState.New,
        IsBridged = true,
        InDevice = leg.LinuxBridge,
        OutDevice = leg.LinuxBridge,
    };
}
