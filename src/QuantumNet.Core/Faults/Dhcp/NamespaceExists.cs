using QuantumNet.Paths;

namespace QuantumNet.Faults.Dhcp;

/// <summary>The network's qdhcp- namespace is there and can be entered.</summary>
internal sealed class NamespaceExists : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN6001",
        Title = "DHCP namespace is missing or unusable",
        Layer = "DhcpServer",
        Severity = CheckSeverity.Error,
        Needs = ["NetworkNamespace"],
        Remedy = "Restart the DHCP agent on the node; "
            + "delete the leftover file of an unusable namespace first (ip netns delete NAME).",
        Reference = "LP#1561695, LP#1728642",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server || server.Namespace.Length == 0 || leg.IsServedByAgent)
            return [s_info.NotApplicable("No namespace is expected.")];
        return [Judge(leg, server) with { At = HopComponent.Namespace }];
    }

    private static Finding Judge(DhcpLeg leg, DhcpSite server)
    {
        if (server.Node is not { } node)
            return s_info.Unknown(server.NodeName, "NetworkNamespace");
        return node.State.Namespaces.Find(one => one.Namespace == server.Namespace) switch
        {
            null when !node.State.Has("NetworkNamespace") => s_info.Unknown(server.NodeName, "NetworkNamespace"),
            // Where DHCP is disabled there is none, and that is QN1001.
            null when SubnetDhcp.IsUndecided(leg) => s_info.Undecided(server.NodeName, server.Namespace,
                $"Namespace {server.Namespace} does not exist on {server.NodeName}; "
                    + "cannot determine whether it should."),
            null => s_info.Fail(server.NodeName, server.Namespace,
                $"Namespace {server.Namespace} does not exist on {server.NodeName}."),
            { IsUsable: false } found => s_info.Fail(server.NodeName, server.Namespace,
                $"Namespace {server.Namespace} on {server.NodeName} is only a file: it cannot be entered.",
                found.ToEvidence()),
            _ => s_info.Pass(server.NodeName, server.Namespace),
        };
    }
}
