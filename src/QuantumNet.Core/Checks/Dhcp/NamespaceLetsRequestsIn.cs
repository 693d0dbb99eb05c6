using QuantumNet.Checks.Iptables;
using QuantumNet.Paths;

namespace QuantumNet.Checks.Dhcp;

/// <summary>iptables inside the namespace lets requests reach dnsmasq. (dnsmasq sends replies by a raw socket, but receives by an ordinary one.)</summary>
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
        if (leg.Server is not { Node: { } node, Namespace.Length: > 0, InnerLink: { } device } server || !node.State.Has("Iptables", server.Namespace))
            return [s_info.NotApplicable("The namespace's rules were not collected.")];
        IptablesResult result = IptablesWalk.Input(node, DhcpPacketHeaders.Arriving(leg, device.Device), server.Namespace);
        return [result.Verdict != IptablesVerdict.Dropped ? s_info.Pass(server.NodeName, server.Namespace)
            : s_info.Fail(server.NodeName, $"{result.Chains[^1]} in {server.Namespace}", $"iptables in {server.Namespace} on {server.NodeName} drops the DISCOVER in {string.Join(" > ", result.Chains)}.",
                result.Evidence) with { At = HopComponent.Dnsmasq, Direction = DhcpDirection.Request }];
    }
}
