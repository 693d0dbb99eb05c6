namespace QuantumNet.Topology;

/// <summary>The device names that Nova's VIF drivers and Neutron's interface drivers make of a port id:
/// its first 11 characters behind a three-letter prefix (nova/network/model.py: NIC_NAME_LEN); and what such names
/// tell, the other way round.</summary>
internal static class DeviceNames
{
    /// <summary>Characters of a port's id in a device's name.</summary>
    public const int ShortIdLength = 11;

    // iptables_firewall.py cuts the port id one character earlier than the device names do (IPTABLES_CHAIN lengths).
    private const int ChainSuffixLength = 10;
    private const string DhcpNamespace = "qdhcp-";
    private static readonly string[] s_routerDevices = ["qr-", "qg-", "sg-", "fg-", "ha-"];
    private static readonly string[] s_instanceDevices = ["tap", "qvo", "qvb", "qbr", "vhu"];

    /// <summary>The instance's tap, or the DHCP server's internal port.</summary>
    public static string Tap(string portId) => "tap" + Suffix(portId, ShortIdLength);

    /// <summary>The Linux bridge of hybrid plugging.</summary>
    public static string LinuxBridge(string portId) => "qbr" + Suffix(portId, ShortIdLength);

    /// <summary>The veth end in the Linux bridge.</summary>
    public static string VethBridgeEnd(string portId) => "qvb" + Suffix(portId, ShortIdLength);

    /// <summary>The veth end in br-int.</summary>
    public static string VethOvsEnd(string portId) => "qvo" + Suffix(portId, ShortIdLength);

    /// <summary>The vhost-user port of br-int.</summary>
    public static string VhostUser(string portId) => "vhu" + Suffix(portId, ShortIdLength);

    /// <summary>The inner end of the DHCP server's veth pair, where the interface driver uses one
    /// (ovs_use_veth).</summary>
    public static string NamespaceVeth(string portId) => "ns-" + Suffix(portId, ShortIdLength);

    /// <summary>A router's interface to a network.</summary>
    public static string RouterInterface(string portId) => "qr-" + Suffix(portId, ShortIdLength);

    /// <summary>What the names of the port's iptables chains end with, behind <c>i</c>, <c>o</c> or <c>s</c>.</summary>
    public static string ChainSuffix(string portId) => Suffix(portId, ChainSuffixLength);

    private static string Suffix(string portId, int length) => portId.Length <= length ? portId : portId[..length];

    /// <summary>The network whose DHCP server lives in a namespace; empty for other namespaces.</summary>
    public static string NetworkOfNamespace(string name) =>
        name.StartsWith(DhcpNamespace, StringComparison.Ordinal)
            && Guid.TryParse(name.AsSpan(DhcpNamespace.Length), out Guid id)
            ? id.ToString()
            : "";

    /// <summary>The beginning of the port's id in an instance device's name; empty when there is none.</summary>
    public static string InstancePort(string device) => ShortId(device, s_instanceDevices);

    /// <summary>The beginning of the port's id in a DHCP device's name; empty when there is none.</summary>
    public static string DhcpPort(string device) => ShortId(device, ["tap", "ns-"]);

    /// <summary>Whether a device is a router's: its interface to a network, its gateway, its share of a distributed
    /// or highly available router.</summary>
    public static bool IsRouterDevice(string device) =>
        Array.Exists(s_routerDevices, prefix => device.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether a chain's name ends in the beginning of a port's id (10 characters:
    /// names of chains are short).</summary>
    public static bool IsChainOf(string chain, string portId) =>
        portId.Length >= ShortIdLength && chain.EndsWith(ChainSuffix(portId), StringComparison.Ordinal);

    /// <summary>The beginning of the port's id at the end of a port's own chain, behind <c>i</c>, <c>o</c> or
    /// <c>s</c>; empty for other chains.</summary>
    public static string PortOfChain(string chain) => chain.Length > ChainSuffixLength
        && chain[^(ChainSuffixLength + 1)] is 'i' or 'o' or 's'
        && IsShortId(chain.AsSpan(chain.Length - ChainSuffixLength), ChainSuffixLength)
            ? chain[^ChainSuffixLength..] : "";

    private static string ShortId(string device, string[] prefixes)
    {
        foreach (string prefix in prefixes)
        {
            if (device.Length == prefix.Length + ShortIdLength && device.StartsWith(prefix, StringComparison.Ordinal)
                && IsShortId(device.AsSpan(prefix.Length), ShortIdLength))
                return device[prefix.Length..];
        }
        return "";
    }

    private static bool IsShortId(ReadOnlySpan<char> text, int length)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i == 8 ? text[i] != '-' : !char.IsAsciiHexDigitLower(text[i]))
                return false;
        }
        return text.Length == length;
    }
}
