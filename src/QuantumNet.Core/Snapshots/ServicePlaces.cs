namespace QuantumNet.Snapshots;

/// <summary>Where services keep settings, logs and dnsmasq's files: packages, kolla (/etc/kolla,
/// /var/log/kolla, its volumes), TripleO (/var/lib/config-data, /var/log/containers) and snaps.
/// Folders stand without patterns where root alone may list them.</summary>
internal static class ServicePlaces
{
    private static readonly string[] s_settingsFolders =
    [
        "/etc/neutron", "/etc/quantum", "/var/lib/config-data/puppet-generated/neutron/etc/neutron",
        "/var/snap/openstack-hypervisor/common/etc/neutron", "/var/snap/microstack/common/etc/neutron",
    ];

    private static readonly string[] s_kollaSettings = ["neutron-openvswitch-agent", "neutron-dhcp-agent",
        "neutron-linuxbridge-agent", "neutron-l3-agent", "neutron-server"];

    private static readonly string[] s_agentLogs =
    [
        "/var/log/neutron/*agent*.log", "/var/log/quantum/*agent*.log", "/var/log/openvswitch/ovs-vswitchd.log",
        "/var/log/kolla/neutron/*agent*.log", "/var/log/kolla/openvswitch/ovs-vswitchd.log",
        "/var/log/containers/neutron/*agent*.log", "/var/log/containers/openvswitch/ovs-vswitchd.log",
        "/var/snap/openstack-hypervisor/common/var/log/neutron/*agent*.log",
        "/var/snap/microstack/common/log/neutron/*agent*.log",
    ];

    private static readonly string[] s_serverLogs =
    [
        "/var/log/neutron/neutron-server.log", "/var/log/neutron/server.log", "/var/log/quantum/server.log",
        "/var/log/kolla/neutron/neutron-server.log", "/var/log/containers/neutron/server.log",
    ];

    private static readonly string[] s_dnsmasqLogs =
    [
        "/var/log/syslog", "/var/log/messages", "/var/log/daemon.log",
        "/var/log/neutron/dnsmasq/*/dhcp_dns_log", "/var/log/quantum/dnsmasq/*/dhcp_dns_log",
        "/var/log/neutron/dnsmasq.log", "/var/log/kolla/neutron/dnsmasq.log", "/var/log/containers/neutron/dnsmasq.log",
    ];

    /// <summary>The volumes in which kolla's containers keep their logs, as the host sees them.</summary>
    private static readonly string[] s_volumes = ["/var/lib/docker/volumes/kolla_logs/_data",
        "/var/lib/containers/storage/volumes/kolla_logs/_data"];

    /// <summary>The agents' ini files.</summary>
    public static string[] Settings { get; } =
    [
        .. s_settingsFolders.SelectMany(folder => (string[])
            [$"{folder}/{ServerName(folder)}.conf", $"{folder}/*_agent.ini", $"{folder}/plugins/*/*.ini"]),
        .. s_kollaSettings.SelectMany(
            service => (string[])[$"/etc/kolla/{service}/neutron.conf", $"/etc/kolla/{service}/*.ini"]),
    ];

    /// <summary>Settings that are read where somebody took them.</summary>
    public static string[] SettingsElsewhere { get; } =
    [
        "/etc/neutron/*.conf.d/*.conf", "/etc/neutron/conf.d/*/*.conf", "/etc/neutron/plugin.ini",
        "/usr/share/neutron/neutron-dist.conf", "/etc/kolla/*/neutron.conf", "/etc/kolla/*/*_agent.ini",
        "/etc/kolla/*/ml2_conf.ini", "/etc/kolla/config/neutron/*", "/etc/kolla/config/neutron.conf",
        "/var/snap/*/common/etc/neutron/neutron.conf", "/var/snap/*/common/etc/neutron/*.ini",
        "/var/snap/*/common/etc/neutron/plugins/*/*.ini", "/var/lib/config-data/*/etc/neutron/neutron.conf",
        "/var/lib/config-data/*/etc/neutron/*.ini", "/var/lib/config-data/*/etc/neutron/plugins/*/*.ini",
    ];

    /// <summary>dnsmasq's configuration files, as <c>dnsmasq_config_file</c> names them.</summary>
    public static string[] DnsmasqSettings { get; } =
    [
        "/etc/dnsmasq.conf", "/etc/kolla/neutron-dhcp-agent/*dnsmasq*.conf",
        .. s_settingsFolders.Select(folder => $"{folder}/*dnsmasq*.conf"),
    ];

    /// <summary>dnsmasq's configuration files that are read where somebody took them.</summary>
    public static string[] DnsmasqSettingsElsewhere { get; } =
    [
        "/etc/*dnsmasq*.conf", "/etc/dnsmasq.d/*", "/etc/*/*dnsmasq*.conf", "/etc/kolla/config/neutron/dnsmasq.conf",
        "/var/snap/*/common/etc/neutron/*dnsmasq*.conf", "/var/lib/config-data/*/etc/neutron/*dnsmasq*.conf",
    ];

    /// <summary>Logs of the agents and of ovs-vswitchd. kolla's <c>/var/log/kolla</c> is a link to its volume, and root
    /// follows none.</summary>
    public static string[] AgentLogs { get; } =
    [
        .. s_agentLogs, .. s_volumes.SelectMany(
            volume => (string[])[$"{volume}/neutron/*agent*.log", $"{volume}/openvswitch/ovs-vswitchd.log"]),
    ];

    /// <summary>Logs of the agents that are read where somebody took them:
    /// rotated ones, and those of volumes.</summary>
    public static string[] AgentLogsElsewhere { get; } = Rotated(
        [.. AgentLogs, "/var/snap/*/common/var/log/neutron/*agent*.log", "/var/snap/*/common/log/neutron/*agent*.log",
            "/var/log/openvswitch/*/ovs-vswitchd.log"]);

    /// <summary>Logs of neutron-server.</summary>
    public static string[] ServerLogs { get; } =
        [.. s_serverLogs, .. s_volumes.Select(volume => $"{volume}/neutron/neutron-server.log")];

    /// <summary>Logs of neutron-server that are read where somebody took them.</summary>
    public static string[] ServerLogsElsewhere { get; } = Rotated(ServerLogs);

    /// <summary>Logs that hold dnsmasq's lines.</summary>
    public static string[] DnsmasqLogs { get; } =
        [.. s_dnsmasqLogs, .. s_volumes.Select(volume => $"{volume}/neutron/dnsmasq.log")];

    /// <summary>dnsmasq's lines that are read where somebody took them.</summary>
    public static string[] DnsmasqLogsElsewhere { get; } = Rotated(
        [.. DnsmasqLogs, "/var/log/dnsmasq.log",
            "/var/log/*/dnsmasq*.log", "/var/log/containers/neutron/dnsmasq-*.log"]);

    /// <summary>Folders with one folder for each network, in which the DHCP agent writes dnsmasq's files.</summary>
    public static string[] DhcpFolders { get; } =
    [
        "/var/lib/neutron/dhcp", "/var/lib/quantum/dhcp",
        "/var/lib/docker/volumes/neutron_metadata_socket/_data/dhcp",
        "/var/lib/containers/storage/volumes/neutron_metadata_socket/_data/dhcp",
        "/var/snap/openstack-hypervisor/common/lib/neutron/dhcp", "/var/snap/microstack/common/lib/neutron/dhcp",
    ];

    /// <summary>The same files once logrotate(8) has renamed and compressed them: <c>.log.1</c>, <c>.log.2.gz</c>,
    /// <c>.log-20220210</c>.</summary>
    private static string ServerName(string folder) =>
        folder.EndsWith("quantum", StringComparison.Ordinal) ? "quantum" : "neutron";

    private static string[] Rotated(string[] patterns) =>
        [.. patterns, .. patterns.Select(pattern => pattern + ".*"), .. patterns.Select(pattern => pattern + "-*")];
}
