using QuantumNet.Paths;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>The network's qdhcp- namespace is there and can be entered.</summary>
internal sealed class NamespaceExists : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [NamespaceMissing];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server || server.Namespace.Length == 0 || leg.IsServedByAgent)
            return [NamespaceMissing.NotApplicable("No namespace is expected.")];
        return [Judge(leg, server) with { At = HopComponent.Namespace }];
    }

    private static Finding Judge(DhcpLeg leg, DhcpSite server)
    {
        if (server.Node is not { } node)
            return NamespaceMissing.Unknown(server.NodeName, "NetworkNamespace");
        return node.Namespace(server.Namespace) switch
        {
            null when !node.State.Has("NetworkNamespace") =>
                NamespaceMissing.Unknown(server.NodeName, "NetworkNamespace"),
            // Where DHCP is disabled there is none, and that is QN1001.
            null when SubnetDhcp.IsUndecided(leg) => NamespaceMissing.Undecided(server.NodeName, server.Namespace,
                $"Namespace {server.Namespace} does not exist on {server.NodeName}; "
                    + "cannot determine whether it should."),
            null => NamespaceMissing.Fail(server.NodeName, server.Namespace,
                $"Namespace {server.Namespace} does not exist on {server.NodeName}."),
            { IsUsable: false } found => NamespaceMissing.Fail(server.NodeName, server.Namespace,
                $"Namespace {server.Namespace} on {server.NodeName} is only a file: it cannot be entered.",
                found.ToEvidence()),
            _ => NamespaceMissing.Pass(server.NodeName, server.Namespace),
        };
    }
}
