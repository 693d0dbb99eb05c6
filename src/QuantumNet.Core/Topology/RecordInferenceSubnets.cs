using System.Net;

namespace QuantumNet.Topology;

/// <summary>Subnets, from dnsmasq's arguments
/// (<c>--dhcp-range=set:subnet-UUID,10.10.0.0,static,255.255.255.0,86400s</c>;
/// before Queens <c>set:tag0,172.241.0.0,static,120s</c>, without id and mask), its options files and the addresses
/// in its namespace.</summary>
internal static class RecordInferenceSubnets
{
    private const string Tag = "subnet-";

    public static List<QuantumSubnet> Of(IReadOnlyList<NodeState> nodes)
    {
        var found = new Dictionary<(string Network, string Cidr), QuantumSubnet>();
        foreach (NodeState node in nodes)
        {
            foreach (DhcpServer server in node.DhcpServers)
            {
                if (server.NetworkId.Length == 0)
                    continue;
                foreach (string range in server.Ranges)
                {
                    if (Read(range, server, node) is { } subnet)
                        found.TryAdd((subnet.NetworkId, subnet.Cidr), subnet);
                }
            }
        }
        return [.. found.Values.OrderBy(subnet => subnet.NetworkId, StringComparer.Ordinal)
            .ThenBy(subnet => subnet.Cidr, StringComparer.Ordinal)];
    }

    /// <summary>The subnet id of an address on a network; empty when no subnet with a known id holds it.</summary>
    public static string IdOf(IReadOnlyList<QuantumSubnet> subnets, string network, string address)
    {
        if (!IPAddress.TryParse(address, out IPAddress? ip))
            return "";
        foreach (QuantumSubnet subnet in subnets)
        {
            if (subnet.NetworkId == network
                && IPNetwork.TryParse(subnet.Cidr, out IPNetwork block) && block.Contains(ip))
                return subnet.SubnetId;
        }
        return "";
    }

    private static QuantumSubnet? Read(string range, DhcpServer server, NodeState node)
    {
        string id = "", mask = "";
        IPAddress? start = null;
        foreach (string part in range.Split(','))
        {
            if (part.StartsWith("set:", StringComparison.Ordinal))
                id = IdOfTag(part["set:".Length..]);
            else if (start is null && IPAddress.TryParse(part, out IPAddress? first))
                start = first;
            else if (part.StartsWith("255.", StringComparison.Ordinal) || part is "64" or "128")
                mask = part;
        }
        if (start is null || CidrOf(start, mask, server, node) is not { Length: > 0 } cidr)
            return null;
        return new QuantumSubnet
        {
            Source = RecordSource.Inferred,
            SubnetId = id,
            NetworkId = server.NetworkId,
            Cidr = cidr,
            IpVersion = IsV6(start) ? 6 : 4,
            GatewayIp = OptionOf(node, server.NetworkId, id, "router", "3").FirstOrDefault(""),
            DnsNameServers = [.. OptionOf(node, server.NetworkId, id, "dns-server", "6")],
            Command = server.Command,
            AnsweredBy = server.ComputerName,
            RawText = server.RawText,
        };
    }

    /// <summary>The block of a range: by its mask, or else by an address that the DHCP server's
    /// device has in it.</summary>
    private static string CidrOf(IPAddress start, string mask, DhcpServer server, NodeState node)
    {
        if (IPAddress.TryParse(mask, out IPAddress? told) && mask.Contains('.') && !IsV6(start))
            return Block(start, PrefixLength(told));
        if (IsV6(start) && int.TryParse(mask, System.Globalization.CultureInfo.InvariantCulture, out int prefix))
            return Block(start, prefix);
        foreach (NodeLink link in node.Links)
        {
            if (DeviceNames.NetworkOfNamespace(link.Namespace) != server.NetworkId)
                continue;
            foreach (string address in link.Addresses)
            {
                string[] halves = address.Split('/');
                if (halves.Length == 2 && IPAddress.TryParse(halves[0], out IPAddress? own)
                    && own.AddressFamily == start.AddressFamily
                    && byte.TryParse(halves[1], System.Globalization.CultureInfo.InvariantCulture, out byte length)
                    && Block(own, length) is { Length: > 0 } cidr && IPNetwork.Parse(cidr).Contains(start))
                    return cidr;
            }
        }
        return "";
    }

    private static bool IsV6(IPAddress address) => address.GetAddressBytes().Length == 16;

    private static int PrefixLength(IPAddress mask)
    {
        int length = 0;
        foreach (byte part in mask.GetAddressBytes())
            length += System.Numerics.BitOperations.PopCount(part);
        return length;
    }

    private static string Block(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        if (length > bytes.Length * 8)
            return "";
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }
        return $"{new IPAddress(bytes)}/{length}";
    }

    private static string IdOfTag(string tag) =>
        tag.StartsWith(Tag, StringComparison.Ordinal) && Guid.TryParse(tag.AsSpan(Tag.Length), out Guid id)
            ? id.ToString() : "";

    /// <summary>An option of the subnet's, where its line carries the subnet's own tag.</summary>
    private static IEnumerable<string> OptionOf(
        NodeState node, string network, string subnetId, string name, string number)
    {
        foreach (DhcpServerOption option in node.DhcpServerOptions)
        {
            bool same = option.NetworkId == network && option.Option is var told && (told == name || told == number);
            if (same && subnetId.Length > 0 && option.Tags.Contains(Tag + subnetId))
                return option.Values.Where(value => IPAddress.TryParse(value, out _));
        }
        return [];
    }
}
