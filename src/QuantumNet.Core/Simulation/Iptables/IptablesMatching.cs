namespace QuantumNet.Simulation.Iptables;

/// <summary>Whether a rule's matches hold for a packet at a hook (iptables(8), PARAMETERS; iptables-extensions(8); the
/// kernel's net/ipv4/netfilter and net/netfilter/xt_*.c); null where that cannot be determined.</summary>
internal sealed class IptablesMatching(IptablesTables tables, string table, IptablesHook hook)
{
    private static readonly int[] s_withPorts = [6, 17, 33, 132, 136];
    // Modules that match every packet while none of their options is there.
    private static readonly string[] s_silent =
        ["", "tcp", "udp", "udplite", "sctp", "dccp", "icmp", "icmp6", "icmpv6", "ipv6-icmp", "comment"];

    /// <summary>All together: false as soon as one fails, null where none fails and one cannot be determined.</summary>
    public bool? Matches(IptablesRule rule, FilteredPacket packet)
    {
        bool? all = true;
        foreach (IptablesMatch match in rule.Matches)
        {
            bool? one = match.Module == "physdev" && !packet.IsBridged && match.Option.Length > 0
                ? match.Negated
                : match.Module == "rpfilter" ? ReversePath(rule, match, packet)
                : Match(match, packet) ^ match.Negated;
            if (one == false)
                return false;
            all &= one;
        }
        return all;
    }

    private bool? Match(IptablesMatch match, FilteredPacket packet) => match.Option switch
    {
        "" => Array.IndexOf(s_silent, match.Module) >= 0 ? true : null,
        "comment" => true,
        "ipv4" => !packet.IsSix,
        "ipv6" => packet.IsSix,
        "fragment" => false,
        "protocol" =>
            IptablesValues.Protocol(match.Value) is { } protocol ? protocol == 0 || protocol == packet.Protocol : null,
        "source" => IptablesValues.HasAddress(match.Value, packet.Source),
        "destination" => IptablesValues.HasAddress(match.Value, packet.Destination),
        "src-range" => IptablesValues.InRange(match.Value, packet.Source),
        "dst-range" => IptablesValues.InRange(match.Value, packet.Destination),
        "in-interface" => IptablesValues.IsDevice(match.Value, InDevice(packet)),
        "out-interface" => IptablesValues.IsDevice(match.Value, OutDevice(packet)),
        "physdev-in" or "physdev-out" or "physdev-is-in" or "physdev-is-out" or "physdev-is-bridged" =>
            Physical(match, packet),
        "sport" or "sports" => SourcePort(match, packet),
        "dport" or "dports" => Port(match, packet, packet.DestinationPort),
        "ports" => Either(SourcePort(match, packet), Port(match, packet, packet.DestinationPort)),
        _ => Beyond(match, packet),
    };

    // What is not an address, device or port.
    private bool? Beyond(IptablesMatch match, FilteredPacket packet) => match.Option switch
    {
        "mac-source" =>
            packet.SourceMac is { } mac ? match.Value.Equals(mac, StringComparison.OrdinalIgnoreCase) : null,
        "state" or "ctstate" => State(match.Value, packet),
        "mark" => Mark(match.Value, match.Module == "connmark" ? packet.ConnectionMark : packet.Mark),
        "src-type" => Kind(match.Value, packet, packet.Source),
        "dst-type" => Kind(match.Value, packet, packet.Destination),
        "pkt-type" =>
            packet.FrameKind is { } kind ? match.Value.Equals(kind, StringComparison.OrdinalIgnoreCase) : null,
        "icmp-type" => packet.Protocol == 1 ? IcmpType(match.Value, packet, s_icmp) : false,
        "icmpv6-type" => packet.Protocol == 58 ? IcmpType(match.Value, packet, s_icmpSix) : false,
        "syn" => packet.TcpFlags is { } flags ? (flags & 0x17) == 2 : packet.Protocol == 6 ? null : false,
        "tcp-flags" => TcpFlags(match.Value, packet),
        "match-set" => InSet(match.Value, packet),
        "limit-burst" or "return-nomatch" => true,
        _ => null,
    };

    // A packet has the device of the hooks that know it.
    private string? InDevice(FilteredPacket packet) =>
        hook is IptablesHook.Output or IptablesHook.Postrouting ? "" : packet.InDevice;

    private string? OutDevice(FilteredPacket packet) =>
        hook is IptablesHook.Prerouting or IptablesHook.Input ? "" : packet.OutDevice;

    // xt_physdev.c: the port that it leaves by is known from FORWARD on.
    private bool? Physical(IptablesMatch match, FilteredPacket packet)
    {
        string leaves = hook is IptablesHook.Forward or IptablesHook.Postrouting ? packet.PhysicalOut : "";
        return match.Option switch
        {
            "physdev-in" => IptablesValues.IsDevice(match.Value, packet.PhysicalIn),
            "physdev-out" => IptablesValues.IsDevice(match.Value, leaves),
            "physdev-is-in" => packet.PhysicalIn.Length > 0,
            _ => leaves.Length > 0,
        };
    }

    private static bool? Port(IptablesMatch match, FilteredPacket packet, int? port)
    {
        if (Array.IndexOf(s_withPorts, packet.Protocol) < 0)
            return false;
        return port is { } one ? IptablesValues.HasPort(match.Value, one) : null;
    }

    private static bool? SourcePort(IptablesMatch match, FilteredPacket packet) =>
        packet is { SourcePort: null, SourcePorts: { } ports } && Array.IndexOf(s_withPorts, packet.Protocol) >= 0
            ? IptablesValues.HasPorts(match.Value, ports) : Port(match, packet, packet.SourcePort);

    // xt_rpfilter.c: --invert is part of the match; a client without an address has no way back, and passes.
    private static bool? ReversePath(IptablesRule rule, IptablesMatch match, FilteredPacket packet)
    {
        bool inverts = Array.Exists(rule.Matches, one => one is { Module: "rpfilter", Option: "invert" });
        if (inverts && match.Option != "invert")
            return true;
        bool? isOn = packet is { Source: { IsSix: false } source, Destination: { } destination }
            && source.Value >> 24 == 0 && destination.Value == uint.MaxValue ? true : packet.IsOnReversePath;
        return inverts ? !isOn : isOn;
    }

    private static bool? Either(bool? one, bool? other) =>
        one == true || other == true ? true : one is null || other is null ? null : false;

    // Before conntrack, in raw, every packet is of no connection, or of the new one whose template CT gave it.
    private bool? State(string states, FilteredPacket packet)
    {
        ConntrackState state = packet.State;
        if (table == "raw" && state != ConntrackState.Untracked)
            state = packet.IsTemplated ? ConntrackState.New : ConntrackState.Invalid;
        if (state == ConntrackState.Unknown)
            return null;
        bool asksForNat = IptablesValues.HasWord(states, "SNAT") || IptablesValues.HasWord(states, "DNAT");
        bool mayBeTranslated = packet.IsTranslated || state is ConntrackState.Established or ConntrackState.Related;
        return IptablesValues.HasWord(states, state.ToString()) ? true : asksForNat && mayBeTranslated ? null : false;
    }

    private static bool? Mark(string text, uint? mark) =>
        IptablesValues.Masked(text) is not var (value, bits) || mark is not { } own ? null : (own & bits) == value;

    // inet_addr_type(): 0.x.x.x counts as broadcast.
    private static bool? Kind(string kinds, FilteredPacket packet, HostAddress? address)
    {
        if (address is not { } one)
            return null;
        if (one.IsSix)
            return KindOfSix(kinds, packet, one);
        uint four = (uint)one.Value;
        string? kind = four == uint.MaxValue || four >> 24 == 0 ? "BROADCAST"
            : four >> 28 == 0b1110 ? "MULTICAST"
            : four >> 24 == 127 || packet.LocalAddresses?.Contains(one) == true ? "LOCAL"
            : packet.LocalAddresses is null || packet.BroadcastAddresses is null ? null
            : packet.BroadcastAddresses.Contains(one) ? "BROADCAST" : "UNICAST";
        return kind is null ? null : IptablesValues.HasWord(kinds, kind);
    }

    // xt_addrtype.c, match_type6(): the kinds that the address itself tells must all be there; of LOCAL and those
    // that the routes tell, one.
    private static bool? KindOfSix(string kinds, FilteredPacket packet, HostAddress address)
    {
        bool isMulticast = address.Value >> 120 == 0xff, isNone = address.Value == 0;
        if ((IptablesValues.HasWord(kinds, "MULTICAST") && !isMulticast)
            || (IptablesValues.HasWord(kinds, "UNICAST") && (isMulticast || isNone))
            || (IptablesValues.HasWord(kinds, "UNSPEC") && !isNone))
            return false;
        bool asksForLocal = IptablesValues.HasWord(kinds, "LOCAL"),
            asksForRoutes = IptablesValues.HasWord(kinds, "ANYCAST") || IptablesValues.HasWord(kinds, "UNREACHABLE");
        if (!asksForLocal && !asksForRoutes)
            return true;
        bool? isLocal = address.Value == 1 ? true : packet.LocalAddresses?.Contains(address);
        return asksForLocal && isLocal != false ? isLocal : asksForRoutes ? null : false;
    }

    private static readonly Dictionary<string, int> s_icmp = new()
    {
        ["any"] = 255, ["echo-reply"] = 0, ["pong"] = 0, ["destination-unreachable"] = 3, ["redirect"] = 5,
        ["echo-request"] = 8, ["ping"] = 8, ["time-exceeded"] = 11, ["ttl-exceeded"] = 11, ["parameter-problem"] = 12,
    };

    private static readonly Dictionary<string, int> s_icmpSix = new()
    {
        ["destination-unreachable"] = 1, ["packet-too-big"] = 2, ["time-exceeded"] = 3, ["ttl-exceeded"] = 3,
        ["parameter-problem"] = 4, ["echo-request"] = 128, ["ping"] = 128, ["echo-reply"] = 129, ["pong"] = 129,
        ["router-solicitation"] = 133, ["router-advertisement"] = 134, ["neighbour-solicitation"] = 135,
        ["neighbor-solicitation"] = 135, ["neighbour-advertisement"] = 136, ["neighbor-advertisement"] = 136,
        ["redirect"] = 137,
    };

    private static bool? IcmpType(string text, FilteredPacket packet, Dictionary<string, int> names)
    {
        string[] parts = text.Split('/');
        int? type = names.TryGetValue(parts[0], out int named) ? named : (int?)IptablesValues.Number(parts[0]);
        if (type is null || packet.Icmp is not var (own, code))
            return null;
        return (type == 255 && packet.Protocol == 1)
            || (own == type && (parts.Length < 2 || IptablesValues.Number(parts[1]) == code));
    }

    private static bool? TcpFlags(string text, FilteredPacket packet)
    {
        if (packet.Protocol != 6)
            return false;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return packet.TcpFlags is not { } flags || words.Length != 2 ? null
            : (flags & Flags(words[0])) == Flags(words[1]);
    }

    private static int Flags(string text)
    {
        string[] names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG"];
        int flags = 0;
        for (int i = 0; i < names.Length; i++)
            flags |= text == "ALL" || IptablesValues.HasWord(text, names[i]) ? 1 << i : 0;
        return flags;
    }

    private bool? InSet(string text, FilteredPacket packet)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
            return null;
        if (!tables.Sets.TryGetValue(words[0], out AddressSet? set))
            return null;
        // A set of addresses looks at the first of several directions (xt_set.c).
        return words[1].Split(',')[0] switch
        {
            "src" => set.Has(packet.Source),
            "dst" => set.Has(packet.Destination),
            _ => null,
        };
    }
}
