using QuantumNet.Paths;
using QuantumNet.Simulation.Iptables;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>iptables inside the namespace lets requests reach dnsmasq. (dnsmasq sends replies by a raw socket,
/// but receives by an ordinary one.)</summary>
internal sealed class NamespaceLetsRequestsIn : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [NamespaceDropsRequests];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { Namespace.Length: > 0 } server || leg.IsServedByAgent)
            return [NamespaceDropsRequests.NotApplicable("No namespace is expected.")];
        if (server.Node is { } known && known.State.Has("NetworkNamespace")
            && known.Namespace(server.Namespace) is null)
            return [NamespaceDropsRequests.NotApplicable("The namespace does not exist; its own check tells.")];
        if (server.Node is not { } node || !node.State.Has("Iptables", server.Namespace))
            return [NamespaceDropsRequests.Unknown(server.NodeName, "Iptables", server.Namespace)];
        if (server.InnerLink is not { } device)
            return [NamespaceDropsRequests.NotApplicable(
                "There is no device to come in by; the check of the DHCP server's port tells.")];
        IptablesTraversal result = NodeFilter.Of(node).ToHost(LegFilter.Arriving(leg, device.Device), server.Namespace);
        if (result.Outcome == IptablesOutcome.Unknown)
            return [NamespaceDropsRequests.Undecided(server.NodeName, server.Namespace,
                $"Cannot determine whether iptables in {server.Namespace} on {server.NodeName} accepts the DISCOVER: "
                    + $"this rule may decide: {result.Doubt?.RawText.Trim()}",
                result.Doubt?.ToEvidence()) with { At = HopComponent.Dnsmasq, Direction = DhcpDirection.Request }];
        return [result.Outcome == IptablesOutcome.Accepted
            ? NamespaceDropsRequests.Pass(server.NodeName, server.Namespace)
            : NamespaceDropsRequests.Fail(server.NodeName, $"{result.Chains[^1]} in {server.Namespace}",
                $"iptables in {server.Namespace} on {server.NodeName} drops the DISCOVER "
                    + $"in {string.Join(" > ", result.Chains)}.",
                result.Evidence) with { At = HopComponent.Dnsmasq, Direction = DhcpDirection.Request }];
    }
}
