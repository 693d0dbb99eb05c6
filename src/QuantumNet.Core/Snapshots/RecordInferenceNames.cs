namespace QuantumNet.Snapshots;

/// <summary>Ids in the names of devices, namespaces and chains (the first 11 characters of a port's id
/// in a device's name).</summary>
internal static class RecordInferenceNames
{
    public const int ShortIdLength = 11;
    private const string DhcpNamespace = "qdhcp-";
    private static readonly string[] s_routerDevices = ["qr-", "qg-", "sg-", "fg-", "ha-"];
    private static readonly string[] s_instanceDevices = ["tap", "qvo", "qvb", "qbr", "vhu"];

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
        portId.Length >= ShortIdLength && chain.EndsWith(portId[..(ShortIdLength - 1)], StringComparison.Ordinal);

    private static string ShortId(string device, string[] prefixes)
    {
        foreach (string prefix in prefixes)
        {
            if (device.Length == prefix.Length + ShortIdLength && device.StartsWith(prefix, StringComparison.Ordinal)
                && IsShortId(device.AsSpan(prefix.Length)))
                return device[prefix.Length..];
        }
        return "";
    }

    private static bool IsShortId(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i == 8 ? text[i] != '-' : !char.IsAsciiHexDigitLower(text[i]))
                return false;
        }
        return text.Length == ShortIdLength;
    }
}
