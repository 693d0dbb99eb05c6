namespace QuantumNet;

/// <summary>One table of nftables, as <c>nft list ruleset</c>, <c>nft list table</c> or <c>nft list chains</c>
/// shows it (nft(8)).</summary>
internal sealed record NftTable : NodeRecord
{
    /// <summary>Address family: <c>ip</c>, <c>ip6</c>, <c>inet</c>, <c>arp</c>, <c>bridge</c>, <c>netdev</c>.</summary>
    public required string Family { get; init; }
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>Whether its rules and sets are told, not only that it is there and which chains it has.</summary>
    public bool IsListed { get; init; }
    /// <summary>Whether its chains are switched off (<c>flags dormant</c>).</summary>
    public bool IsDormant { get; set; }
    /// <summary>Its chains, in order.</summary>
    public List<NftChain> Chains { get; } = [];
    /// <summary>Its named sets and maps.</summary>
    public List<NftSet> Sets { get; } = [];

    /// <summary>Family and name, as commands take them: <c>inet firewalld</c>.</summary>
    public string Title => $"{Family} {Name}";

    /// <summary>Whether iptables-nft keeps its rules in it, which iptables-save tells: it names its tables as iptables
    /// does, and their base chains in capitals.</summary>
    public bool IsOfIptables => Family is "ip" or "ip6"
        && Name is "filter" or "nat" or "mangle" or "raw" or "security"
        && Chains.TrueForAll(chain => chain.Hook.Length == 0
            || chain.Name is "PREROUTING" or "INPUT" or "FORWARD" or "OUTPUT" or "POSTROUTING");
}

/// <summary>One chain. A base chain has a type and a hook; the others are only jumped to.</summary>
internal sealed record NftChain : NodeRecord
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>Type of a base chain: <c>filter</c>, <c>nat</c>, <c>route</c>; else empty.</summary>
    public string Type { get; init; } = "";
    /// <summary>Hook of a base chain: <c>ingress</c>, <c>prerouting</c>, <c>input</c>, <c>forward</c>,
    /// <c>output</c>, <c>postrouting</c>; else empty.</summary>
    public string Hook { get; init; } = "";
    /// <summary>The lower is asked first.</summary>
    public int Priority { get; init; }
    /// <summary>Devices of a base chain at ingress.</summary>
    public string[] Devices { get; init; } = [];
    /// <summary>Whether what meets no verdict is dropped.</summary>
    public bool DropsByPolicy { get; init; }
    /// <summary>Its rules, in order.</summary>
    public List<NftRule> Rules { get; } = [];
}

/// <summary>One rule: its words, a set in braces being one word.</summary>
internal sealed record NftRule : NodeRecord
{
    /// <summary>The words, without quotes, counters' handles and comments in the listing.</summary>
    public string[] Words { get; init; } = [];
}

/// <summary>A named set, or a map from keys to values.</summary>
internal sealed record NftSet : NodeRecord
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>Its elements: <c>10.0.0.0/8</c>, <c>4789-4790</c>, <c>"eth0" : jump zone</c>.</summary>
    public List<string> Elements { get; } = [];
}
