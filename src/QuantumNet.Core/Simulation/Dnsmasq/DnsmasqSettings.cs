namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>dnsmasq's settings by name: which are followed here, and which have no part in how a client is answered
/// (dnsmasq(8); option.c, opts).</summary>
internal static class DnsmasqSettings
{
    private static readonly Dictionary<string, string> s_longNames = new()
    {
        ["F"] = "dhcp-range", ["G"] = "dhcp-host", ["O"] = "dhcp-option", ["i"] = "interface",
        ["I"] = "except-interface",
        ["a"] = "listen-address", ["2"] = "no-dhcp-interface", ["X"] = "dhcp-lease-max", ["K"] = "dhcp-authoritative",
        ["5"] = "no-ping", ["9"] = "leasefile-ro", ["l"] = "dhcp-leasefile", ["C"] = "conf-file", ["7"] = "conf-dir",
        ["s"] = "domain", ["J"] = "dhcp-ignore", ["U"] = "dhcp-vendorclass",
        ["j"] = "dhcp-userclass", ["4"] = "dhcp-mac",
        ["M"] = "dhcp-boot", ["Z"] = "read-ethers", ["6"] = "dhcp-script", ["p"] = "port", ["h"] = "no-hosts",
        ["H"] = "addn-hosts", ["z"] = "bind-interfaces", ["x"] = "pid-file", ["u"] = "user", ["g"] = "group",
        ["R"] = "no-resolv", ["r"] = "resolv-file", ["d"] = "no-daemon", ["k"] = "keep-in-foreground",
        ["o"] = "strict-order", ["D"] = "domain-needed", ["b"] = "bogus-priv", ["E"] = "expand-hosts",
        ["q"] = "log-queries", ["8"] = "log-facility", ["N"] = "no-negcache", ["n"] = "no-poll", ["c"] = "cache-size",
        ["S"] = "server", ["A"] = "address", ["T"] = "local-ttl", ["y"] = "localise-queries", ["3"] = "bootp-dynamic",
        ["0"] = "dns-forward-max", ["f"] = "filterwin2k", ["1"] = "enable-dbus", ["Q"] = "query-port",
        ["dhcp-lease"] = "dhcp-leasefile",
        ["domain-suffix"] = "domain",
    };

    private static readonly HashSet<string> s_followed =
    [
        "interface", "except-interface", "no-dhcp-interface", "no-dhcpv4-interface",
        "listen-address", "bind-interfaces", "bind-dynamic", "dhcp-lease-max", "dhcp-authoritative", "no-ping",
        "leasefile-ro", "dhcp-leasefile", "conf-file", "dhcp-hostsfile", "dhcp-optsfile", "dhcp-ignore",
        "dhcp-no-override", "dhcp-broadcast", "port", "no-hosts", "addn-hosts", "dhcp-ignore-clid",
        "dhcp-sequential-ip", "dhcp-ignore-names", "dhcp-client-update",
    ];

    // DNS, TFTP, IPv6, logs and processes.
    private static readonly HashSet<string> s_apart =
    [
        "address", "all-servers", "bogus-nxdomain", "bogus-priv", "cache-size", "clear-on-reload", "cname", "conntrack",
        "dhcp-alternate-name", "dhcp-duid", "dhcp-fqdn", "dhcp-reply-delay", "dhcp-script",
        "dhcp-scriptuser", "dhcp-ttl", "dns-forward-max", "dns-loop-detect", "dns-rr", "dnssec", "domain-needed",
        "edns-packet-max", "enable-dbus", "enable-ra", "enable-tftp", "expand-hosts", "filterwin2k", "group",
        "host-record", "hostsdir", "interface-name", "keep-in-foreground", "local", "local-service", "local-ttl",
        "localise-queries", "log-async", "log-debug", "log-dhcp", "log-facility", "log-queries", "max-cache-ttl",
        "max-port", "max-ttl", "min-cache-ttl", "min-port", "mx-host", "neg-ttl", "no-daemon", "no-dhcpv6-interface",
        "no-ident", "no-negcache", "no-poll", "no-resolv", "no-round-robin", "pid-file", "proxy-dnssec", "ptr-record",
        "query-port", "quiet-dhcp", "quiet-dhcp6", "quiet-ra", "quiet-tftp", "ra-param", "rebind-domain-ok",
        "rebind-localhost-ok", "resolv-file", "rev-server", "script-arp", "script-on-renewal", "selfmx", "server",
        "servers-file", "srv-host", "stop-dns-rebind", "strict-order", "tftp-lowercase", "tftp-max",
        "tftp-no-blocksize", "tftp-no-fail", "tftp-port-range", "tftp-root", "tftp-secure",
        "tftp-single-port", "tftp-unique-root", "txt-record", "user",
        // They tell what to do with PXE clients and BOOTP alone, which are not followed anyway.
        "bootp-dynamic", "pxe-prompt", "pxe-service", "dhcp-pxe-vendor",
    ];

    /// <summary>The long name of an option, or the name itself.</summary>
    public static string LongName(string name) => s_longNames.GetValueOrDefault(name, name);

    /// <summary>Whether a setting is followed, or has no part in the answer.</summary>
    public static bool IsFollowed(string name, string value) => s_followed.Contains(name) || s_apart.Contains(name)
        || (name == "domain" && !value.Contains(',') && value != "#");

    /// <summary>Reads a <c>--tag-if</c>; null when dnsmasq would not start with it.</summary>
    public static TagRule? TagRule(string value)
    {
        string[] fields = DnsmasqText.Fields(value);
        string[] sets = Array.FindAll(fields, field => field.StartsWith("set:", StringComparison.Ordinal));
        string[] asked = Array.FindAll(fields, field => field.StartsWith("tag:", StringComparison.Ordinal));
        return sets.Length == 0 || sets.Length + asked.Length != fields.Length ? null
            : new([.. asked.Select(tag => tag[4..])], [.. sets.Select(tag => tag[4..])]);
    }
}

/// <summary>A tag for clients of a class, or of a hardware address (dnsmasq(8), --dhcp-vendorclass, --dhcp-userclass,
/// --dhcp-mac).</summary>
/// <param name="Option">The option that is looked into; 0 for the hardware address.</param>
/// <param name="Tag">The tag that it sets.</param>
/// <param name="Bytes">What must stand in the option, anywhere.</param>
/// <param name="HardwareAddress">The hardware address, with stars; null for a class.</param>
internal sealed record ClassTag(int Option, string Tag, byte[] Bytes, HexPattern? HardwareAddress)
{
    /// <summary>Reads one; null when dnsmasq would not start with it, or it is for DHCPv6's
    /// enterprise numbers.</summary>
    public static ClassTag? Parse(string name, string value)
    {
        (string tag, string? rest) = DnsmasqOption.Split(value);
        if (rest is null)
            return null;
        if (tag.StartsWith("set:", StringComparison.Ordinal))
            tag = tag[4..];
        if (name != "dhcp-mac")
            return new(name == "dhcp-userclass" ? DhcpCode.UserClass : DhcpCode.VendorClass, tag,
                System.Text.Encoding.UTF8.GetBytes(rest), null);
        return HexPattern.Parse(rest, 16) is { } pattern ? new(0, tag, [], pattern) : null;
    }
}
