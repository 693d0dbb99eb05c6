using QuantumNet.Faults.Integration;
using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>The DHCP server's device is on br-int with its network's VLAN, inside the namespace, and up.
/// (What ovs-ofctl and OVSDB say of its link state means nothing: it lives in another namespace.)</summary>
internal sealed class DhcpPortIsPlugged : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [PortNotPlugged];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server || leg.IsServedByAgent)
            return [PortNotPlugged.NotApplicable("No DHCP server's port is expected.")];
        if (server.OvsDevice.Length == 0)
            return [JudgeUnnamed(server)];
        if (server.Node is not { } node || !node.State.Has("OvsPort"))
            return [PortNotPlugged.Unknown(server.NodeName, "OvsPort")];
        return [JudgePort(leg, server, node) with { At = HopComponent.OvsBridge },
            JudgeInner(server, node) with { At = HopComponent.Namespace }];
    }

    /// <summary>Without a record, and where dnsmasq is told no device: one must be in the namespace,
    /// whatever its name.</summary>
    private static Finding JudgeUnnamed(DhcpSite server) =>
        server.Namespace.Length > 0 && server.Node?.State.Has("NodeLink", server.Namespace) == true
            ? PortNotPlugged.Fail(server.NodeName, server.Namespace,
                    $"Namespace {server.Namespace} on {server.NodeName} holds no device for a DHCP server.")
                with { At = HopComponent.Namespace }
            : PortNotPlugged.Unknown(server.NodeName, "NodeLink", server.Namespace);

    private static Finding JudgePort(DhcpLeg leg, DhcpSite server, NodeView node)
    {
        if (leg.ServerPort is not { } port)
            return PortNotPlugged.Fail(server.NodeName, server.OvsDevice,
                $"{server.OvsDevice} is not a port of {node.IntegrationBridge} on {server.NodeName}.");
        if (port.Tag == LocalVlanMap.DeadVlan)
            return PortNotPlugged.Fail(server.NodeName, port.Device,
                $"{port.Device} on {server.NodeName} is on the dead VLAN 4095.", port.ToEvidence());
        if (port.Tag is not int tag)
            return PortNotPlugged.Fail(server.NodeName, port.Device,
                $"{port.Device} on {server.NodeName} has no VLAN tag.", port.ToEvidence());
        if (leg.IsTunnelled || leg.IsPhysical)
        {
            if (LocalVlans.BridgesOf(leg, node)
                .FirstOrDefault(bridge => !node.State.Has("OvsFlow", bridge)) is { } unseen)
                return PortNotPlugged.Unknown(server.NodeName, "OvsFlow", unseen);
        }
        List<SegmentFlow> mapped = [.. Mapped(leg, node)];
        if (mapped.Count > 0 && !mapped.Exists(flow => flow.Vlan == tag))
            return PortNotPlugged.Fail(server.NodeName, port.Device,
                $"{port.Device} is on VLAN {tag}, but {server.NodeName} maps the network to VLAN {mapped[0].Vlan}.",
                port.ToEvidence(), mapped[0].Flow.ToEvidence());
        bool apart = leg.IsOneNode && leg.ComputePort?.Tag is int other && other != LocalVlanMap.DeadVlan
            && other != tag && mapped.Count == 0;
        return apart ? PortNotPlugged.Fail(server.NodeName, port.Device,
                $"{port.Device} is on VLAN {tag}, the instance on VLAN {leg.ComputePort!.Tag} of the same node.",
                port.ToEvidence(), leg.ComputePort.ToEvidence())
            : PortNotPlugged.Pass(server.NodeName, port.Device);
    }

    private static IEnumerable<SegmentFlow> Mapped(DhcpLeg leg, NodeView node) =>
        (leg.IsTunnelled || leg.IsPhysical) && leg.Segment is not null ? LocalVlans.Of(leg, node) : [];

    private static Finding JudgeInner(DhcpSite server, NodeView node)
    {
        if (!node.State.Has("NodeLink", server.Namespace))
            return node.Namespace(server.Namespace) is not null
                    || !node.State.Has("NetworkNamespace")
                ? PortNotPlugged.Unknown(server.NodeName, "NodeLink", server.Namespace)
                : PortNotPlugged.NotApplicable("The namespace does not exist; its own check tells.");
        return server.InnerLink switch
        {
            null => PortNotPlugged.Fail(server.NodeName, server.OvsDevice,
                $"Namespace {server.Namespace} on {server.NodeName} does not hold {server.OvsDevice}."),
            { IsUp: false } link => PortNotPlugged.Fail(server.NodeName, link.Device,
                $"{link.Device} in {server.Namespace} on {server.NodeName} is down.", link.ToEvidence()),
            { } link => PortNotPlugged.Pass(server.NodeName, link.Device),
        };
    }
}
