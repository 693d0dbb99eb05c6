using QuantumNet.Faults.Integration;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Dhcp;

/// <summary>The DHCP server's device is on br-int with its network's VLAN, inside the namespace, and up.
/// (What ovs-ofctl and OVSDB say of its link state means nothing: it lives in another namespace.)</summary>
internal sealed class DhcpPortIsPlugged : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN6002",
        Title = "DHCP server's port is not plugged right",
        Layer = "DhcpServer",
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort", "OvsFlow", "NodeLink"],
        Remedy = "Restart the DHCP agent (device missing or down) or the OVS agent (tag) on the node.",
        Reference = "LP#1302312",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Server is not { } server || leg.IsServedByAgent)
            return [s_info.NotApplicable("No DHCP server's port is expected.")];
        if (server.OvsDevice.Length == 0)
            return [JudgeUnnamed(server)];
        if (server.Node is not { } node || !node.State.Has("OvsPort"))
            return [s_info.Unknown(server.NodeName, "OvsPort")];
        return [JudgePort(leg, server, node) with { At = HopComponent.OvsBridge },
            JudgeInner(server, node) with { At = HopComponent.Namespace }];
    }

    /// <summary>Without a record, and where dnsmasq is told no device: one must be in the namespace,
    /// whatever its name.</summary>
    private static Finding JudgeUnnamed(DhcpSite server) =>
        server.Namespace.Length > 0 && server.Node?.State.Has("NodeLink", server.Namespace) == true
            ? s_info.Fail(server.NodeName, server.Namespace,
                    $"Namespace {server.Namespace} on {server.NodeName} holds no device for a DHCP server.")
                with { At = HopComponent.Namespace }
            : s_info.Unknown(server.NodeName, "NodeLink", server.Namespace);

    private static Finding JudgePort(DhcpLeg leg, DhcpSite server, NodeView node)
    {
        if (leg.ServerPort is not { } port)
            return s_info.Fail(server.NodeName, server.OvsDevice,
                $"{server.OvsDevice} is not a port of {node.IntegrationBridge} on {server.NodeName}.");
        if (port.Tag == PortIsTagged.DeadVlan)
            return s_info.Fail(server.NodeName, port.Device,
                $"{port.Device} on {server.NodeName} is on the dead VLAN 4095.", port.ToEvidence());
        if (port.Tag is not int tag)
            return s_info.Fail(server.NodeName, port.Device,
                $"{port.Device} on {server.NodeName} has no VLAN tag.", port.ToEvidence());
        if (leg.IsTunnelled || leg.IsPhysical)
        {
            if (LocalVlans.BridgesOf(leg, node)
                .FirstOrDefault(bridge => !node.State.Has("OvsFlow", bridge)) is { } unseen)
                return s_info.Unknown(server.NodeName, "OvsFlow", unseen);
        }
        List<SegmentFlow> mapped = [.. Mapped(leg, node)];
        if (mapped.Count > 0 && !mapped.Exists(flow => flow.Vlan == tag))
            return s_info.Fail(server.NodeName, port.Device,
                $"{port.Device} is on VLAN {tag}, but {server.NodeName} maps the network to VLAN {mapped[0].Vlan}.",
                port.ToEvidence(), mapped[0].Flow.ToEvidence());
        bool apart = leg.IsOneNode && leg.ComputePort?.Tag is int other && other != PortIsTagged.DeadVlan
            && other != tag && mapped.Count == 0;
        return apart ? s_info.Fail(server.NodeName, port.Device,
                $"{port.Device} is on VLAN {tag}, the instance on VLAN {leg.ComputePort!.Tag} of the same node.",
                port.ToEvidence(), leg.ComputePort.ToEvidence())
            : s_info.Pass(server.NodeName, port.Device);
    }

    private static IEnumerable<SegmentFlow> Mapped(DhcpLeg leg, NodeView node) =>
        (leg.IsTunnelled || leg.IsPhysical) && leg.Segment is not null ? LocalVlans.Of(leg, node) : [];

    private static Finding JudgeInner(DhcpSite server, NodeView node)
    {
        if (!node.State.Has("NodeLink", server.Namespace))
            return node.State.Namespaces.Exists(one => one.Namespace == server.Namespace)
                    || !node.State.Has("NetworkNamespace")
                ? s_info.Unknown(server.NodeName, "NodeLink", server.Namespace)
                : s_info.NotApplicable("The namespace does not exist; its own check tells.");
        return server.InnerLink switch
        {
            null => s_info.Fail(server.NodeName, server.OvsDevice,
                $"Namespace {server.Namespace} on {server.NodeName} does not hold {server.OvsDevice}."),
            { IsUp: false } link => s_info.Fail(server.NodeName, link.Device,
                $"{link.Device} in {server.Namespace} on {server.NodeName} is down.", link.ToEvidence()),
            { } link => s_info.Pass(server.NodeName, link.Device),
        };
    }
}
