using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>The namespace holds the DHCP server's device and no stale one.</summary>
internal sealed class NamespaceHoldsOneDevice : ServerCheck
{
    public override IReadOnlyList<CheckInfo> Infos { get; } = [StaleDevice];

    protected override IEnumerable<Finding> Judge(CloudView cloud, DhcpSite server)
    {
        if (server.Namespace.Length == 0)
            return [StaleDevice.NotApplicable("No namespace is expected.")];
        if (server.Node is not { } node || !node.State.Has("NodeLink", server.Namespace))
            return [StaleDevice.Unknown(server.NodeName, "NodeLink", server.Namespace)];
        List<NodeLink> devices = [.. node.LinksOf(server.Namespace).Where(link => LegFinder.IsDhcpDevice(link.Device))];
        if (devices.Count <= 1)
            return [StaleDevice.Pass(server.NodeName, server.Namespace)];
        string expected = server.InnerLink?.Device ?? "";
        return devices.Where(link => link.Device != expected).Select(link => StaleDevice.Fail(server.NodeName,
            link.Device,
            $"Namespace {server.Namespace} on {server.NodeName} also holds {link.Device}, which belongs to no DHCP "
                + "port of the network.", link.ToEvidence()) with { At = HopComponent.Namespace });
    }
}
