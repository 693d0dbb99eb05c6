using QuantumNet.Paths;
using QuantumNet.Simulation.Tunnel;
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
        if (end.Node is null)
            return HostFirewallDropsTunnel.Unknown(end.NodeName, "Iptables");
        if (FirewallPassage.Of(leg, end, peer) is not { } passage)
            return HostFirewallDropsTunnel.NotApplicable("There is no tunnel to the peer, which another check tells.");
        string node = passage.Firewall.Node.Name;
        return passage switch
        {
            { IsLost: true } => Dropped(passage, peer, passage.Packet!, passage.Answer!),
            { IsOpen: true, Lacks: var (collector, subject) } =>
                HostFirewallDropsTunnel.Unknown(node, collector, subject),
            { IsOpen: true } => Undecided(passage, peer, passage.Packet!, passage.Answer!),
            { Answer: null, Lacks: null } => HostFirewallDropsTunnel.Pass(node, passage.Chain),
            _ => HostFirewallDropsTunnel.NotApplicable("The datapath is in user space."),
        };
    }

    private static Finding Dropped(FirewallPassage passage, LegEnd peer, TunnelPacket packet, FirewallAnswer answer)
    {
        string node = passage.Firewall.Node.Name, message = $"{answer.Tool} on {node} drops {packet.Name} from "
            + $"{packet.Source} ({peer.NodeName}) in {answer.Way}";
        return passage.Firewall.IsBypassed
            ? HostFirewallDropsTunnel.Fail(node, answer.Chains[^1],
                $"{message}; Open vSwitch's datapath in user space does not pass it, the kernel's would.",
                answer.Evidence) with { Severity = CheckSeverity.Warning }
            : HostFirewallDropsTunnel.Fail(node, answer.Chains[^1], !packet.IsRouted
                ? $"{message}: nothing of the network arrives there."
                : $"{message}: nothing of the network passes there.", answer.Evidence);
    }

    private static Finding Undecided(FirewallPassage passage, LegEnd peer, TunnelPacket packet,
        FirewallAnswer answer) => HostFirewallDropsTunnel.Undecided(passage.Firewall.Node.Name, answer.Chains[^1],
            $"Cannot determine whether {answer.Tool} on {passage.Firewall.Node.Name} accepts {packet.Name} from "
                + $"{packet.Source} ({peer.NodeName}): {answer.Doubt} in {answer.Way}.", answer.Evidence);
}
