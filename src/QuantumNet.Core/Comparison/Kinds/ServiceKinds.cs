using QuantumNet.Topology;
using static QuantumNet.Comparison.Kinds.DeviceKinds;

namespace QuantumNet.Comparison.Kinds;

/// <summary>dnsmasq, its files and sockets; the processes and settings of agents and switch.</summary>
internal static class ServiceKinds
{
    private const string Layer = "DhcpServer";
    private const int ServerPort = 67;

    // What moves packets, and what sets that up. Others come and go on any node.
    private static readonly string[] s_programs =
    [
        "ovs-vswitchd", "ovsdb-server", "ovn-controller", "haproxy", "keepalived", "radvd", "libvirtd", "dhcpd",
        "nova-compute",
    ];

    // The settings by which an agent builds paths; the others say how often, and what it logs.
    private static readonly HashSet<string> s_deciding =
    [
        "bridge_mappings", "dhcp_driver", "dnsmasq_config_file", "enable_isolated_metadata", "enable_security_group",
        "enable_tunneling", "extensions", "firewall_driver", "integration_bridge", "interface_driver", "l2_population",
        "local_ip", "network_vlan_ranges", "of_interface", "ovs_integration_bridge", "ovs_use_veth",
        "tenant_network_type", "tunnel_bridge", "tunnel_id_ranges", "tunnel_type", "tunnel_types", "use_namespaces",
        "veth_mtu", "vxlan_udp_port",
    ];

    public static readonly ComparedKind<DhcpServer> Servers = new()
    {
        Name = "dnsmasq",
        Collector = "Process",
        IsCounted = true,
        Records = node => node.State.DhcpServers,
        Layer = (_, _) => Layer,
        Identity = (server, node) => $"{node.Names.Word(server.NetworkId)}|{node.Names.Word(server.Namespace)}",
        Object = server => server.NetworkId.Length > 0 ? $"dnsmasq of {server.NetworkId}" : "dnsmasq",
        Facts =
        [
            new("arguments", Suspicion.Setting, (server, node) => Lines(server.Argv.Skip(1).Select(node.Names.Word)))
                { IsList = true },
            new("version", Suspicion.Trivial, (server, node) => VersionOf(server, node)),
            new("listening", Suspicion.Service, server => YesNo(server.IsListening)) { Sound = "yes" },
            new("user", Suspicion.Trivial, server => server.User.Length > 0 ? server.User : null),
            new("process", ComparisonDetail.ProcessId,
                server => string.Join(' ', server.ChildProcessIds.Prepend(server.ProcessId))),
        ],
        Line = (server, _) => server.ToEvidence(),
        BelongsTo = (server, _) => new() { NetworkId = server.NetworkId, Namespace = server.Namespace },
        WhenGone = _ => Suspicion.Service,
        // One more for a network that has one already is told by its key; a first one is a service come to life.
        WhenNew = _ => Suspicion.Setting,
    };

    public static readonly ComparedKind<NodeProcess> Processes = new()
    {
        Name = "process",
        Collector = "Process",
        IsSet = true,
        Records = node => node.State.Processes.Where(process => ProgramOf(process).Length > 0),
        Layer = (process, _) => ProgramOf(process) is var program && program.Contains("dhcp") ? Layer
            : program.StartsWith("ov", StringComparison.Ordinal) ? "Integration" : "ControlPlane",
        Identity = (process, node) => string.Join(' ', process.Argv.Select(node.Names.Word)),
        Object = ProgramOf,
        Text = process => string.Join(' ', process.Argv),
        Likeness = (process, _) => ProgramOf(process),
        Facts =
        [
            new("user", Suspicion.Trivial, process => process.User.Length > 0 ? process.User : null),
            new("number", ComparisonDetail.ProcessId, process => $"{process.ProcessId}"),
            new("started", ComparisonDetail.Age, process => process.Started),
        ],
        Line = (process, _) => process.ToEvidence(),
        WhenGone = _ => Suspicion.Service,
    };

    public static readonly ComparedKind<NodeSocket> Sockets = new()
    {
        Name = "socket",
        Collector = "Socket",
        IsSet = true,
        Records = node => node.State.Sockets.Where(socket => socket.LocalPort == ServerPort),
        Layer = (_, _) => Layer,
        Identity = (socket, node) =>
            $"{node.Names.Word(socket.Namespace)}|{socket.Protocol}|{socket.Program}",
        Object = socket => In(socket.Namespace, $"{socket.Protocol} port {socket.LocalPort}"),
        Text = socket => socket.Program,
        Likeness = (socket, node) => node.Names.Word(socket.Namespace),
        Facts = [new("device", Suspicion.Symptom, (socket, node) => node.Names.Device(socket.Device))],
        Line = (socket, _) => socket.ToEvidence(),
        Subject = socket => socket.Namespace,
        Within = (socket, node) => Within(socket.Namespace, node),
        BelongsTo = (socket, _) => new() { Namespace = socket.Namespace },
        WhenGone = _ => Suspicion.Symptom,
    };

    public static readonly ComparedKind<DhcpHost> Hosts = new()
    {
        Name = "host line",
        Collector = "DhcpHost",
        Records = node => node.State.DhcpHosts,
        Layer = (_, _) => Layer,
        Identity = (host, node) => $"{File(host, node)}|{host.Mac}|{host.ClientId}"
            + (host.Mac.Length + host.ClientId.Length > 0 ? "" : host.HostName),
        Object = DnsmasqFiles.PathOf,
        Text = host => host.RawText.Trim(),
        Likeness = (host, node) => $"{File(host, node)}|{host.IpAddress}{string.Join(',', host.Ipv6Addresses)}",
        Facts =
        [
            new("address", Suspicion.Decision, host => host.IpAddress) { Shown = host => host.RawText.Trim() },
            new("tags", Suspicion.Decision, host => string.Join(',', host.Tags))
                { Shown = host => host.RawText.Trim() },
            new("ignored", Suspicion.Order, host => YesNo(host.IsIgnored)) { Sound = "no" },
            new("name", Suspicion.Setting, host => host.HostName) { Shown = host => host.RawText.Trim() },
            new("IPv6 addresses", Suspicion.Setting, host => Lines(host.Ipv6Addresses)) { IsList = true },
        ],
        Line = (host, _) => host.ToEvidence(),
        Subject = host => host.NetworkId,
        BelongsTo = (host, _) => new()
        {
            NetworkId = host.NetworkId, Mac = host.Mac, IpAddress = host.IpAddress,
        },
        WhenGone = _ => Suspicion.Loss,
    };

    public static readonly ComparedKind<DhcpServerOption> Options = new()
    {
        Name = "option line",
        Collector = "DhcpOption",
        Records = node => node.State.DhcpServerOptions,
        Layer = (_, _) => Layer,
        Identity = (option, node) => $"{File(option, node)}|{string.Join(',', option.Tags)}|{option.Option}",
        Object = DnsmasqFiles.PathOf,
        Text = option => option.RawText.Trim(),
        Likeness = (option, node) => $"{File(option, node)}|{option.Option}|{string.Join(',', option.Values)}",
        Facts = [new("option", Suspicion.Setting, (option, node) => Lines(option.Values.Select(node.Names.Word)))
            { IsList = true }],
        Line = (option, _) => option.ToEvidence(),
        Subject = option => option.NetworkId,
        BelongsTo = (option, _) => new() { NetworkId = option.NetworkId },
        WhenGone = _ => Suspicion.Setting,
    };

    public static readonly ComparedKind<DhcpLease> Leases = new()
    {
        Name = "lease",
        IsOfTimesOnly = true,
        Collector = "DhcpLease",
        Records = node => node.State.DhcpLeases,
        Aside = _ => ComparisonDetail.Learned,
        Layer = (_, _) => Layer,
        Identity = (lease, node) => $"{File(lease, node)}|{lease.IpAddress}",
        Object = DnsmasqFiles.PathOf,
        Text = lease => lease.RawText.Trim(),
        Facts =
        [
            new("client", Suspicion.Decision, lease => lease.Mac) { Shown = lease => lease.RawText.Trim() },
            new("expiry", ComparisonDetail.Age, lease => $"{lease.ExpiresAt:u}"),
        ],
        Line = (lease, _) => lease.ToEvidence(),
        Subject = lease => lease.NetworkId,
        BelongsTo = (lease, _) => new()
        {
            NetworkId = lease.NetworkId, Mac = lease.Mac, IpAddress = lease.IpAddress,
        },
        WhenGone = _ => Suspicion.Trivial,
    };

    public static readonly ComparedKind<DhcpSetting> ServerSettings = new()
    {
        Name = "setting",
        Collector = "DhcpConfig",
        Records = node => node.State.DhcpSettings,
        Layer = (_, _) => Layer,
        Identity = (setting, _) => $"{setting.Path}|{setting.RawText.Trim()}",
        Object = setting => setting.Path,
        Text = setting => setting.RawText.Trim(),
        Likeness = (setting, _) => $"{setting.Path}|{setting.RawText.Split('=')[0].Trim()}",
        Line = (setting, _) => setting.ToEvidence(),
        Subject = setting => setting.Path,
        WhenGone = _ => Suspicion.Setting,
        WhenNew = _ => Suspicion.Setting,
    };

    public static readonly ComparedKind<AgentConfig> AgentSettings = new()
    {
        Name = "setting",
        Collector = "AgentConfig",
        Records = node => node.State.AgentConfigs,
        Layer = (setting, _) => setting.Path.Contains("dhcp", StringComparison.Ordinal) ? Layer
            : setting.Name is "local_ip" or "tunnel_types" or "l2_population" or "vxlan_udp_port" ? "Tunnel"
            : "Integration",
        Identity = (setting, _) => $"{setting.Path}|{setting.Section}|{setting.Name}",
        Object = setting => $"{setting.Path} [{setting.Section}] {setting.Name}",
        Text = setting => setting.Value,
        Facts =
        [
            new("value", Suspicion.Setting, (setting, node) => Decides(setting) ? null : node.Names.Word(setting.Value))
                { Shown = setting => setting.Value },
            new("value", Suspicion.Order, (setting, node) => Decides(setting) ? node.Names.Word(setting.Value) : null)
                { Shown = setting => setting.Value },
        ],
        Line = (setting, _) => setting.ToEvidence(),
        Subject = setting => setting.Path,
        BelongsTo = (setting, _) => new() { IsOfAllPorts = Decides(setting) },
        WhenGone = setting => Decides(setting) ? Suspicion.Order : Suspicion.Setting,
        WhenNew = setting => Decides(setting) ? Suspicion.Order : Suspicion.Setting,
    };

    // started, version 2.85 cachesize 150; nothing where its log does not go back that far.
    private static string? VersionOf(DhcpServer server, ComparedNode node)
    {
        const string Version = "version ";
        string said = DhcpLog.Of(node.View).StartOf(server)?.Message ?? "";
        int at = said.IndexOf(Version, StringComparison.Ordinal);
        return at < 0 ? null : said[(at + Version.Length)..].Split(' ')[0];
    }

    private static bool Decides(AgentConfig setting) => s_deciding.Contains(setting.Name);

    private static string File(NodeRecord line, ComparedNode node) => node.Names.Word(DnsmasqFiles.PathOf(line));

    // python3 /usr/bin/neutron-openvswitch-agent --config-file ...; what runs for a moment as root is left aside.
    private static string ProgramOf(NodeProcess process)
    {
        if (Array.Exists(process.Argv, word => word.Contains("rootwrap", StringComparison.Ordinal)
            || word.Contains("privsep", StringComparison.Ordinal)))
            return "";
        foreach (string word in process.Argv.Take(3))
        {
            string name = word[(word.LastIndexOf('/') + 1)..].TrimEnd(':');
            if (Array.IndexOf(s_programs, name) >= 0 || name.StartsWith("neutron-", StringComparison.Ordinal)
                || name.StartsWith("quantum-", StringComparison.Ordinal))
                return name;
        }
        return "";
    }
}
