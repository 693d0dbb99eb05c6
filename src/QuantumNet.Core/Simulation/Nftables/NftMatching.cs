namespace QuantumNet.Simulation.Nftables;

/// <summary>Whether a packet has what a rule asks for (nft(8), EXPRESSIONS);
/// null when that cannot be determined.</summary>
internal static class NftMatching
{
    // Headers that a tunnel's packet does not have before its own.
    private static readonly string[] s_otherHeaders =
        ["tcp", "icmp", "icmpv6", "igmp", "sctp", "dccp", "udplite", "ah", "comp", "arp"];

    /// <summary>Whether the packet has no such header or property at all, so that the rule is not met
    /// whatever it compares.</summary>
    public static bool Breaks(string key, NftPacket packet)
    {
        string header = key.Split(' ')[0];
        return Array.IndexOf(s_otherHeaders, header) >= 0
            || (header == "udp" && packet.Protocol != 17)
            || (header == "esp" && packet.Protocol != 50)
            || (header == "gre" && packet.Protocol != 47)
            || (header == "ip" && packet.IsSix) || (header == "ip6" && !packet.IsSix)
            || (key is "oif" or "oifname" or "oifgroup" or "oiftype" && packet.OutputDevice is null);
    }

    /// <summary>Whether the packet's value is the one of an element.</summary>
    /// <param name="key">What is compared: <c>udp dport</c>, <c>ip saddr</c>, <c>ct state</c>, <c>iifname</c>.</param>
    /// <param name="element">One value, range, block or wildcard.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="isUntracked">Whether a rule took it out of connection tracking.</param>
    /// <param name="isMarked">Whether a rule marked it.</param>
    public static bool? Has(string key, string element, NftPacket packet, bool isUntracked, bool isMarked) => key switch
    {
        _ when element == "*" => true,
        "l4proto" or "ip protocol" or "ip6 nexthdr" => NftValues.HasNumber(element, packet.Protocol),
        "nfproto" => element == (packet.IsSix ? "ipv6" : "ipv4"),
        "protocol" or "ether type" => element == (packet.IsSix ? "ip6" : "ip"),
        "iif" or "iifname" => NftValues.IsDevice(element, packet.InputDevice),
        "oif" or "oifname" => NftValues.IsDevice(element, packet.OutputDevice ?? ""),
        "pkttype" => element is "host" or "unicast",
        "mark" or "ct mark" => isMarked ? null : NftValues.Number(element) == 0,
        "ip saddr" or "ip6 saddr" => NftValues.HasAddress(element, packet.Source),
        "ip daddr" or "ip6 daddr" => NftValues.HasAddress(element, packet.Destination),
        "udp dport" => NftValues.HasNumber(element, packet.DestinationPort),
        "udp sport" => NftValues.HasSourcePort(element, packet.SourcePort),
        "th dport" when packet.Protocol == 17 => NftValues.HasNumber(element, packet.DestinationPort),
        "th sport" when packet.Protocol == 17 => NftValues.HasSourcePort(element, packet.SourcePort),
        "ct state" => HasState(element, packet, isUntracked),
        "ct status" => element is "dnat" or "snat" ? false : null,
        "ct direction" when packet.State == NftState.New => element == "original",
        "ct helper" => false,
        "fib daddr type" => element == (packet.OutputDevice is null ? "local" : "unicast"),
        "fib saddr type" => element == "unicast",
        "fib saddr oif" when packet.IsFromNeighbour => IsRoute(element),
        _ => null,
    };

    // established,related: one of them.
    private static bool? HasState(string element, NftPacket packet, bool isUntracked)
    {
        string own = isUntracked ? "untracked" : packet.State == NftState.New ? "new" : "established";
        return Array.IndexOf(element.Split(','), own) >= 0;
    }

    private static bool? IsRoute(string element) => element switch
    {
        "missing" or "0" => false,
        "exists" or "1" => true,
        _ => null,
    };
}
