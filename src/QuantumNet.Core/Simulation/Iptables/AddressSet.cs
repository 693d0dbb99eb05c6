using System.Globalization;

namespace QuantumNet.Simulation.Iptables;

/// <summary>A set of addresses, ready to be asked (the kernel's net/netfilter/ipset/ip_set_hash_net.c, _hash_ip.c and
/// _bitmap_ip.c).</summary>
internal sealed class AddressSet
{
    private readonly List<(HostAddress Network, int Length, bool IsExcepted)> _members = [];
    private readonly int? _netmask;
    private readonly bool _isKnown;

    /// <summary>Prepares a set.</summary>
    public AddressSet(IpSet set)
    {
        string[] options = set.Options;
        int mask = Array.IndexOf(options, "netmask");
        bool isCut = mask >= 0 && set.Type != "hash:net";
        bool isNumber = isCut && mask + 1 < options.Length && int.TryParse(options[mask + 1], NumberStyles.None,
            CultureInfo.InvariantCulture, out int length) && (_netmask = length) >= 0;
        _isKnown = set.IsListed && set.Type is "hash:ip" or "hash:net" or "bitmap:ip" && isCut == isNumber
            && Array.IndexOf(options, "bitmask") < 0;
        foreach (IpSetMember member in set.Members)
            _isKnown &= TryAdd(member);
    }

    /// <summary>The sets by name.</summary>
    public static Dictionary<string, AddressSet> ByName(IEnumerable<IpSet> sets)
    {
        Dictionary<string, AddressSet> byName = [];
        foreach (IpSet set in sets)
            byName.TryAdd(set.Name, new AddressSet(set));
        return byName;
    }

    /// <summary>Whether an address is in it; null for types of which that cannot be determined, for members that are
    /// not told, or an address not known.</summary>
    public bool? Has(HostAddress? address)
    {
        if (!_isKnown || address is not { } one)
            return null;
        // The longest network decides.
        (int length, bool isIn) = (-1, false);
        foreach ((HostAddress network, int bits, bool isExcepted) in _members)
        {
            if (bits > length && one.IsIn(network, one.Mask(bits)))
                (length, isIn) = (bits, !isExcepted);
        }
        return isIn;
    }

    private bool TryAdd(IpSetMember member)
    {
        bool isRead = HostAddress.TryParseBlock(member.Text, out HostAddress network, out int length);
        if (isRead)
            _members.Add((network, _netmask is int mask ? Math.Min(mask, length) : length, member.IsExcepted));
        return isRead;
    }
}
