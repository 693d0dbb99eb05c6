namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>An address of one of the server's devices.</summary>
/// <param name="Device">The device.</param>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Its network's length.</param>
internal sealed record ServerAddress(string Device, uint Address, int PrefixLength)
{
    /// <summary>Reads <c>10.0.0.2/24</c>; null when it is not an IPv4 address.</summary>
    public static ServerAddress? Parse(string device, string text)
    {
        int slash = text.IndexOf('/');
        return DottedQuad.TryParse(slash < 0 ? text : text[..slash], out uint address)
            ? new(device, address, slash < 0 ? 32 : DnsmasqText.Number(text[(slash + 1)..])) : null;
    }
}

/// <summary>A range with what the server's addresses fill in (dhcp.c, complete_context()).</summary>
/// <param name="Range">The range.</param>
/// <param name="Index">Its place among the arguments.</param>
/// <param name="Netmask">Its mask; 0 while nothing tells it.</param>
/// <param name="Broadcast">Its broadcast address; 0 while nothing tells it.</param>
/// <param name="Local">The server's address in it.</param>
/// <param name="Router">The same, or 0 where the range is on no device of the server.</param>
internal sealed record ServedNetwork(
    DnsmasqRange Range, int Index, uint Netmask, uint Broadcast, uint Local, uint Router)
{
    /// <summary>Whether an address and the whole range are one network's.</summary>
    public bool Holds(uint address) => Netmask != 0 && DottedQuad.IsSameNetwork(address, Range.Start, Netmask)
        && DottedQuad.IsSameNetwork(address, Range.End, Netmask);
}

/// <summary>Which ranges are asked for a message: those of the device that it arrives on, or of the client's address
/// (dhcp.c, complete_context(); rfc2131.c, "Determine network for this packet").</summary>
internal sealed class DnsmasqNetworks(IReadOnlyList<DnsmasqRange> ranges, IReadOnlyList<ServerAddress> addresses)
{
    // Every address of the host, in order, tells the mask of the ranges that fit: the last one stands.
    private readonly uint[] _netmasks = Netmasks(ranges, addresses);

    /// <summary>The ranges of a device's addresses, in dnsmasq's order.</summary>
    public List<ServedNetwork> On(string device)
    {
        var found = new List<ServedNetwork>();
        foreach (ServerAddress address in addresses)
        {
            if (address.Device != device)
                continue;
            for (int i = ranges.Count - 1; i >= 0; i--)
            {
                ServedNetwork network = Network(i, address.Address, address.Address);
                uint own = DottedQuad.Mask(address.PrefixLength);
                uint mask = IsToldBy(ranges[i], address.Address, own) ? own : network.Netmask;
                if ((network with { Netmask = mask }).Holds(address.Address)
                    && !found.Exists(other => other.Index == i))
                    found.Insert(0, network);
            }
        }
        return found;
    }

    /// <summary>The ranges of a client's address that no range of the device holds: a client that renews through a
    /// router. <paramref name="fallback"/> is the device's first address, and what the server
    /// then calls itself.</summary>
    public List<ServedNetwork> Of(uint client, uint fallback)
    {
        var found = new List<ServedNetwork>();
        for (int i = ranges.Count - 1; i >= 0; i--)
        {
            ServedNetwork network = Network(i, fallback, 0);
            if (network.Netmask == 0 && ClassOf(ranges[i]) is > 0 and uint mask)
                network = network with { Netmask = mask, Broadcast = ranges[i].Broadcast ?? (ranges[i].Start | ~mask) };
            if (network.Holds(client))
                found.Insert(0, network);
        }
        return found;
    }

    /// <summary>Whether a range lies on another device of the server, whose address it may have
    /// been told before.</summary>
    public bool IsOnOtherDevice(ServedNetwork network, string device) =>
        addresses.Any(address => address.Device != device && network.Holds(address.Address));

    private ServedNetwork Network(int index, uint local, uint router)
    {
        DnsmasqRange range = ranges[index];
        uint mask = _netmasks[index];
        return new(range, index, mask, range.Broadcast ?? (mask == 0 ? 0 : range.Start | ~mask), local, router);
    }

    // Where no address tells a mask, the address's class does; 0 where both ends are not of one class.
    private static uint ClassOf(DnsmasqRange range)
    {
        static int Length(uint address) => (address >> 29) switch { < 0b100 => 8, < 0b110 => 16, 0b110 => 24, _ => 0 };
        return Length(range.Start) == Length(range.End) ? DottedQuad.Mask(Length(range.Start)) : 0;
    }

    private static uint[] Netmasks(IReadOnlyList<DnsmasqRange> ranges, IReadOnlyList<ServerAddress> addresses)
    {
        uint[] masks = [.. ranges.Select(range => range.Netmask ?? 0)];
        foreach (ServerAddress address in addresses)
        {
            uint mask = DottedQuad.Mask(address.PrefixLength);
            for (int i = 0; i < masks.Length; i++)
            {
                if (IsToldBy(ranges[i], address.Address, mask))
                    masks[i] = mask;
            }
        }
        return masks;
    }

    private static bool IsToldBy(DnsmasqRange range, uint address, uint mask) => range.Netmask is null
        && (DottedQuad.IsSameNetwork(address, range.Start, mask) || DottedQuad.IsSameNetwork(address, range.End, mask));
}
