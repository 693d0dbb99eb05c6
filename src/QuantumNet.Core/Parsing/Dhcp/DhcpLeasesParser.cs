using System.Globalization;

namespace QuantumNet.Parsing.Dhcp;

/// <summary>Reads dnsmasq's lease file (lease.c): expiry in seconds since 1970 (0 for ever), MAC address, address, host
/// name, client id; then, with DHCPv6, a line <c>duid ...</c> of the server and leases whose second field is the IAID:
/// <code>
/// 1795413953 fa:16:3e:b8:28:2a 10.10.0.29 host-10-10-0-29 01:fa:16:3e:b8:28:2a
/// duid 00:01:00:01:32:95:4d:f0:0a:24:46:d5:7e:2c
/// 1795337917 1041310259 fd77::9 host-10-77-0-9 00:01:00:01:32:95:4d:f1:fa:16:3e:11:22:33
/// </code></summary>
public static class DhcpLeasesParser
{
    /// <summary>All leases of a file.</summary>
    public static List<DhcpLease> ParseAll(string text, TextSource source)
    {
        var leases = new List<DhcpLease>();
        string networkId = DhcpFile.NetworkId(source);
        int lineNumber = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            if (line.IsWhiteSpace() || line.StartsWith("duid "))
                continue;
            if (Parse(line.ToString()) is { } lease)
                leases.Add(lease with
                {
                    ComputerName = source.ComputerName,
                    Command = source.Command,
                    LineNumber = lineNumber,
                    RawText = line.ToString(),
                    NetworkId = networkId,
                });
            else
                source.Report(lineNumber, 1, "Not a lease", line);
        }
        return leases;
    }

    private static DhcpLease? Parse(string line)
    {
        string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5
            || !long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long expiry)
            || expiry > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return null;
        string address = fields[2].Trim('[', ']');
        bool isIpv6 = DhcpFile.IsIpv6(address);
        if (!isIpv6 && !DhcpFile.IsIpv4(address))
            return null;
        if (!TryMac(fields[1], out string mac) && !isIpv6)
            return null;
        return new()
        {
            ExpiresAt = expiry == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(expiry).UtcDateTime,
            Mac = mac,
            IpAddress = address,
            HostName = fields[3] == "*" ? "" : fields[3],
            ClientId = fields[4] == "*" ? "" : fields[4],
        };
    }

    private static bool TryMac(ReadOnlySpan<char> field, out string mac)
    {
        int dash = field.IndexOf('-');
        return MacAddress.TryParse(dash is 1 or 2 ? field[(dash + 1)..] : field, out mac);
    }
}
