using QuantumNet.Topology;
using static QuantumNet.Comparison.Kinds.DeviceKinds;

namespace QuantumNet.Comparison.Kinds;

/// <summary>Bridges, ports, groups and MAC tables of Open vSwitch.</summary>
internal static class SwitchKinds
{
    public static readonly ComparedKind<OvsBridge> Bridges = new()
    {
        Name = "bridge",
        Collector = "OvsPort",
        Records = node => node.State.OvsBridges,
        Layer = (bridge, node) => LayerOf(bridge.Bridge, node),
        Identity = (bridge, _) => bridge.Bridge,
        Object = bridge => bridge.Bridge,
        Facts =
        [
            new("datapath type", Suspicion.Wiring, bridge => bridge.DatapathType),
            new("fail mode", Suspicion.Setting, bridge => bridge.FailMode),
            new("controllers", Suspicion.Setting, bridge => Lines(bridge.Controllers)) { IsList = true },
            new("controller connected", Suspicion.Symptom, bridge => YesNo(bridge.IsConnected)) { Sound = "yes" },
            new("Open vSwitch version", Suspicion.Trivial,
                bridge => bridge.OvsVersion.Length > 0 ? bridge.OvsVersion : null),
        ],
        Line = (bridge, _) => bridge.ToEvidence(),
        BelongsTo = (bridge, _) => new() { Bridge = bridge.Bridge },
        WhenGone = _ => Suspicion.Wiring,
    };

    public static readonly ComparedKind<OvsPort> Ports = new()
    {
        Name = "port",
        Collector = "OvsPort",
        Records = node => node.View.OvsPorts,
        Layer = (port, node) => LayerOf(port.Bridge, node),
        Identity = (port, node) => node.Names.Device(port.Device),
        Object = port => port.Bridge == port.Device ? port.Device : $"{port.Bridge} {port.Device}",
        Text = port => NodeView.IsTunnel(port) ? $"{port.Type} to {port.RemoteIp}" : port.Type,
        Facts =
        [
            new("bridge", Suspicion.Wiring, port => port.Bridge),
            new("tag", Suspicion.Wiring, (port, node) => port.Tag is int tag ? node.Names.Vlan(tag) : "")
                { Shown = port => $"{port.Tag}" },
            new("trunks", Suspicion.Wiring, port => string.Join(',', port.Trunks)),
            new("VLAN mode", Suspicion.Wiring, port => port.VlanMode),
            new("type", Suspicion.Wiring, port => port.Type),
            new("remote_ip", Suspicion.Wiring, (port, node) => node.Names.Word(port.RemoteIp))
                { Shown = port => port.RemoteIp },
            new("local_ip", Suspicion.Wiring, (port, node) => node.Names.Word(port.LocalIp))
                { Shown = port => port.LocalIp },
            new("peer", Suspicion.Wiring, (port, node) => node.Names.Device(port.Peer)) { Shown = port => port.Peer },
            new("options", Suspicion.Setting, (port, _) => Others(port.Options, "remote_ip", "local_ip", "peer"))
                { IsList = true },
            new("iface-id", Suspicion.Wiring, (port, node) => node.Names.Word(port.PortId)),
            new("attached-mac", Suspicion.Setting, (port, node) => node.Names.Word(port.Mac)),
            new("external ids", Suspicion.Trivial,
                (port, node) => Others(port.ExternalIds, "iface-id", "attached-mac", "vm-id", "vm-uuid"))
                { IsList = true },
            new("other_config", Suspicion.Setting, (port, _) => Others(port.OtherConfig, "tag")) { IsList = true },
            new("admin state", Suspicion.Wiring, port => Told(port.AdminState)) { Sound = "up" },
            new("link state", Suspicion.Symptom, port => Told(port.LinkState)) { Sound = "up" },
            new("error", Suspicion.Symptom, port => port.Error) { Sound = "" },
            new("number", ComparisonDetail.Order, port => $"{port.OfPort}"),
        ],
        Line = (port, _) => port.ToEvidence(),
        Within = (port, _) => $"bridge {port.Bridge}",
        BelongsTo = (port, _) => new()
        {
            Bridge = port.Bridge, Device = port.Device,
            PortId = port.PortId.Length > 0 ? port.PortId : DeviceNames.InstancePort(port.Device),
        },
        WhenGone = _ => Suspicion.Wiring,
    };

    public static readonly ComparedKind<OpenFlowPort> OpenFlowPorts = new()
    {
        Name = "OpenFlow port",
        Collector = "OpenFlowPort",
        IsView = true,
        Records = node => node.State.OpenFlowPorts,
        Layer = (port, node) => LayerOf(port.Bridge, node),
        Identity = (port, node) => $"{port.Bridge}|{node.Names.Device(port.Device)}",
        Object = port => port.Bridge == port.Device ? port.Device : $"{port.Bridge} {port.Device}",
        Facts =
        [
            new("OpenFlow configuration", Suspicion.Wiring, (port, node) => Flags(port.Config,
                node.View.OvsPort(port.Device) is { AdminState.Length: > 0 } ? "PORT_DOWN" : "")) { Sound = "" },
            new("OpenFlow state", Suspicion.Symptom, (port, node) => Flags(port.State,
                node.View.OvsPort(port.Device) is { LinkState.Length: > 0 } ? "LINK_DOWN" : "")) { Sound = "" },
        ],
        Line = (port, _) => port.ToEvidence(),
        Subject = port => port.Bridge,
        Within = (port, _) => $"bridge {port.Bridge}",
        BelongsTo = (port, _) => new() { Bridge = port.Bridge, Device = port.Device },
        WhenGone = _ => Suspicion.Symptom,
    };

    public static readonly ComparedKind<OvsGroup> Groups = new()
    {
        Name = "group",
        Collector = "OvsGroup",
        Records = node => node.State.OvsGroups,
        Layer = (group, node) => LayerOf(group.Bridge, node),
        Identity = (group, _) => $"{group.Bridge}|{group.GroupId}",
        Object = group => $"{group.Bridge} group {group.GroupId}",
        Text = group => string.Join(',', group.Buckets.Select(bucket => bucket.RawText)),
        Facts =
        [
            new("type", Suspicion.Decision, group => group.Type),
            new("buckets", Suspicion.Decision, (group, node) => Lines(group.Buckets.Select(
                bucket => FlowWords.Actions(node, group.Bridge, bucket.Actions)))) { IsList = true },
        ],
        Line = (group, _) => group.ToEvidence(),
        Subject = group => group.Bridge,
        Within = (group, _) => $"bridge {group.Bridge}",
        BelongsTo = (group, _) => new() { Bridge = group.Bridge },
        WhenGone = _ => Suspicion.Loss,
    };

    public static readonly ComparedKind<OvsFdbEntry> Macs = new()
    {
        Name = "MAC",
        IsOfTimesOnly = true,
        Collector = "OvsFdb",
        Records = node => node.State.OvsFdbEntries,
        Aside = _ => ComparisonDetail.Learned,
        Layer = (entry, node) => LayerOf(entry.Bridge, node),
        Identity = (entry, node) => $"{entry.Bridge}|{node.Names.Vlan(entry.Vlan)}|{node.Names.Word(entry.Mac)}",
        Object = entry => $"{entry.Bridge} {entry.Mac}",
        Text = entry => $"VLAN {entry.Vlan}",
        Facts =
        [
            new("port", Suspicion.Symptom, (entry, node) => node.Device(entry.Bridge, entry.OfPort)),
            new("age", ComparisonDetail.Age, entry => $"{entry.AgeSeconds} s"),
        ],
        Line = (entry, _) => entry.ToEvidence(),
        Subject = entry => entry.Bridge,
        Within = (entry, _) => $"bridge {entry.Bridge}",
        BelongsTo = (entry, _) => new() { Bridge = entry.Bridge },
        WhenGone = _ => Suspicion.Trivial,
    };

    /// <summary>The layer of a bridge: the tunnels', or that of instances and physical networks.</summary>
    public static string LayerOf(string bridge, ComparedNode node) =>
        bridge.Length > 0 && bridge == node.View.TunnelBridge ? "Tunnel" : "Integration";

    private static string? Told(string text) => text.Length > 0 ? text : null;

    // A state of 0, or LIVE, is none to speak of; what the database tells is told once.
    private static string Flags(string[] flags, string told) =>
        string.Join(' ', flags.Where(flag => flag is not ("0" or "LIVE") && flag != told));

    private static string Others(string[] pairs, params string[] told) =>
        Lines(pairs.Where(pair => !Array.Exists(told, name => pair.StartsWith(name + "=", StringComparison.Ordinal))));
}
