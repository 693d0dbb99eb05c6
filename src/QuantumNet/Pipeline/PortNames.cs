namespace QuantumNet.Pipeline;

/// <summary>Names that a Quantum port's id leaves on a node: devices carry its first 11 characters,
/// iptables chains its first 10 (Neutron, agent/linux/iptables_firewall.py and plugins/ml2:
/// names of 15 and 28 characters at most).</summary>
internal static class PortNames
{
    private const int LengthInDevice = 11;
    private const int LengthInChain = 10;

    private static readonly string[] s_devicePrefixes = ["tap", "qvb", "qvo", "qbr"];
    private static readonly string[] s_chainPrefixes = ["-i", "-o", "-s"];

    /// <summary>Whether a line names one of the port's devices or chains.</summary>
    public static bool Mentions(string text, string portId)
    {
        if (portId.Length == 0)
            return false;
        return Names(text, s_devicePrefixes, portId, LengthInDevice)
            || Names(text, s_chainPrefixes, portId, LengthInChain);
    }

    private static bool Names(string text, string[] prefixes, string portId, int length)
    {
        string start = portId.Length > length ? portId[..length] : portId;
        foreach (string prefix in prefixes)
        {
            if (text.Contains(prefix + start, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
