namespace QuantumNet.Simulation.Nftables;

/// <summary>What a rule does with a packet that meets it.</summary>
/// <param name="Matches">Whether it does; null when that cannot be determined.</param>
/// <param name="Verdict"><c>accept</c>, <c>drop</c>, <c>jump</c>, <c>goto</c>, <c>return</c>;
/// <c>other</c> for one that is not followed.</param>
/// <param name="Target">The chain of a jump or goto.</param>
internal readonly record struct NftEffect(bool? Matches, string Verdict, string Target);

/// <summary>Reads a rule's expressions and statements from left to right, as the kernel runs them (nft(8)).</summary>
internal ref struct NftRuleReader(NftRule rule, NftTable table, NftPacket packet, bool isUntracked, bool isMarked)
{
    private static readonly HashSet<string> s_statements =
    [
        "accept", "drop", "reject", "jump", "goto", "return", "continue", "queue", "counter", "log", "comment", "limit",
        "notrack", "tproxy", "dup", "fwd", "dnat", "snat", "masquerade", "redirect", "synproxy",
    ];

    private static readonly HashSet<string> s_plainKeys =
    [
        "iif", "iifname", "oif", "oifname", "mark", "pkttype", "iifgroup", "oifgroup", "iiftype", "oiftype", "l4proto",
        "nfproto", "protocol", "skuid", "skgid", "cgroup", "rtclassid", "nftrace", "cpu", "day", "hour", "time",
    ];

    private static readonly HashSet<string> s_headers =
    [
        "ip", "ip6", "udp", "tcp", "th", "sctp", "dccp", "udplite", "icmp", "icmpv6", "igmp", "ah", "esp", "comp",
        "ether", "vlan", "arp", "gre", "vxlan", "geneve", "socket", "rt",
    ];

    private readonly string[] _words = rule.Words;
    private int _at;
    private bool? _matches = true;

    /// <summary>Whether the rule takes the packet out of connection tracking.</summary>
    public bool Untracks { get; private set; }

    /// <summary>Whether the rule changes the packet's mark.</summary>
    public bool Marks { get; private set; }

    /// <summary>The effects, of which a packet gets at most one; none when it does not meet the rule, or only
    /// raises a counter.</summary>
    public List<NftEffect> Read()
    {
        while (_at < _words.Length)
        {
            if (Verdict() is { } effect)
                return [effect];
            if (Passes())
                continue;
            if (Expression() is { } effects)
                return effects;
            if (_matches == false)
                return [];
        }
        return [];
    }

    private readonly string Next(int ahead = 0) => _at + ahead < _words.Length ? _words[_at + ahead] : "";

    private readonly NftEffect? Verdict() => Next() switch
    {
        "accept" => new(_matches, "accept", ""),
        "drop" or "reject" => new(_matches, "drop", ""),
        "return" => new(_matches, "return", ""),
        "jump" or "goto" => new(_matches, Next(), Next(1)),
        "queue" or "tproxy" or "fwd" or "dnat" or "snat" or "masquerade" or "redirect" or "synproxy" =>
            new(_matches, "other", ""),
        _ => null,
    };

    /// <summary>Statements after which the rule goes on.</summary>
    private bool Passes()
    {
        switch (Next())
        {
            case "counter":
                _at += Next(1) == "packets" ? 5 : Next(1) == "name" ? 3 : 1;
                return true;
            case "comment":
                _at += 2;
                return true;
            case "log":
                for (_at++; Next() is "prefix" or "level" or "flags" or "group" or "snaplen" or "queue-threshold";)
                    _at += 2;
                return true;
            case "limit" or "quota" or "connlimit":
                _matches = null;
                break;
            case "notrack":
                Untracks = _matches != false;
                break;
            case "meta" or "ct" when Next(2) == "set":
            case "mark" when Next(1) == "set":
                Marks |= Next() == "mark" || Next(1) == "mark";
                break;
            case "continue" or "add" or "update" or "delete" or "set" or "flow" or "dup":
                break;
            default:
                return false;
        }
        Skip();
        return true;
    }

    // To the next statement: what stands between is not followed.
    private void Skip()
    {
        for (_at++; _at < _words.Length && !s_statements.Contains(_words[_at]);)
            _at++;
    }

    /// <summary>One comparison, or a map to verdicts, which ends the rule.</summary>
    private List<NftEffect>? Expression()
    {
        List<string> keys = [];
        do
        {
            if (Key() is not { } key)
                return Unfollowed();
            keys.Add(key);
            if (NftMatching.Breaks(key, packet))
                return [];
        }
        while (Next() == "." && ++_at > 0);
        if (Next() is "vmap" && _at + 1 < _words.Length)
            return Mapped(keys, Next(1));
        if (Next() is "&" or "and" && keys is ["mark" or "ct mark"] && !isMarked)
            _at += 2;       // no bit of 0 is set
        string sign = Next() is "!=" or "==" or "<" or ">" or "<=" or ">=" ? _words[_at++] : "==";
        if (_at >= _words.Length || sign is not ("==" or "!=") || Next() is "&" or "|" or "^" or "and" or "or" or "xor")
            return Unfollowed();
        bool? holds = Holds(keys, Value(keys.Count));
        _matches &= sign == "!=" ? !holds : holds;
        return null;
    }

    private List<NftEffect>? Unfollowed()
    {
        _matches = null;
        Skip();
        return null;
    }

    /// <summary>A set in braces, a set's name, or one value for each key with dots between them.</summary>
    private string Value(int count)
    {
        string value = _words[_at++];
        for (int i = 1; i < count && Next() == "."; i++, _at += 2)
            value += " . " + Next(1);
        return value;
    }

    private readonly bool? Holds(List<string> keys, string value)
    {
        if (NftValues.Elements(value, table) is not { } elements)
            return null;
        bool? any = false;
        foreach (string element in elements)
        {
            any |= HasElement(keys, element);
            if (any == true)
                return true;
        }
        return any;
    }

    private readonly bool? HasElement(List<string> keys, string element)
    {
        string[] parts = element.Split(" . ");
        if (parts.Length != keys.Count)
            return element == "*" ? true : null;
        bool? all = true;
        for (int i = 0; i < parts.Length; i++)
        {
            // Behind it may stand a timeout, a counter, a comment.
            string own = parts[i].Trim().Split(' ')[0].Trim('"');
            all &= NftMatching.Has(keys[i], own, packet, isUntracked, isMarked);
        }
        return all;
    }

    private readonly List<NftEffect> Mapped(List<string> keys, string map)
    {
        if (NftValues.Elements(map, table) is not { } elements)
            return [new(null, "other", "")];
        List<NftEffect> effects = [];
        foreach (string element in elements)
        {
            int colon = element.IndexOf(" : ", StringComparison.Ordinal);
            bool? has = colon < 0 ? null : HasElement(keys, element[..colon]);
            string[] words = colon < 0 ? [] : element[(colon + 3)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string verdict = words is [var first, ..] && first is "accept" or "drop" or "return" or "jump" or "goto"
                or "continue" ? words[0] : "other";
            if (has != false && verdict != "continue")
                effects.Add(new(_matches & has, verdict, words.Length > 1 ? words[1] : ""));
        }
        return effects;
    }

    /// <summary>What is compared, in one spelling; null when it is not known.</summary>
    private string? Key()
    {
        string word = Next();
        if (word == "meta" || s_plainKeys.Contains(word))
        {
            _at += word == "meta" ? 2 : 1;
            return word == "meta" ? _words[Math.Min(_at, _words.Length) - 1] : word;
        }
        if (s_headers.Contains(word))
        {
            _at += 2;
            return $"{word} {_words[Math.Min(_at, _words.Length) - 1]}";
        }
        if (word == "ct")
        {
            _at += 2;
            return $"ct {_words[Math.Min(_at, _words.Length) - 1]}";
        }
        return word == "fib" ? Fib() : null;
    }

    // fib daddr type; fib saddr . mark . iif oif; fib saddr . iif check
    private string? Fib()
    {
        string of = Next(1);
        int end = Array.FindIndex(_words, _at, word => word is "type" or "check"
            || (word is "oif" or "oifname"));
        if (end < 0)
            return null;
        _at = end + 1;
        return $"fib {of} {(_words[end] == "type" ? "type" : "oif")}";
    }
}
