namespace QuantumNet.Parsing.Dhcp;

/// <summary>Reads the file of <c>--dhcp-hostsfile</c> (dnsmasq(8), --dhcp-host), as the DHCP agents write it:
/// <code>
/// fa:16:3e:1e:63:66,172-241-0-2.openstacklocal,172.241.0.2
/// fa:16:3e:1e:63:66,host-10-0-0-9.openstacklocal,10.0.0.9,set:port-8a7b...
/// fa:16:3e:1e:63:66,id:ff:01,host-10-0-0-9,10.0.0.9
/// fa:16:3e:1e:63:66,tag:dhcpv6,host-fd77--9.openstacklocal,[fd77::9]
/// </code>
/// A line with several MAC addresses gives one record for each.</summary>
public static class DhcpHostsFileParser
{
    /// <summary>All hosts of a file.</summary>
    public static List<DhcpHost> ParseAll(string text, TextSource source)
    {
        var hosts = new List<DhcpHost>();
        string networkId = DhcpFile.NetworkId(source);
        int lineNumber = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            if (line.IsWhiteSpace() || line.TrimStart()[0] == '#')
                continue;
            if (!TryParse(line.ToString(), hosts, new()
            {
                ComputerName = source.ComputerName,
                Command = source.Command,
                LineNumber = lineNumber,
                RawText = line.ToString(),
                NetworkId = networkId,
            }))
                source.Report(lineNumber, 1, "Not a host line", line);
        }
        return hosts;
    }

    private static bool TryParse(string line, List<DhcpHost> hosts, DhcpHost host)
    {
        var macs = new List<string>();
        var tags = new List<string>();
        var addresses = new List<string>();
        foreach (string field in line.Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (TryMac(field, out string mac))
                macs.Add(mac);
            else if (field.StartsWith("id:", StringComparison.Ordinal))
                host = host with { ClientId = field[3..] };
            else if (field.StartsWith("set:", StringComparison.Ordinal)
                || field.StartsWith("net:", StringComparison.Ordinal))
                tags.Add(field[4..]);
            else if (field.StartsWith("tag:", StringComparison.Ordinal))
                continue;   // a condition, not a tag it sets
            else if (field[0] == '[')
                addresses.Add(field.Replace("[", "", StringComparison.Ordinal)
                    .Replace("]", "", StringComparison.Ordinal));
            else if (IsIpv4(field))
                host = host with { IpAddress = field };
            else if (field == "ignore")
                host = host with { IsIgnored = true };
            else if (!LeaseTime.TryParse(field, out _))
                host = host with { HostName = field };
        }
        host = host with { Tags = [.. tags], Ipv6Addresses = [.. addresses] };
        if (macs.Count == 0 && host.ClientId.Length == 0 && (host.HostName.Length == 0 || !Gives(host)))
            return false;
        if (macs.Count == 0)
            hosts.Add(host);
        foreach (string mac in macs)
            hosts.Add(host with { Mac = mac });
        return true;
    }

    private static bool Gives(DhcpHost host) =>
        host.IpAddress.Length > 0 || host.Ipv6Addresses.Length > 0 || host.IsIgnored || host.Tags.Length > 0;

    private static bool TryMac(ReadOnlySpan<char> field, out string mac)
    {
        int dash = field.IndexOf('-');
        return MacAddress.TryParse(dash is 1 or 2 ? field[(dash + 1)..] : field, out mac);
    }

    private static bool IsIpv4(ReadOnlySpan<char> text) => DhcpFile.IsIpv4(text);
}
