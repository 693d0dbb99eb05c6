using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Topology;
using static QuantumNet.Faults.IptablesFaults;

namespace QuantumNet.Faults.Tunnels;

/// <summary>The firewalls of the nodes accept what the other end's tunnel sends (GRE, VXLAN, Geneve, and what carries
/// them under IPsec): INPUT of the receiving node, with all chains of users, ufw and firewalld, nftables' own tables
/// included; FORWARD of a node that routes between the two.</summary>
internal sealed class HostFirewallLetsTunnelIn : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [HostFirewallDropsTunnel];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsTunnelled
        ? [HostFirewallDropsTunnel.NotApplicable("The network uses no tunnels.")]
        : leg.EndsApart().Select(
            pair => Judge(leg, pair.End, pair.Peer) with { At = HopComponent.Tunnel, Direction = pair.End.Receives });

    private static Finding Judge(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is not { } node)
            return HostFirewallDropsTunnel.Unknown(end.NodeName, "Iptables");
        if (TunnelMesh.To(leg, end, peer) is not { } tunnel)
            return HostFirewallDropsTunnel.NotApplicable("There is no tunnel to the peer, which another check tells.");
        TunnelPacket[] packets = [.. TunnelPacket.Of(leg, tunnel, end, peer)];
        HostFirewall own = new(node, IsInUserSpace(node));
        IEnumerable<HostFirewall> routers = packets.Length == 0 ? []
            : UnderlayRouters.Between(leg.Cloud, packets[0]).Select(router => new HostFirewall(router, false));
        List<Finding> findings = [.. routers.Append(own).Select(firewall => Judge(firewall, packets, peer))];
        return findings.Find(finding => finding.Status == FindingStatus.Fail)
            ?? findings.Find(finding => finding.Status == FindingStatus.Unknown) ?? findings[^1];
    }

    private static Finding Judge(HostFirewall firewall, TunnelPacket[] packets, LegEnd peer)
    {
        Finding? open = null;
        foreach (TunnelPacket packet in packets.Select(firewall.Facing))
        {
            foreach (FirewallAnswer answer in firewall.Answers(packet))
            {
                if (answer.Outcome is IptablesOutcome.Dropped or IptablesOutcome.Rejected)
                    return Dropped(firewall, peer, packet, answer);
                if (answer.Outcome == IptablesOutcome.Unknown)
                    open ??= Undecided(firewall, peer, packet, answer);
            }
            if (firewall.Missing(packet) is var (collector, subject))
                open = HostFirewallDropsTunnel.Unknown(firewall.Node.Name, collector, subject);
        }
        string chain = packets.Length > 0 ? packets[0].Chain : "INPUT";
        return open is null ? HostFirewallDropsTunnel.Pass(firewall.Node.Name, chain)
            : firewall.IsBypassed ? HostFirewallDropsTunnel.NotApplicable("The datapath is in user space.") : open;
    }

    private static Finding Dropped(HostFirewall firewall, LegEnd peer, TunnelPacket packet, FirewallAnswer answer)
    {
        string node = firewall.Node.Name, message = $"{answer.Tool} on {node} drops {packet.Name} from "
            + $"{packet.Source} ({peer.NodeName}) in {answer.Way}";
        return firewall.IsBypassed
            ? HostFirewallDropsTunnel.Fail(node, answer.Chains[^1],
                $"{message}; Open vSwitch's datapath in user space does not pass it, the kernel's would.",
                answer.Evidence) with { Severity = CheckSeverity.Warning }
            : HostFirewallDropsTunnel.Fail(node, answer.Chains[^1], !packet.IsRouted
                ? $"{message}: nothing of the network arrives there."
                : $"{message}: nothing of the network passes there.", answer.Evidence);
    }

    private static Finding Undecided(HostFirewall firewall, LegEnd peer, TunnelPacket packet, FirewallAnswer answer) =>
        HostFirewallDropsTunnel.Undecided(firewall.Node.Name, answer.Chains[^1],
            $"Cannot determine whether {answer.Tool} on "
            + $"{firewall.Node.Name} accepts {packet.Name} from {packet.Source} ({peer.NodeName}): "
            + $"{answer.Doubt} in {answer.Way}.", answer.Evidence);

    // Packets that Open vSwitch takes from the device itself never reach the kernel's own network stack.
    private static bool IsInUserSpace(NodeView node) =>
        node.Bridge(node.TunnelBridge) is { DatapathType: "netdev" };
}
