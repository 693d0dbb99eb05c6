namespace QuantumNet.Topology;

/// <summary>The device names that Nova's VIF drivers and Neutron's interface drivers make of a port id:
/// its first 11 characters behind a three-letter prefix (nova/network/model.py: NIC_NAME_LEN).</summary>
internal static class DeviceNames
{
    private const int DeviceSuffixLength = 11;

    // iptables_firewall.py cuts the port id one character earlier than the device names do (IPTABLES_CHAIN lengths).
    private const int ChainSuffixLength = 10;

    /// <summary>The instance's tap, or the DHCP server's internal port.</summary>
    public static string Tap(string portId) => "tap" + Suffix(portId, DeviceSuffixLength);

    /// <summary>The Linux bridge of hybrid plugging.</summary>
    public static string LinuxBridge(string portId) => "qbr" + Suffix(portId, DeviceSuffixLength);

    /// <summary>The veth end in the Linux bridge.</summary>
    public static string VethBridgeEnd(string portId) => "qvb" + Suffix(portId, DeviceSuffixLength);

    /// <summary>The veth end in br-int.</summary>
    public static string VethOvsEnd(string portId) => "qvo" + Suffix(portId, DeviceSuffixLength);

    /// <summary>The vhost-user port of br-int.</summary>
    public static string VhostUser(string portId) => "vhu" + Suffix(portId, DeviceSuffixLength);

    /// <summary>The inner end of the DHCP server's veth pair, where the interface driver uses one
    /// (ovs_use_veth).</summary>
    public static string NamespaceVeth(string portId) => "ns-" + Suffix(portId, DeviceSuffixLength);

    /// <summary>What the names of the port's iptables chains end with, behind <c>i</c>, <c>o</c> or <c>s</c>.</summary>
    public static string ChainSuffix(string portId) => Suffix(portId, ChainSuffixLength);

    private static string Suffix(string portId, int length) => portId.Length <= length ? portId : portId[..length];
}
