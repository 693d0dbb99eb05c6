namespace QuantumNet.Parsing.Iptables;

/// <summary>Reads what a rule matches from the words that <c>iptables -L</c> prints of it:
/// protocol, interfaces and addresses in their columns, then what each match and the target say of themselves.
/// A word that nobody knows becomes a match that cannot be determined, and is reported.</summary>
internal sealed class ListedMatches(TextSource source)
{
    private static readonly string[] s_targetWords =
        ["to:", "redir", "masq", "random", "random-fully", "nflog-group", "nflog-prefix", "add-set", "del-set",
            "persistent", "clamp", "[unsupported"];

    private string[] _words = [];
    private int _at;
    private string _module = "";

    /// <summary>The matches of the rule read last.</summary>
    public List<IptablesMatch> Found { get; } = [];

    /// <summary>Whether the target is gone to, not called.</summary>
    public bool IsGoto { get; private set; }

    /// <summary>The target's options.</summary>
    public string TargetOptions { get; private set; } = "";

    /// <summary>Reads a rule from its column <c>prot</c> on.</summary>
    public void Read(string[] words, int at, bool hasInterfaces, string target, int number)
    {
        (_words, _at, _module, IsGoto, TargetOptions) = (words, at, "", false, "");
        Found.Clear();
        string protocol = Take(), fragment = Take();
        string input = hasInterfaces ? Take() : "*", output = hasInterfaces ? Take() : "*";
        Column("source", Address(Take()));
        Column("destination", Address(Take()));
        Column("in-interface", input is "*" or "any" ? "" : input);
        Column("out-interface", output is "*" or "any" ? "" : output);
        Column("protocol", Protocol(protocol));
        if (fragment != "--")
            Found.Add(new() { Option = "fragment", Negated = fragment[0] == '!' });
        while (_at < _words.Length)
            ReadWord(target, number);
    }

    private string Take() => _at < _words.Length ? _words[_at++] : "";

    private void Column(string option, string value)
    {
        if (value.Length > 0 && value != "!")
            Add(option, value);
    }

    private void Add(string option, string value, bool negated = false)
    {
        bool isNegated = value.StartsWith('!');
        Found.Add(new() { Module = _module, Option = option, Negated = negated || isNegated,
            Value = isNegated ? value[1..] : value });
    }

    private void ReadWord(string target, int number)
    {
        string word = Take();
        bool negated = word == "!";
        if (negated)
            word = Take();
        if (word.StartsWith("/*", StringComparison.Ordinal))
            ReadComment(word);
        else if (word == "[goto]")
            IsGoto = true;
        else if (word == target && target.Length > 0 || Array.Exists(s_targetWords, word.StartsWith)
            || word == "reject-with")
            ReadTarget(word);
        else if (!ReadPorts(word, negated) && !ReadNamed(word, negated))
        {
            source.Report(number, 1, "Unknown match", word);
            Add(word, "", negated);
        }
    }

    private void ReadComment(string word)
    {
        List<string> text = [word[2..]];
        while (_at < _words.Length && !text[^1].EndsWith("*/", StringComparison.Ordinal))
            text.Add(Take());
        string comment = string.Join(' ', text).Trim();
        _module = "comment";
        Add("comment",
            (comment.EndsWith("*/", StringComparison.Ordinal) ? comment[..^2] : comment).Trim().TrimStart('!'));
    }

    private void ReadTarget(string word)
    {
        string rest = string.Join(' ', _words[_at..]);
        _at = _words.Length;
        TargetOptions = word == "reject-with" ? "--reject-with " + rest
            : word is "CT" or "MARK" or "LOG" or "CHECKSUM" ? (word == "CT" ? "--" : "") + rest
            : $"{word} {rest}".Trim();
    }

    /// <summary>Ports and flags of tcp and udp: <c>udp spt:67 dpt:!68 flags:0x06/0x02</c>;
    /// <c>multiport dports 22,80</c>.</summary>
    private bool ReadPorts(string word, bool negated)
    {
        if (word is "udp" or "tcp" or "sctp" or "dccp" or "udplite")
        {
            _module = word;
            return true;
        }
        if (word == "multiport")
        {
            _module = word;
            string option = Take(), list = Take();
            Add(option, list == "!" ? "!" + Take() : list, negated);
            return option is "dports" or "sports" or "ports";
        }
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        string? name = colon < 0 ? null : word[..colon] switch
        {
            "spt" or "spts" => "sport",
            "dpt" or "dpts" => "dport",
            "flags" => "tcp-flags",
            "option" => "tcp-option",
            _ => null,
        };
        if (name is null)
            return false;
        Add(name,
            name.EndsWith("port", StringComparison.Ordinal) ? Port(word[(colon + 1)..]) : word[(colon + 1)..], negated);
        return true;
    }

    private bool ReadNamed(string word, bool negated)
    {
        if (word.Length > 3 && word.StartsWith("MAC", StringComparison.Ordinal)
            && MacAddress.TryParse(word.AsSpan(3), out _))
            return Named("mac", "mac-source", word[3..], negated);   // iptables 1.8.8 leaves the space out
        switch (word)
        {
            case "state" or "ctstate" or "ctstatus" or "ctdir" or "ctproto":
                return Named(word == "state" ? "state" : "conntrack", word, Value(), negated);
            case "PHYSDEV":
                return ReadPhysdev();
            case "MAC":
                return Named("mac", "mac-source", Value(), negated);
            case "match-set":
                return Named("set", "match-set", $"{Take()} {Take()}", negated);
            case "mark" or "connmark" when Next("match"):
                return Named(word, "mark", Value(), negated);
            case "icmptype" or "icmp" or "ipv6-icmptype":
                return Named("icmp", "icmp-type", Code(Value()), negated);
            case "ADDRTYPE" when Next("match"):
                return Named("addrtype", Take(), Value(), negated);
            case "owner" when Next("UID"):
                return Next("match") && Named("owner", "uid-owner", Value(), negated);
            case "limit:":
                return ReadLimit();
            case "source" or "destination" when Next("IP") && Next("range"):
                return Named("iprange", word == "source" ? "src-range" : "dst-range", Value(), negated);
            default:
                return false;
        }
    }

    private bool Named(string module, string option, string value, bool negated)
    {
        _module = module;
        Add(option, value, negated);
        return true;
    }

    /// <summary>The next word, a <c>!</c> before it put in front of it.</summary>
    private string Value() => Take() is var first && first == "!" ? "!" + Take() : first;

    private bool Next(string word)
    {
        bool isThere = _at < _words.Length && _words[_at] == word;
        if (isThere)
            _at++;
        return isThere;
    }

    private string Code(string type) => Next("code") ? $"{type}/{Take()}" : type;

    /// <summary><c>PHYSDEV match ! --physdev-in tap1 --physdev-is-bridged</c>: as iptables-save writes it.</summary>
    private bool ReadPhysdev()
    {
        _module = "physdev";
        Next("match");
        bool negated = false;
        while (_at < _words.Length
            && (_words[_at] == "!" || _words[_at].StartsWith("--physdev-", StringComparison.Ordinal)))
        {
            string word = Take();
            if (word == "!")
            {
                negated = true;
                continue;
            }
            bool isFlag = word.StartsWith("--physdev-is-", StringComparison.Ordinal);
            Add(word[2..], isFlag ? "" : Take(), negated);
            negated = false;
        }
        return true;
    }

    private bool ReadLimit()
    {
        _module = "limit";
        Next("avg");
        Add("limit", Take());
        if (Next("burst"))
            Add("limit-burst", Take());
        return true;
    }

    /// <summary>An address as iptables-save has it: with its length, and nothing where any fits.</summary>
    private static string Address(string word)
    {
        string sign = word.StartsWith('!') ? "!" : "", address = word[sign.Length..];
        if (sign.Length == 0 && address is "0.0.0.0/0" or "anywhere" or "::/0")
            return "";
        address = address == "default" ? "0.0.0.0" : address;
        return sign + address + (Dhcp.DhcpFile.IsIpv4(address) ? "/32" : "");
    }

    /// <summary>A protocol's name; since iptables 1.8.9 <c>-n</c> prints its number (protocols(5)).</summary>
    private static string Protocol(string word)
    {
        string sign = word.StartsWith('!') ? "!" : "";
        return word[sign.Length..] switch
        {
            "all" or "0" => "",
            "1" => sign + "icmp",
            "2" => sign + "igmp",
            "6" => sign + "tcp",
            "17" => sign + "udp",
            "47" => sign + "gre",
            "50" => sign + "esp",
            "51" => sign + "ah",
            "112" => sign + "vrrp",
            "132" => sign + "sctp",
            string other => sign + other,
        };
    }

    /// <summary>Ports by number; the services of this module's own packets by name too, as they stand without <c>-n</c>
    /// (services(5)).</summary>
    private static string Port(string word)
    {
        string sign = word.StartsWith('!') ? "!" : "";
        return sign + string.Join(':', word[sign.Length..].Split(':').Select(name => name switch
        {
            "bootps" => "67",
            "bootpc" => "68",
            "domain" => "53",
            "http" => "80",
            "https" => "443",
            "ssh" => "22",
            "vxlan" => "4789",
            _ => name,
        }));
    }
}
