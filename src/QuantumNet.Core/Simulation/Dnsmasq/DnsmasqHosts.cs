namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>Which host line a client goes by (dhcp-common.c, find_config(), is_config_in_context()).</summary>
internal static class DnsmasqHosts
{
    /// <summary>The line: those with matching tags first, then those without; by client id, hardware address, name,
    /// then by pattern. Null when there is none. No networks: a line for any network.</summary>
    public static DnsmasqHost? Find(IReadOnlyList<DnsmasqHost> hosts, IReadOnlyList<ServedNetwork>? networks,
        byte[]? clientId, byte[] hardwareAddress, string name, IReadOnlySet<string> tags)
    {
        bool Fits(DnsmasqHost host, bool untaggedIsFine) => IsFor(host, networks)
            && DnsmasqTags.Match(host.Tags, tags, untaggedIsFine);
        List<DnsmasqHost> tagged = [.. hosts.Where(host => Fits(host, untaggedIsFine: false))];
        return Find(tagged, networks is not null, clientId, hardwareAddress, name)
            ?? Find([.. hosts.Where(host => Fits(host, untaggedIsFine: true))], networks is not null,
                clientId, hardwareAddress, name);
    }

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
