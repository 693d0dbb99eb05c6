namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>Which host line a client goes by (dhcp-common.c, find_config(), is_config_in_context()). A network may have
/// thousands of lines, so they are found by hardware address, by name and by address.</summary>
internal sealed class DnsmasqHosts
{
    private readonly IReadOnlyList<DnsmasqHost> _all;
    private readonly ILookup<string, int> _byHardwareAddress;
    private readonly ILookup<string, int> _byName;
    private readonly Dictionary<uint, DnsmasqHost> _byAddress = [];
    // Lines that go by client id or by pattern.
    private readonly List<int> _others = [];

    /// <summary>Indexes lines, the last one first, as dnsmasq looks through them.</summary>
    public DnsmasqHosts(IReadOnlyList<DnsmasqHost> all)
    {
        _all = all;
        IEnumerable<int> places = Enumerable.Range(0, all.Count);
        _byHardwareAddress = places.SelectMany(at => all[at].HardwareAddresses
                .Where(pattern => !pattern.HasStar).Select(pattern => (Key(pattern.Bytes), At: at)))
            .ToLookup(pair => pair.Item1, pair => pair.At);
        _byName = places.ToLookup(at => all[at].Name, StringComparer.OrdinalIgnoreCase);
        foreach (int at in places)
        {
            if (all[at].Address is { } address)
                _byAddress.TryAdd(address, all[at]);
            if (all[at].ClientId is not null || all[at].HardwareAddresses.Any(pattern => pattern.HasStar))
                _others.Add(at);
        }
    }

    /// <summary>The first line that gives an address; null when none does.</summary>
    public DnsmasqHost? OfAddress(uint address) => _byAddress.GetValueOrDefault(address);

    /// <summary>The lines that have a hardware address, without a star.</summary>
    public IEnumerable<DnsmasqHost> Of(byte[] hardwareAddress) =>
        _byHardwareAddress[Key(hardwareAddress)].Select(at => _all[at]).Where(host => host.Has(hardwareAddress));

    /// <summary>The lines that a client may go by, whatever its id and name.</summary>
    public IEnumerable<DnsmasqHost> Candidates(byte[] hardwareAddress) =>
        _byHardwareAddress[Key(hardwareAddress)].Concat(_others).Distinct().Order().Select(at => _all[at]);

    /// <summary>The line: those with matching tags first, then those without; by client id, hardware address, name,
    /// then by pattern. Null when there is none. No networks: a line for any network.</summary>
    public DnsmasqHost? Find(IReadOnlyList<ServedNetwork>? networks,
        byte[]? clientId, byte[] hardwareAddress, string name, IReadOnlySet<string> tags)
    {
        IEnumerable<int> named = networks is not null && name.Length > 0 ? _byName[name] : [];
        List<DnsmasqHost> hosts = [.. _byHardwareAddress[Key(hardwareAddress)].Concat(_others).Concat(named)
            .Distinct().Order().Select(at => _all[at]).Where(host => IsFor(host, networks))];
        List<DnsmasqHost> tagged = hosts.FindAll(host => DnsmasqTags.Match(host.Tags, tags, untaggedIsFine: false));
        return Find(tagged, networks is not null, clientId, hardwareAddress, name)
            ?? Find(hosts.FindAll(host => DnsmasqTags.Match(host.Tags, tags, untaggedIsFine: true)),
                networks is not null, clientId, hardwareAddress, name);
    }

    private static string Key(byte[] hardwareAddress) => Convert.ToHexString(hardwareAddress);

    private static DnsmasqHost? Find(
        List<DnsmasqHost> hosts, bool byName, byte[]? clientId, byte[] hardwareAddress, string name)
    {
        if (clientId is not null && hosts.Find(host => host.ClientId is { } id && IsSame(id, clientId)) is { } byId)
            return byId;
        if (hosts.Find(host => host.Has(hardwareAddress)) is { } byAddress)
            return byAddress;
        if (byName && name.Length > 0
            && hosts.Find(host => host.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } named)
            return named;
        return ByPattern(hosts, hardwareAddress);
    }

    // dhcpcd puts a zero before client ids that are text.
    private static bool IsSame(byte[] id, byte[] clientId) => clientId.AsSpan().SequenceEqual(id)
        || (clientId is [0, ..] && clientId.AsSpan(1).SequenceEqual(id));

    // The pattern with the fewest stars.
    private static DnsmasqHost? ByPattern(List<DnsmasqHost> hosts, byte[] hardwareAddress)
    {
        DnsmasqHost? best = null;
        int most = 0;
        foreach (DnsmasqHost host in hosts)
        {
            foreach (HexPattern pattern in host.HardwareAddresses)
            {
                if (!pattern.HasStar || pattern.HardwareType is not (0 or 1)
                    || pattern.Bytes.Length != hardwareAddress.Length)
                    continue;
                int agreement = pattern.Agreement(hardwareAddress);
                (most, best) = agreement > most ? (agreement, host) : (most, best);
            }
        }
        return best;
    }

    private static bool IsFor(DnsmasqHost host, IReadOnlyList<ServedNetwork>? networks) =>
        networks is null || host.Address is not { } address
        || networks.Any(network => DottedQuad.IsSameNetwork(address, network.Range.Start, network.Netmask));
}
