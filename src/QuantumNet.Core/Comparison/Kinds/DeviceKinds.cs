namespace QuantumNet.Comparison.Kinds;

/// <summary>Devices, Linux bridges, namespaces and the kernel's settings.</summary>
internal static class DeviceKinds
{
    private const string Layer = "Devices";
    private static readonly string[] s_between = ["qbr", "qvb", "qvo"];

    public static readonly ComparedKind<NetworkNamespace> Namespaces = new()
    {
        Name = "namespace",
        Collector = "NetworkNamespace",
        Records = node => node.State.Namespaces,
        Layer = (_, _) => Layer,
        Identity = (space, node) => node.Names.Word(space.Namespace),
        Object = space => space.Namespace,
        Facts =
        [
            new("usable", Suspicion.Wiring, space => YesNo(space.IsUsable)) { Sound = "yes" },
            new("id", ComparisonDetail.Order, space => $"{space.Id}"),
        ],
        Line = (space, _) => space.ToEvidence(),
        BelongsTo = (space, _) => new() { Namespace = space.Namespace, NetworkId = space.NetworkId },
        WhenGone = _ => Suspicion.Service,
    };

    public static readonly ComparedKind<NodeLink> Links = new()
    {
        Name = "device",
        Collector = "NodeLink",
        Records = node => node.State.Links,
        Layer = (_, _) => Layer,
        Identity = (link, node) => $"{node.Names.Word(link.Namespace)}|{node.Names.Device(link.Device)}",
        Object = link => In(link.Namespace, link.Device),
        Facts =
        [
            new("state", Suspicion.Wiring, link => !link.IsStateKnown ? null : link.IsUp ? "up" : "down")
                { Sound = "up" },
            new("carrier", Suspicion.Symptom, link => !link.IsUp ? null
                : Array.IndexOf(link.Flags, "NO-CARRIER") < 0 ? "yes" : "no") { Sound = "yes" },
            new("master", Suspicion.Wiring,
                (link, node) => link.IsStateKnown ? node.Names.Device(link.Master) : null)
                { Shown = link => link.Master },
            new("addresses", Suspicion.Wiring, Addresses) { IsList = true },
            new("MTU", Suspicion.Setting, link => link.Mtu > 0 ? $"{link.Mtu}" : null),
            new("MAC", Suspicion.Setting, Mac),
            new("kind", Suspicion.Setting, link => link.Kind.Length > 0 ? link.Kind : null),
            new("index", ComparisonDetail.Order, link => $"{link.Index}"),
            new("received", ComparisonDetail.Counter, link => Counters(link,
                link.RxPackets, link.RxBytes, link.RxErrors, link.RxDropped)),
            new("sent", ComparisonDetail.Counter, link => Counters(link,
                link.TxPackets, link.TxBytes, link.TxErrors, link.TxDropped)),
        ],
        Line = (link, _) => link.ToEvidence(),
        Subject = link => link.Namespace,
        Within = (link, node) => Within(link.Namespace, node),
        BelongsTo = (link, _) => new() { Device = link.Device, Namespace = link.Namespace },
        WhenGone = link => link.Device.StartsWith("veth", StringComparison.Ordinal)
            ? Suspicion.Trivial : Suspicion.Wiring,
    };

    public static readonly ComparedKind<LinuxBridge> LinuxBridges = new()
    {
        Name = "Linux bridge",
        Collector = "LinuxBridge",
        IsView = true,
        Records = node => node.State.LinuxBridges,
        Layer = (_, _) => Layer,
        Identity = (bridge, node) => node.Names.Device(bridge.Bridge),
        Object = bridge => bridge.Bridge,
        Facts =
        [
            // Where devices tell their masters, that says it once.
            new("ports", Suspicion.Wiring, (bridge, node) => node.State.Links.Exists(link => link.Master.Length > 0)
                ? null : Lines(bridge.Interfaces.Select(node.Names.Device))) { IsList = true },
            new("spanning tree", Suspicion.Setting, bridge => YesNo(bridge.StpEnabled)),
        ],
        Line = (bridge, _) => bridge.ToEvidence(),
        BelongsTo = (bridge, _) => new() { Device = bridge.Bridge },
        WhenGone = _ => Suspicion.Wiring,
    };

    public static readonly ComparedKind<LinuxBridgePort> LinuxBridgePorts = new()
    {
        Name = "bridge port",
        Collector = "LinuxBridge",
        IsView = true,
        Records = node => node.State.LinuxBridgePorts,
        Layer = (_, _) => Layer,
        Identity = (port, node) => node.Names.Device(port.Device),
        Object = port => port.Device,
        Facts = [new("spanning tree state", Suspicion.Symptom, port => port.State) { Sound = "forwarding" }],
        Line = (port, _) => port.ToEvidence(),
        BelongsTo = (port, _) => new() { Device = port.Device },
        WhenGone = _ => Suspicion.Symptom,
    };

    public static readonly ComparedKind<LinuxBridgeMac> LinuxBridgeMacs = new()
    {
        Name = "MAC",
        IsOfTimesOnly = true,
        Collector = "LinuxBridgeMac",
        Records = node => node.State.LinuxBridgeMacs,
        Aside = _ => ComparisonDetail.Learned,
        Layer = (_, _) => Layer,
        Identity = (mac, node) => $"{node.Names.Device(mac.Bridge)}|{node.Names.Word(mac.Mac)}",
        Object = mac => $"{mac.Bridge} {mac.Mac}",
        Facts = [new("device", Suspicion.Symptom, (mac, node) => node.Names.Device(mac.Device))],
        Line = (mac, _) => mac.ToEvidence(),
        BelongsTo = (mac, _) => new() { Device = mac.Bridge },
        WhenGone = _ => Suspicion.Trivial,
    };

    public static readonly ComparedKind<KeyValuePair<string, string>> KernelSettings = new()
    {
        Name = "kernel setting",
        Collector = "BridgeNetfilter",
        Records = node => node.State.Sysctls,
        Layer = (_, _) => Layer,
        Identity = (setting, _) => setting.Key,
        Object = setting => setting.Key,
        Text = setting => setting.Value,
        Facts = [new("value", Suspicion.Setting, setting => setting.Value)],
        Line = (setting, node) => node.View.OutputOf("BridgeNetfilter") is { } output
            ? output with { Text = setting.Value } : null,
        BelongsTo = (_, _) => new() { IsOfAllPorts = true },
        WhenGone = _ => Suspicion.Setting,
        WhenNew = _ => Suspicion.Setting,
    };

    /// <summary>A thing of a namespace, or of the node's own.</summary>
    public static string In(string space, string name) => space.Length > 0 ? $"{space} {name}" : name;

    /// <summary>The namespace that a thing is in, as <see cref="ComparedItem.Within"/> says it.</summary>
    public static string Within(string space, ComparedNode node) =>
        space.Length > 0 ? $"{Namespaces.Name} {node.Names.Word(space)}" : "";

    /// <summary>A list as a fact holds it.</summary>
    public static string Lines(IEnumerable<string> values) =>
        string.Join('\n', values.Order(StringComparer.Ordinal));

    /// <summary>Yes or no; null where it is not told.</summary>
    public static string? YesNo(bool? value) => value switch { true => "yes", false => "no", null => null };

    // An address of the link is made of the MAC when the device comes up.
    private static string? Addresses(NodeLink link, ComparedNode node) =>
        !node.View.ShowsAddresses(link.Namespace) ? null
            : Lines(link.Addresses.Where(address => !address.StartsWith("fe80:", StringComparison.OrdinalIgnoreCase))
                .Select(node.Names.Word));

    // A bridge has the MAC of one of its ports, of another when they come and go; the veth pair between two bridges
    // has one that nobody is sent anything by.
    private static string? Mac(NodeLink link, ComparedNode node) =>
        link.Mac.Length == 0 || link.Kind == "bridge" || node.View.Bridge(link.Device) is not null
            || Array.Exists(s_between, name => link.Device.StartsWith(name, StringComparison.Ordinal))
            ? null : node.Names.Word(link.Mac);

    private static string? Counters(NodeLink link, long packets, long bytes, long errors, long dropped) =>
        link.HasCounters ? $"{packets} packets, {bytes} bytes, {errors} errors, {dropped} dropped" : null;
}
