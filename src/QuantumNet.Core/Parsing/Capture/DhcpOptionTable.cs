using System.Globalization;

namespace QuantumNet.Parsing.Capture;

/// <summary>How an option's value is written.</summary>
internal enum OptionKind
{
    /// <summary>Bytes whose meaning is not read here.</summary>
    Bytes,
    /// <summary>No value.</summary>
    Empty,
    /// <summary>Addresses.</summary>
    Addresses,
    /// <summary>Pairs of addresses.</summary>
    AddressPairs,
    /// <summary>Text.</summary>
    Text,
    /// <summary>0 or 1.</summary>
    Flag,
    /// <summary>Numbers of one byte.</summary>
    Byte,
    /// <summary>Numbers of two bytes.</summary>
    UInt16,
    /// <summary>A number of four bytes.</summary>
    UInt32,
    /// <summary>A number of four bytes with a sign.</summary>
    Int32,
    /// <summary>Type of the message.</summary>
    MessageType,
    /// <summary>Numbers of options.</summary>
    OptionCodes,
    /// <summary>Hardware type and address, or type and identifier.</summary>
    ClientId,
    /// <summary>Domain names, compressed (RFC 3397).</summary>
    Domains,
    /// <summary>Routes with prefix length (RFC 3442).</summary>
    ClasslessRoutes,
    /// <summary>Options inside the option.</summary>
    SubOptions,
    /// <summary>A client's domain name with flags (RFC 4702).</summary>
    ClientName,
    /// <summary>SIP servers as names or addresses (RFC 3361).</summary>
    SipServers,
    /// <summary>Vendor's enterprise number and data (RFC 3925).</summary>
    Vendor,
    /// <summary>Type and UUID (RFC 4578).</summary>
    MachineId,
    /// <summary>Type and version of the network interface (RFC 4578).</summary>
    InterfaceVersion,
}

/// <summary>Names and kinds of DHCP options: RFC 2132 and IANA's registry of BOOTP vendor extensions;
/// names as dnsmasq has them.</summary>
internal static class DhcpOptionTable
{
    private static readonly (string Name, OptionKind Kind)[] s_options = Build();

    /// <summary>Name and kind of an option; one without a name is called <c>option-N</c>.</summary>
    public static (string Name, OptionKind Kind) Find(int code) => s_options[code & 0xff];

    private static (string, OptionKind)[] Build()
    {
        var options = new (string, OptionKind)[256];
        for (int i = 0; i < options.Length; i++)
            options[i] = (string.Create(CultureInfo.InvariantCulture, $"option-{i}"), OptionKind.Bytes);
        foreach ((int code, string name, OptionKind kind) in Known())
            options[code] = (name, kind);
        return options;
    }

    private static (int, string, OptionKind)[] Known() => [.. Basic(), .. Settings(), .. Protocol(), .. Later()];

    private static (int, string, OptionKind)[] Basic() =>
    [
        (1, "netmask", OptionKind.Addresses), (2, "time-offset", OptionKind.Int32), (3, "router", OptionKind.Addresses),
        (4, "time-server", OptionKind.Addresses), (5, "name-server", OptionKind.Addresses),
        (6, "dns-server", OptionKind.Addresses), (7, "log-server", OptionKind.Addresses),
        (8, "cookie-server", OptionKind.Addresses), (9, "lpr-server", OptionKind.Addresses),
        (10, "impress-server", OptionKind.Addresses), (11, "resource-location-server", OptionKind.Addresses),
        (12, "hostname", OptionKind.Text), (13, "boot-file-size", OptionKind.UInt16),
        (14, "merit-dump-file", OptionKind.Text), (15, "domain-name", OptionKind.Text),
        (16, "swap-server", OptionKind.Addresses), (17, "root-path", OptionKind.Text),
        (18, "extension-path", OptionKind.Text), (19, "ip-forward-enable", OptionKind.Flag),
        (20, "non-local-source-routing", OptionKind.Flag), (21, "policy-filter", OptionKind.AddressPairs),
        (22, "max-datagram-reassembly", OptionKind.UInt16), (23, "default-ttl", OptionKind.Byte),
        (24, "path-mtu-aging-timeout", OptionKind.UInt32), (25, "path-mtu-plateau-table", OptionKind.UInt16),
        (26, "mtu", OptionKind.UInt16),
    ];

    private static (int, string, OptionKind)[] Settings() =>
    [
        (27, "all-subnets-local", OptionKind.Flag), (28, "broadcast", OptionKind.Addresses),
        (29, "perform-mask-discovery", OptionKind.Flag), (30, "mask-supplier", OptionKind.Flag),
        (31, "router-discovery", OptionKind.Flag), (32, "router-solicitation", OptionKind.Addresses),
        (33, "static-route", OptionKind.AddressPairs), (34, "trailer-encapsulation", OptionKind.Flag),
        (35, "arp-timeout", OptionKind.UInt32), (36, "ethernet-encap", OptionKind.Flag),
        (37, "tcp-ttl", OptionKind.Byte), (38, "tcp-keepalive", OptionKind.UInt32),
        (39, "tcp-keepalive-garbage", OptionKind.Flag), (40, "nis-domain", OptionKind.Text),
        (41, "nis-server", OptionKind.Addresses), (42, "ntp-server", OptionKind.Addresses),
        (43, "vendor-encap", OptionKind.Bytes), (44, "netbios-ns", OptionKind.Addresses),
        (45, "netbios-dd", OptionKind.Addresses), (46, "netbios-nodetype", OptionKind.Byte),
        (47, "netbios-scope", OptionKind.Text), (48, "x-windows-fs", OptionKind.Addresses),
        (49, "x-windows-dm", OptionKind.Addresses),
    ];

    private static (int, string, OptionKind)[] Protocol() =>
    [
        (50, "requested-address", OptionKind.Addresses), (51, "lease-time", OptionKind.UInt32),
        (52, "option-overload", OptionKind.Byte), (53, "message-type", OptionKind.MessageType),
        (54, "server-identifier", OptionKind.Addresses), (55, "parameter-request", OptionKind.OptionCodes),
        (56, "message", OptionKind.Text), (57, "max-message-size", OptionKind.UInt16),
        (58, "T1", OptionKind.UInt32), (59, "T2", OptionKind.UInt32), (60, "vendor-class", OptionKind.Text),
        (61, "client-id", OptionKind.ClientId), (62, "netware-domain", OptionKind.Text),
        (63, "netware-options", OptionKind.Bytes), (64, "nis+-domain", OptionKind.Text),
        (65, "nis+-server", OptionKind.Addresses), (66, "tftp-server", OptionKind.Text),
        (67, "bootfile-name", OptionKind.Text), (68, "mobile-ip-home", OptionKind.Addresses),
        (69, "smtp-server", OptionKind.Addresses), (70, "pop3-server", OptionKind.Addresses),
        (71, "nntp-server", OptionKind.Addresses), (72, "www-server", OptionKind.Addresses),
        (73, "finger-server", OptionKind.Addresses), (74, "irc-server", OptionKind.Addresses),
        (75, "streettalk-server", OptionKind.Addresses), (76, "stda-server", OptionKind.Addresses),
        (77, "user-class", OptionKind.Text), (80, "rapid-commit", OptionKind.Empty),
        (81, "FQDN", OptionKind.ClientName), (82, "agent-info", OptionKind.SubOptions),
        (85, "nds-server", OptionKind.Addresses), (86, "nds-tree", OptionKind.Text),
        (87, "nds-context", OptionKind.Text), (91, "last-transaction", OptionKind.UInt32),
        (92, "associated-ip", OptionKind.Addresses), (93, "client-arch", OptionKind.UInt16),
        (94, "client-interface-id", OptionKind.InterfaceVersion), (95, "ldap", OptionKind.Text),
        (97, "client-machine-id", OptionKind.MachineId),
    ];

    private static (int, string, OptionKind)[] Later() =>
    [
        (90, "authentication", OptionKind.Bytes), (98, "user-authentication", OptionKind.Text),
        (99, "geoconf-civic", OptionKind.Bytes), (100, "posix-timezone", OptionKind.Text),
        (101, "tzdb-timezone", OptionKind.Text), (108, "ipv6-only", OptionKind.UInt32),
        (112, "netinfo-address", OptionKind.Addresses), (113, "netinfo-tag", OptionKind.Text),
        (114, "captive-portal", OptionKind.Text), (116, "auto-configure", OptionKind.Byte),
        (117, "name-service-search", OptionKind.UInt16), (118, "subnet-select", OptionKind.Addresses),
        (119, "domain-search", OptionKind.Domains), (120, "sip-server", OptionKind.SipServers),
        (121, "classless-static-route", OptionKind.ClasslessRoutes), (124, "vendor-class-encap", OptionKind.Vendor),
        (125, "vendor-id-encap", OptionKind.Vendor), (136, "pana-agent", OptionKind.Addresses),
        (138, "capwap-ac", OptionKind.Addresses), (145, "forcerenew-nonce", OptionKind.Bytes),
        (150, "tftp-server-address", OptionKind.Addresses), (151, "status-code", OptionKind.Bytes),
        (152, "base-time", OptionKind.UInt32), (153, "start-time-of-state", OptionKind.UInt32),
        (154, "query-start-time", OptionKind.UInt32), (155, "query-end-time", OptionKind.UInt32),
        (156, "dhcp-state", OptionKind.Byte), (157, "data-source", OptionKind.Byte),
        (160, "captive-portal-old", OptionKind.Text), (208, "pxelinux-magic", OptionKind.Bytes),
        (209, "pxelinux-configfile", OptionKind.Text), (210, "pxelinux-pathprefix", OptionKind.Text),
        (211, "pxelinux-reboottime", OptionKind.UInt32), (220, "subnet-allocation", OptionKind.Bytes),
        (221, "virtual-subnet-selection", OptionKind.Bytes),
        (249, "classless-static-route-ms", OptionKind.ClasslessRoutes),
        (252, "wpad", OptionKind.Text),
    ];
}
