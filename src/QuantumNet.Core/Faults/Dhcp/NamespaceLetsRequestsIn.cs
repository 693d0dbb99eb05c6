using QuantumNet.Faults.Iptables;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Dhcp;

/// <summary>iptables inside the namespace lets requests reach dnsmasq. (dnsmasq sends replies by a raw socket,
/// but receives by an ordinary one.)</summary>
internal sealed class NamespaceLetsRequestsIn : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN6022",
        Title = "iptables in the DHCP namespace drops requests",
        Layer = "DhcpServer",
        Severity = CheckSeverity.Error,
        Needs = ["Iptables"],
        Remedy = "Delete the rule in the namespace (ip netns exec NAMESPACE iptables ...) and find who put it there.",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { Namespace.Length: > 0 } server || leg.IsServedByAgent)
            return [s_info.NotApplicable("No namespace is expected.")];
        if (server.Node is { } known && known.State.Has("NetworkNamespace")
            && !known.State.Namespaces.Exists(one => one.Namespace == server.Namespace))
            return [s_info.NotApplicable("The namespace does not exist; its own check tells.")];
        if (server.Node is not { } node || !node.State.Has("Iptables", server.Namespace))
            return [s_info.Unknown(server.NodeName, "Iptables", server.Namespace)];
        if (server.InnerLink is not { } device)
            return [s_info.NotApplicable(
                "There is no device to come in by; the check of the DHCP server's port tells.")];
        IptablesResult result = IptablesWalk.Input(node,
            DhcpPacketHeaders.Arriving(leg, device.Device), server.Namespace);
        if (result.Verdict == IptablesVerdict.Unknown)
            return [s_info.Undecided(server.NodeName, server.Namespace,
                $"Cannot determine whether iptables in {server.Namespace} on {server.NodeName} accepts the DISCOVER: "
                    + $"this rule may decide: {result.Unclear?.RawText.Trim()}",
                result.Unclear?.ToEvidence()) with { At = HopComponent.Dnsmasq, Direction = DhcpDirection.Request }];
        return [result.Verdict == IptablesVerdict.Accepted ? s_info.Pass(server.NodeName, server.Namespace)
            : s_info.Fail(server.NodeName, $"{result.Chains[^1]} in {server.Namespace}",
                $"iptables in {server.Namespace} on {server.NodeName} drops the DISCOVER "
                    + $"in {string.Join(" > ", result.Chains)}.",
                result.Evidence) with { At = HopComponent.Dnsmasq, Direction = DhcpDirection.Request }];
    }
}
