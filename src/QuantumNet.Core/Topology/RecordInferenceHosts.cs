namespace QuantumNet.Topology;

/// <summary>What dnsmasq's hosts files say of MAC addresses: which network they are on and which
/// address they get.</summary>
internal sealed class RecordInferenceHosts
{
    private readonly Dictionary<string, List<DhcpHost>> _byMac = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DhcpHost>> _byTail = new(StringComparer.Ordinal);

    /// <summary>Where a MAC's last five bytes begin in its text.</summary>
    private const int TailStart = 3;

    public RecordInferenceHosts(IReadOnlyList<NodeState> nodes)
    {
        foreach (NodeState node in nodes)
        {
            foreach (DhcpHost host in node.DhcpHosts)
            {
                if (host.Mac.Length <= TailStart)
                    continue;
                Add(_byMac, host.Mac, host);
                Add(_byTail, host.Mac[TailStart..], host);
            }
        }
    }

    /// <summary>The guest's MAC behind a host's tap, which has the guest's with <c>fe</c> for its first byte (libvirt);
    /// empty unless exactly one known MAC fits.</summary>
    public string GuestMac(string tapMac)
    {
        if (!tapMac.StartsWith("fe:", StringComparison.Ordinal)
            || !_byTail.TryGetValue(tapMac[TailStart..], out List<DhcpHost>? hosts))
            return "";
        string mac = hosts[0].Mac;
        return hosts.TrueForAll(host => host.Mac == mac) ? mac : "";
    }

    /// <summary>The network of a MAC; empty when the files name none or several.</summary>
    public string NetworkOf(string mac)
    {
        if (!_byMac.TryGetValue(mac, out List<DhcpHost>? hosts))
            return "";
        string network = hosts[0].NetworkId;
        return hosts.TrueForAll(host => host.NetworkId == network) ? network : "";
    }

    /// <summary>The addresses that a MAC gets on a network.</summary>
    public IEnumerable<string> AddressesOf(string mac, string network)
    {
        if (!_byMac.TryGetValue(mac, out List<DhcpHost>? hosts))
            return [];
        return hosts.Where(host => network.Length == 0 || host.NetworkId == network)
            .SelectMany(host => (string[])[host.IpAddress, .. host.Ipv6Addresses])
            .Where(address => address.Length > 0)
            .Distinct();
    }

    private static void Add(Dictionary<string, List<DhcpHost>> into, string key, DhcpHost host)
    {
        if (!into.TryGetValue(key, out List<DhcpHost>? hosts))
            into[key] = hosts = [];
        hosts.Add(host);
    }
}
