using QuantumNet.Checks.Iptables;
using QuantumNet.Paths;

namespace QuantumNet.Checks.Tunnels;

/// <summary>The node's own firewall (INPUT, with all chains of users, ufw and firewalld) accepts what the other end's
/// tunnel sends: GRE, VXLAN, Geneve, and what carries them under IPsec.</summary>
internal sealed class HostFirewallLetsTunnelIn : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN3009",
        Title = "Host firewall drops tunnelled packets",
        Layer = "Iptables",
        Severity = CheckSeverity.Error,
        Needs = ["Iptables", "OvsPort"],
        Remedy = "Accept the tunnel's protocol from the other nodes in INPUT before the quoted line (GRE: "
            + "protocol 47; VXLAN: UDP 4789 or 8472; Geneve: UDP 6081; IPsec: "
            + "UDP 500 and 4500, protocol 50), in the firewall's own settings, so that it lasts.",
        Reference = "redhat-openstack/astapor#260",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsTunnelled
        ? [s_info.NotApplicable("The network uses no tunnels.")]
        : leg.EndsApart().Select(
            pair => Judge(leg, pair.End, pair.Peer) with { At = HopComponent.Tunnel, Direction = pair.End.Receives });

    private static Finding Judge(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node)
            return s_info.Unknown(end.NodeName, "Iptables");
        if (TunnelMesh.To(leg, end, peer) is not { } tunnel)
            return s_info.NotApplicable("There is no tunnel to the peer, which another check tells.");
        bool isBypassed = IsInUserSpace(node);
        if (!node.State.Has("Iptables"))
            return isBypassed
                ? s_info.NotApplicable("The datapath is in user space.") : s_info.Unknown(end.NodeName, "Iptables");
        if (tunnel.RemoteIp.Contains(':'))
            return s_info.NotApplicable("The tunnel runs over IPv6, which iptables does not see.");
        foreach (TunnelPacket packet in TunnelPacket.Of(leg, tunnel, end, peer))
        {
            IptablesResult result = IptablesWalk.Input(node, packet.Headers, "");
            if (result.Verdict == IptablesVerdict.Dropped)
                return Dropped(end, peer, packet, result, isBypassed);
            if (result.Verdict == IptablesVerdict.Unknown && !isBypassed)
                return Undecided(end, peer, packet, result);
        }
        return s_info.Pass(end.NodeName, "INPUT");
    }

    private static Finding Dropped(LegEnd end, LegEnd peer, TunnelPacket packet, IptablesResult result, bool isBypassed)
    {
        string message = $"iptables on {end.NodeName} drops {packet.Name} from {packet.Headers.Source} "
            + $"({peer.NodeName}) in {string.Join(" > ", result.Chains)}";
        return isBypassed
            ? s_info.Fail(end.NodeName, result.Chains[^1],
                $"{message}; Open vSwitch's datapath in user space does not pass it, the kernel's would.",
                result.Evidence) with { Severity = CheckSeverity.Warning }
            : s_info.Fail(end.NodeName, result.Chains[^1],
                $"{message}: nothing of the network arrives there.", result.Evidence);
    }

    private static Finding Undecided(LegEnd end, LegEnd peer, TunnelPacket packet, IptablesResult result) =>
        s_info.Fail(end.NodeName, result.Chains[^1], $"Cannot determine whether iptables on {end.NodeName} "
                + $"accepts {packet.Name} from {packet.Headers.Source} ({peer.NodeName}): "
                + $"{Doubt(packet)} in {string.Join(" > ", result.Chains)}.", result.Evidence)
            with { Status = FindingStatus.Unknown };

    private static string Doubt(TunnelPacket packet) => packet.Headers.Protocol == "udp"
        ? "a rule with a match that is not followed may accept it before the quoted line"
        : "a packet that answers one of its own is accepted, the first one meets the quoted line";

    // Packets that Open vSwitch takes from the device itself never reach the kernel's own network stack.
    private static bool IsInUserSpace(NodeView node) =>
        node.State.OvsBridges.Exists(bridge => bridge.Bridge == node.TunnelBridge && bridge.DatapathType == "netdev");
}

/// <summary>A packet between two tunnel addresses, as the receiving host's iptables meets it.</summary>
/// <param name="Name">What it is, with its port.</param>
/// <param name="Headers">Its headers.</param>
internal sealed record TunnelPacket(string Name, DhcpPacketHeaders Headers)
{
    private const int Vxlan = 4789, Geneve = 6081, KeyExchange = 500;

    /// <summary>What must come in from the peer, in the order in which it does:
    /// under IPsec the key exchange and the encrypted packets, then the tunnel's own.</summary>
    public static IEnumerable<TunnelPacket> Of(DhcpLeg leg, OvsPort tunnel, LegEnd end, LegEnd peer)
    {
        string source =
            tunnel.RemoteIp == "flow" ? TunnelMesh.AddressesOf(leg, peer).FirstOrDefault() ?? "" : tunnel.RemoteIp;
        string destination = tunnel.LocalIp.Length > 0 ? tunnel.LocalIp
            : TunnelMesh.To(leg, peer, end) is { RemoteIp: { Length: > 0 } remote } && remote != "flow" ? remote : "";
        string device = end.Node!.State.Links.Find(link => link.Namespace.Length == 0
            && Array.Exists(link.Addresses, address => address.Split('/')[0] == destination))?.Device ?? "";
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
