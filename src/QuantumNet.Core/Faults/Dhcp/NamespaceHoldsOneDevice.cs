using QuantumNet.Paths;

namespace QuantumNet.Faults.Dhcp;

/// <summary>The namespace holds the DHCP server's device and no stale one.</summary>
internal sealed class NamespaceHoldsOneDevice : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN6003",
        Title = "Stale device in the DHCP namespace",
        Layer = "DhcpServer",
        Severity = CheckSeverity.Warning,
        Needs = ["NodeLink"],
        Remedy = "Delete the stale port (ovs-vsctl del-port br-int DEVICE), then restart the DHCP agent.",
        Reference = "rcbops/chef-cookbooks#790, LP#2130885",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { Namespace.Length: > 0 } server || leg.IsServedByAgent)
            return [s_info.NotApplicable("No namespace is expected.")];
        if (server.Node is not { } node || !node.State.Has("NodeLink", server.Namespace))
            return [s_info.Unknown(server.NodeName, "NodeLink", server.Namespace)];
        List<NodeLink> devices = [.. node.LinksOf(server.Namespace).Where(link => LegFinder.IsDhcpDevice(link.Device))];
        if (devices.Count <= 1)
            return [s_info.Pass(server.NodeName, server.Namespace)];
        string expected = server.InnerLink?.Device ?? "";
        return devices.Where(link => link.Device != expected).Select(link => s_info.Fail(server.NodeName, link.Device,
            $"Namespace {server.Namespace} on {server.NodeName} also holds {link.Device}, which belongs to no DHCP "
                + "port of the network.", link.ToEvidence()) with { At = HopComponent.Namespace });
    }
}
