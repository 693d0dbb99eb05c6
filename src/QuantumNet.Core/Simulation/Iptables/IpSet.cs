namespace QuantumNet.Simulation.Iptables;

/// <summary>A set of addresses as <c>ipset save</c> prints it (ipset(8)):
/// <code>
/// create NIPv4a1b2 hash:net family inet hashsize 1024 maxelem 65536
/// add NIPv4a1b2 10.0.0.0/24
/// add NIPv4a1b2 10.0.0.9 nomatch
/// </code></summary>
internal sealed class IpSet(string name, string type)
{
    private readonly List<(HostAddress Network, int Length, bool IsExcepted)> _members = [];

    /// <summary>Its name.</summary>
    public string Name => name;
    /// <summary>Its type: <c>hash:ip</c>, <c>hash:net</c> ...</summary>
    public string Type => type;

    /// <summary>All sets of a text, by name.</summary>
    public static Dictionary<string, IpSet> ParseAll(string text)
    {
        Dictionary<string, IpSet> sets = [];
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["create", var made, var type, ..])
                sets[made] = new IpSet(made, type);
            else if (words is ["add", var filled, var member, ..] && sets.TryGetValue(filled, out IpSet? set))
                set.Add(member, words.Contains("nomatch"));
        }
        return sets;
    }

    /// <summary>Whether an address is in it; null for types of which that cannot be determined,
    /// or an address not known.</summary>
    public bool? Has(HostAddress? address)
    {
        if (type is not ("hash:ip" or "hash:net") || address is not { } one)
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

    private void Add(string member, bool isExcepted)
    {
        if (HostAddress.TryParseBlock(member, out HostAddress network, out int length))
            _members.Add((network, length, isExcepted));
    }
}
