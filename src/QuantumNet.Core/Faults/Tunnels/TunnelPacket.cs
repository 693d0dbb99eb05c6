using QuantumNet.Faults.Iptables;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Tunnels;

/// <summary>A packet between two tunnel addresses, as the receiving host's iptables meets it.</summary>
/// <param name="Name">What it is, with its port.</param>
/// <param name="Headers">Its headers.</param>
internal sealed record TunnelPacket(string Name, DhcpPacketHeaders Headers)
{
    /// <summary>The chain it meets.</summary>
    public string Chain => Headers.LeavesBy is null ? "INPUT" : "FORWARD";

    private const int Vxlan = 4789, Geneve = 6081, KeyExchange = 500;

    /// <summary>What must come in from the peer, in the order in which it does:
    /// under IPsec the key exchange and the encrypted packets, then the tunnel's own.</summary>
    public static IEnumerable<TunnelPacket> Of(DhcpLeg leg, OvsPort tunnel, LegEnd end, LegEnd peer)
    {
        string source =
            tunnel.RemoteIp == "flow" ? TunnelMesh.AddressesOf(leg, peer).FirstOrDefault() ?? "" : tunnel.RemoteIp;
        string destination = tunnel.LocalIp.Length > 0 ? tunnel.LocalIp
            : TunnelMesh.To(leg, peer, end) is { RemoteIp: { Length: > 0 } remote } && remote != "flow" ? remote : "";
        string device = DeviceOf(end.Node!, destination);
        DhcpPacketHeaders udp = UdpHeaders(source, destination, device);
        if (tunnel.Type.StartsWith("ipsec", StringComparison.Ordinal) || tunnel.Option("psk") is not null
            || tunnel.Option("remote_cert") is not null || tunnel.Option("remote_name") is not null)
        {
            yield return new("IPsec's key exchange (UDP 500)",
                udp with { SourcePort = KeyExchange, DestinationPort = KeyExchange });
            yield return new("IPsec (protocol 50)", udp with { Protocol = "esp" });
        }
        int port = FlowRoles.Number(tunnel.Option("dst_port") ?? "") is long told ? (int)told
            : tunnel.Type == "geneve" ? Geneve : Vxlan;
        yield return tunnel.Type is "vxlan" or "geneve"
            ? new($"{(tunnel.Type == "vxlan" ? "VXLAN" : "Geneve")} (UDP {port})", udp with { DestinationPort = port })
            : new("GRE (protocol 47)", udp with { Protocol = "gre" });
    }

    // What an address on a loopback device is sent to comes in by another.
    private static string DeviceOf(NodeView node, string address) => node.LinksOf("").FirstOrDefault(link =>
        Array.Exists(link.Addresses, own => own.Split('/')[0] == address)) is { Device: not "lo" } link
            && link.Kind != "dummy" ? link.Device : "";

    private static DhcpPacketHeaders UdpHeaders(string source, string destination, string device) => new()
    {
        Source = source,
        Destination = destination,
        SourcePort = DhcpPacketHeaders.AnyPort,      // a hash of the inner packet's headers
        DestinationPort = 0,
        SourceMac = "",
        PhysicalIn = "",
        PhysicalOut = "",
        Bridge = device,
        IsForHost = true,
    };
}
