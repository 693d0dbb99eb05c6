namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>Which address dnsmasq gives from the ranges it is asked for (dhcp.c, address_available(), narrow_context(),
/// address_allocate()).</summary>
internal sealed class DnsmasqAddresses(
    DnsmasqConfiguration configuration, IReadOnlyList<ServedNetwork> networks, IReadOnlySet<uint>? answering)
{
    /// <summary>What a ping would have to tell first; empty when none is needed.</summary>
    public string Missing { get; private set; } = "";

    /// <summary>The dynamic range that an address may be given from; null when there is none.</summary>
    public ServedNetwork? RangeOf(uint address, IReadOnlySet<string> tags)
    {
        if (networks.Count > 0 && networks[0].Router == address)
            return null;
        return networks.FirstOrDefault(network => !network.Range.IsStatic && !network.Range.IsProxy
            && address >= network.Range.Start && address <= network.Range.End
            && DnsmasqTags.Match(network.Range.Tags, tags, untaggedIsFine: true));
    }

    /// <summary>The one range that an address goes by: a dynamic one, else a static one
    /// of its network, else any.</summary>
    public ServedNetwork? Narrow(uint address, IReadOnlySet<string> tags)
    {
        ServedNetwork? Of(Func<DnsmasqRange, bool> fits) => networks.FirstOrDefault(network => fits(network.Range)
            && DnsmasqTags.Match(network.Range.Tags, tags, untaggedIsFine: true)
            && DottedQuad.IsSameNetwork(address, network.Range.Start, network.Netmask));
        return RangeOf(address, tags) ?? Of(range => range.IsStatic) ?? Of(range => !range.IsProxy);
    }

    /// <summary>Whether nothing answers a ping to an address, as far as dnsmasq asks.</summary>
    public bool IsSilent(uint address)
    {
        if (configuration.Has("no-ping"))
            return true;
        if (answering is not null)
            return !answering.Contains(address);
        if (Missing.Length == 0)
            Missing = $"whether {DottedQuad.Format(address)} answers dnsmasq's ping is not known";
        return true;
    }

    /// <summary>A free address for a client; null when there is none. The first choice comes from its hardware
    /// address.</summary>
    public uint? Allocate(byte[] hardwareAddress, IReadOnlySet<string> tags, ref DnsmasqState state)
    {
        uint hash = Hash(hardwareAddress);
        for (int pass = 0; pass <= 1; pass++)
        {
            foreach (ServedNetwork network in networks)
            {
                if (network.Range.IsStatic || network.Range.IsProxy
                    || !DnsmasqTags.Match(network.Range.Tags, tags, untaggedIsFine: pass == 1))
                    continue;
                if (Free(network, hash, ref state) is { } address)
                    return address;
            }
        }
        return null;
    }

    private uint? Free(ServedNetwork network, uint hash, ref DnsmasqState state)
    {
        (uint first, uint last) = (network.Range.Start, network.Range.End);
        uint moved = state.Moved.GetValueOrDefault(network.Index);
        bool isSequential = configuration.Has("dhcp-sequential-ip");
        uint start = isSequential ? Highest(network.Range, state)
            : unchecked(first + (hash + moved) % (1 + last - first));
        uint address = start;
        do
        {
            if (!IsTaken(address, state))
            {
                if (isSequential && moved > 0)
                    state = state with { Moved = state.Moved.SetItem(network.Index, --moved) };
                else if (IsSilent(address))
                    return address;
                else if (!isSequential)
                    state = state with { Moved = state.Moved.SetItem(network.Index, ++moved) };
            }
            address = address == last ? first : address + 1;
        }
        while (address != start);
        return null;
    }

    // Addresses that end in 0 or 255 trouble some clients in class C (192.0.0.0 to 223.255.255.255).
    private bool IsTaken(uint address, DnsmasqState state) => networks.Any(network => network.Router == address)
        || state.ByAddress(address) is not null || configuration.HostIndex.OfAddress(address) is not null
        || (address >> 29 == 0b110 && (address & 0xff) is 0 or 0xff);

    private static uint Highest(DnsmasqRange range, DnsmasqState state)
    {
        uint highest = range.Start;
        foreach (HeldLease lease in state.Leases)
        {
            if (lease.Address > highest && lease.Address <= range.End)
                highest = lease.Address;
        }
        return highest;
    }

    // The SDBM hash.
    private static uint Hash(byte[] hardwareAddress)
    {
        uint hash = 0;
        foreach (byte one in hardwareAddress)
            hash = unchecked(one + (hash << 6) + (hash << 16) - hash);
        return hash == 0 ? 1 : hash;
    }
}
