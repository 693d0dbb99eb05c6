using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>The network's qdhcp- namespace is there and can be entered.</summary>
internal sealed class NamespaceExists : ServerCheck
{
    public override IReadOnlyList<CheckInfo> Infos { get; } = [NamespaceMissing];

    protected override IEnumerable<Finding> Judge(CloudView cloud, DhcpSite server) => server.Namespace.Length == 0
        ? [NamespaceMissing.NotApplicable("No namespace is expected.")]
        : [JudgeNamespace(cloud, server) with { At = HopComponent.Namespace }];

    private static Finding JudgeNamespace(CloudView cloud, DhcpSite server)
    {
        if (server.Node is not { } node)
            return NamespaceMissing.Unknown(server.NodeName, "NetworkNamespace");
        return node.Namespace(server.Namespace) switch
        {
            null when !node.State.Has("NetworkNamespace") =>
                NamespaceMissing.Unknown(server.NodeName, "NetworkNamespace"),
            // Where DHCP is disabled there is none, and that is QN1001.
            null when SubnetDhcp.IsUndecided(cloud, server) => NamespaceMissing.Undecided(
                server.NodeName, server.Namespace, $"Namespace {server.Namespace} does not exist on {server.NodeName}; "
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
