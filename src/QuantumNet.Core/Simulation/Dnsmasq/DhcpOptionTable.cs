namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>What kind of value an option takes.</summary>
[Flags]
internal enum DhcpOptionForm
{
    /// <summary>Told by the value itself.</summary>
    None = 0,
    /// <summary>One, two or four bytes.</summary>
    OneByte = 1, TwoBytes = 2, FourBytes = 4,
    /// <summary>Addresses.</summary>
    Addresses = 0x100,
    /// <summary>A text.</summary>
    Name = 0x200,
    /// <summary>Names as DNS writes them.</summary>
    DomainNames = 0x400,
    /// <summary>Made by dnsmasq itself, and not to be set by name.</summary>
    Internal = 0x800,
    /// <summary>A time.</summary>
    Time = 0x1000,
}

/// <summary>dnsmasq's options by name (<c>dnsmasq --help dhcp</c>; dhcp-common.c, opttab).</summary>
internal static class DhcpOptionTable
{
    private const DhcpOptionForm List = DhcpOptionForm.Addresses, Text = DhcpOptionForm.Name,
        Own = DhcpOptionForm.Internal,
        One = DhcpOptionForm.OneByte, Two = DhcpOptionForm.TwoBytes, Four = DhcpOptionForm.FourBytes,
        Any = DhcpOptionForm.None, Time = DhcpOptionForm.Time;

    private static readonly (string Name, int Code, DhcpOptionForm Form)[] s_options =
    [
        ("netmask", 1, List), ("time-offset", 2, Four), ("router", 3, List), ("dns-server", 6, List),
        ("log-server", 7, List), ("lpr-server", 9, List), ("hostname", 12, Own | Text), ("boot-file-size", 13, Two),
        ("domain-name", 15, Text), ("swap-server", 16, List), ("root-path", 17, Text), ("extension-path", 18, Text),
        ("ip-forward-enable", 19, One), ("non-local-source-routing", 20, One), ("policy-filter", 21, List),
        ("max-datagram-reassembly", 22, Two), ("default-ttl", 23, One), ("mtu", 26, Two),
        ("all-subnets-local", 27, One), ("broadcast", 28, Own | List), ("router-discovery", 31, One),
        ("router-solicitation", 32, List), ("static-route", 33, List), ("trailer-encapsulation", 34, One),
        ("arp-timeout", 35, Four), ("ethernet-encap", 36, One), ("tcp-ttl", 37, One), ("tcp-keepalive", 38, Four),
        ("nis-domain", 40, Text), ("nis-server", 41, List), ("ntp-server", 42, List), ("vendor-encap", 43, Own),
        ("netbios-ns", 44, List), ("netbios-dd", 45, List), ("netbios-nodetype", 46, One), ("netbios-scope", 47, Any),
        ("x-windows-fs", 48, List), ("x-windows-dm", 49, List), ("requested-address", 50, Own | List),
        ("lease-time", 51, Own | Time), ("option-overload", 52, Own), ("message-type", 53, Own),
        ("server-identifier", 54, Own | List), ("parameter-request", 55, Own), ("message", 56, Own),
        ("max-message-size", 57, Own), ("T1", 58, Time), ("T2", 59, Time), ("vendor-class", 60, Any),
        ("client-id", 61, Own), ("nis+-domain", 64, Text), ("nis+-server", 65, List), ("tftp-server", 66, Text),
        ("bootfile-name", 67, Text), ("mobile-ip-home", 68, List), ("smtp-server", 69, List),
        ("pop3-server", 70, List), ("nntp-server", 71, List), ("irc-server", 74, List), ("user-class", 77, Any),
        ("rapid-commit", 80, Any), ("FQDN", 81, Own), ("agent-id", 82, Own), ("client-arch", 93, Two),
        ("client-interface-id", 94, Any), ("client-machine-id", 97, Any), ("posix-timezone", 100, Text),
        ("tzdb-timezone", 101, Text), ("ipv6-only", 108, Four), ("subnet-select", 118, Own),
        ("domain-search", 119, DhcpOptionForm.DomainNames), ("sip-server", 120, Any),
        ("classless-static-route", 121, Any), ("vendor-id-encap", 125, Any), ("tftp-server-address", 150, List),
        ("server-ip-address", 255, List),
    ];

    /// <summary>The code of a name, whatever its case; null when dnsmasq knows none.</summary>
    public static int? CodeOf(string name)
    {
        int at = Array.FindIndex(s_options, option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : s_options[at].Code;
    }

    /// <summary>What kind of value a code takes.</summary>
    public static DhcpOptionForm FormOf(int code)
    {
        int at = Array.FindIndex(s_options, option => option.Code == code);
        return at < 0 ? DhcpOptionForm.None : s_options[at].Form;
    }
}
