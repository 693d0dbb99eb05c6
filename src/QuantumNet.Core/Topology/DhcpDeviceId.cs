using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace QuantumNet.Topology;

/// <summary>The device_id of a DHCP port: <c>dhcp</c>, UUID version 5 of the agent's host name in the DNS name space,
/// the network's id (quantum/agent/dhcp_agent.py get_device_id; neutron/common/utils.py get_dhcp_agent_device_id).
/// It tells which agent owns the port.</summary>
internal static class DhcpDeviceId
{
    private static readonly byte[] s_dnsNameSpace = Convert.FromHexString("6ba7b8109dad11d180b400c04fd430c8");

    /// <summary>Whether the device id was made by an agent on that host.</summary>
    public static bool IsOfHost(string deviceId, string host)
    {
        if (!deviceId.StartsWith("dhcp", StringComparison.Ordinal))
            return false;
        return deviceId.StartsWith(Of(host), StringComparison.OrdinalIgnoreCase)
            || deviceId.StartsWith(Of(host.Split('.')[0]), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What the device ids of all DHCP ports of a host begin with.</summary>
    public static string Of(string host) => "dhcp" + Uuid5(host);

    // RFC 4122 section 4.3: SHA-1 over name space and name, cut to 16 bytes, version and variant set.
    [SuppressMessage("Security", "CA5350", Justification = "RFC 4122 names SHA-1; nothing is protected by it.")]
    private static string Uuid5(string name)
    {
        byte[] hash = SHA1.HashData([.. s_dnsNameSpace, .. Encoding.UTF8.GetBytes(name)]);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(BinaryPrimitives.ReadInt32BigEndian(hash), BinaryPrimitives.ReadInt16BigEndian(hash.AsSpan(4)),
            BinaryPrimitives.ReadInt16BigEndian(hash.AsSpan(6)), hash[8], hash[9], hash[10], hash[11], hash[12],
            hash[13], hash[14], hash[15])
            .ToString();
    }
}
