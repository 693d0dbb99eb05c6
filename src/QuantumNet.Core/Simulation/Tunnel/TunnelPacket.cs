using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Tunnel;

/// <summary>A packet between two tunnel addresses, as the receiving host's iptables meets it.</summary>
/// <param name="Name">What it is, with its port.</param>
/// <param name="Source">The sender's tunnel address; empty when not known.</param>
/// <param name="Destination">The receiver's; empty when not known.</param>
/// <param name="Packet">Its headers.</param>
internal sealed record TunnelPacket(string Name, string Source, string Destination, FilteredPacket Packet)
{
    private const int Udp = 17, Gre = 47, Esp = 50, Vxlan = 4789, Geneve = 6081, KeyExchange = 500;
    // The kernel draws the source port from net.ipv4.ip_local_port_range, by a hash of the inner packet's headers.
    private const int FirstDrawn = 32768, LastDrawn = 60999;

    /// <summary>Whether the node routes it, rather than being its receiver.</summary>
    public bool IsRouted => Packet.OutDevice is not "";

    /// <summary>The chain it meets.</summary>
    public string Chain => IsRouted ? "FORWARD" : "INPUT";

    /// <summary>Whether it may answer one of the receiver's own. VXLAN and Geneve have another source port each way, so
    /// that no packet answers another; GRE, ESP and the key exchange have none, or the same.</summary>
    public bool MayAnswer => Packet.Protocol != Udp || Packet.SourcePort is not null;

    /// <summary>The same through a node that routes it.</summary>
    public TunnelPacket Through(string from, string to) =>
        this with { Packet = Packet with { InDevice = from, OutDevice = to } };

    /// <summary>What must come in from the peer, in the order in which it does:
    /// under IPsec the key exchange and the encrypted packets, then the tunnel's own.</summary>
    public static IEnumerable<TunnelPacket> Of(DhcpLeg leg, OvsPort tunnel, LegEnd end, LegEnd peer)
    {
        string source =
            tunnel.RemoteIp == "flow" ? TunnelMesh.AddressesOf(leg, peer).FirstOrDefault() ?? "" : tunnel.RemoteIp;
        string destination = tunnel.LocalIp.Length > 0 ? tunnel.LocalIp
            : TunnelMesh.To(leg, peer, end) is { RemoteIp: { Length: > 0 } remote } && remote != "flow" ? remote : "";
        TunnelPacket udp = new("", source, destination, Headers(source, destination, DeviceOf(end.Node!, destination)));
        if (tunnel.Type.StartsWith("ipsec", StringComparison.Ordinal) || tunnel.Option("psk") is not null
            || tunnel.Option("remote_cert") is not null || tunnel.Option("remote_name") is not null)
        {
            yield return udp with { Name = "IPsec's key exchange (UDP 500)",
                Packet = udp.Packet with { SourcePort = KeyExchange, DestinationPort = KeyExchange } };
            yield return udp with { Name = "IPsec (protocol 50)", Packet = udp.Packet with { Protocol = Esp } };
        }
        int port = FlowRoles.Number(tunnel.Option("dst_port") ?? "") is long told ? (int)told
            : tunnel.Type == "geneve" ? Geneve : Vxlan;
        yield return tunnel.Type is "vxlan" or "geneve"
            ? udp with { Name = $"{(tunnel.Type == "vxlan" ? "VXLAN" : "Geneve")} (UDP {port})",
                Packet = udp.Packet with { DestinationPort = port } }
            : udp with { Name = "GRE (protocol 47)", Packet = udp.Packet with { Protocol = Gre } };
    }

    // What an address on a loopback device is sent to comes in by another.
    private static string? DeviceOf(NodeView node, string address) => node.LinksOf("").FirstOrDefault(link =>
        Array.Exists(link.Addresses, own => own.Split('/')[0] == address)) is { Device: not "lo" } link
            && link.Kind != "dummy" ? link.Device : null;

    private static FilteredPacket Headers(string source, string destination, string? device) => new()
    {
        Protocol = Udp,
        Source = HostAddress.Parse(source),
        Destination = HostAddress.Parse(destination),
        SourcePorts = (FirstDrawn, LastDrawn),
        InDevice = device,
        FrameKind = "unicast",
        State = ConntrackState.New,
    };
}
