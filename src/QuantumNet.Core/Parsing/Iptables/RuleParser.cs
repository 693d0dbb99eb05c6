using System.Text;

namespace QuantumNet.Parsing.Iptables;

/// <summary>Reads one rule: <c>[packets:bytes] -A chain [matches] [-j target [its options]]</c>.
/// Holds the rule read last, so that a hundred thousand rules need one parser.</summary>
internal sealed class RuleParser
{
    private IptablesMatch[] _matches = new IptablesMatch[16];
    private int _count;
    private string _module = "";
    private bool _moduleIsBare;

    public string Chain { get; private set; } = "";
    public string Target { get; private set; } = "";
    public bool IsGoto { get; private set; }
    public string TargetOptions { get; private set; } = "";
    public long? PacketCount { get; private set; }
    public long? ByteCount { get; private set; }

    /// <summary>The matches of the rule read last.</summary>
    public IptablesMatch[] TakeMatches() => _matches.AsSpan(0, _count).ToArray();

    /// <summary>Reads a rule; false, and reported, when the line is none.</summary>
    public bool TryParse(ReadOnlySpan<char> line, in RuleContext at)
    {
        Clear();
        if (!TryReadCounters(line, at, out int start))
            return false;

        var words = new RuleWords(line, start);
        bool appends = words.Next() && words.Word is "-A" or "--append";
        if (!appends || !words.Next())
        {
            at.Report(words.Column, "Not a rule", line);
            return false;
        }
        Chain = at.Strings.Get(words.Word);
        ReadOptions(ref words, at);
        EndModule();
        if (words.IsUnterminated)
            at.Report(words.Column, "Quote without end", line[(words.Column - 1)..]);
        return true;
    }

    private void Clear()
    {
        _count = 0;
        _module = Target = TargetOptions = "";
        _moduleIsBare = IsGoto = false;
        PacketCount = ByteCount = null;
    }

    private bool TryReadCounters(ReadOnlySpan<char> line, in RuleContext at, out int start)
    {
        start = 0;
        if (line[0] != '[')
            return true;

        start = line.IndexOf(']') + 1;
        if (!Counters.TryParse(line[..start], out long packets, out long bytes))
        {
            at.Report(1, "Not counters", line);
            return false;
        }
        (PacketCount, ByteCount) = (packets, bytes);
        return true;
    }

    private void ReadOptions(ref RuleWords words, in RuleContext at)
    {
        bool negated = false;
        bool more = words.Next();
        while (more)
        {
            if (words.IsNegation)
                (negated, more) = (true, words.Next());
            else
                (more, negated) = (ReadOption(ref words, negated, at), false);
        }
        if (negated)
            at.Report(words.Column, "Negation of nothing", "!");
    }

    /// <summary>Reads the option at hand with its values; true when the word that follows them was read.</summary>
    private bool ReadOption(ref RuleWords words, bool negated, in RuleContext at)
    {
        if (!words.IsOption)
        {
            at.Report(words.Column, "Unexpected word", words.Word);
            return words.Next();
        }
        if (words.Word is "-m" or "--match")
            return ReadModule(ref words, at);
        if (words.Word is "-j" or "-g" or "--jump" or "--goto")
            return ReadTarget(ref words, at);
        if (words.Word is "-c" or "--set-counters")
            return ReadCountersOption(ref words, at);
        if (OptionNames.BuiltIn(words.Word) is { } name)
            return ReadBuiltIn(ref words, name, negated, at);
        if (words.Word[1] == '-' && words.Word.Length > 2)
            return ReadLongOption(ref words, negated, at);

        at.Report(words.Column, "Unknown option", words.Word);
        return words.Next();
    }

    private bool ReadModule(ref RuleWords words, in RuleContext at)
    {
        EndModule();
        if (!TryReadValue(ref words, "-m", at))
            return false;

        _module = at.Strings.Get(words.Word);
        _moduleIsBare = true;
        return words.Next();
    }

    /// <summary>A module without options still matches: <c>-m udp</c> keeps its place among the matches.</summary>
    private void EndModule()
    {
        if (_moduleIsBare)
            Add(new IptablesMatch { Module = _module });
        _moduleIsBare = false;
    }

    private bool ReadTarget(ref RuleWords words, in RuleContext at)
    {
        bool isGoto = words.Word is "-g" or "--goto";
        if (!TryReadValue(ref words, isGoto ? "-g" : "-j", at))
            return false;

        (Target, IsGoto) = (at.Strings.Get(words.Word), isGoto);
        TargetOptions = at.Strings.Get(words.Rest);
        return false;
    }

    /// <summary><c>-c packets bytes</c>, as <c>iptables -v -S</c> prints counters.</summary>
    private bool ReadCountersOption(ref RuleWords words, in RuleContext at)
    {
        if (words.Next() && Counters.TryParseCount(words.Word, out long packets)
            && words.Next() && Counters.TryParseCount(words.Word, out long bytes))
            (PacketCount, ByteCount) = (packets, bytes);
        else
            at.Report(words.Column, "Not a count", words.Word);
        return words.Next();
    }

    private bool ReadBuiltIn(ref RuleWords words, string name, bool negated, in RuleContext at)
    {
        string value = "";
        if (!OptionNames.IsFlag(name))
        {
            if (!TryReadValue(ref words, name, at))
                return false;
            if (words.IsNegation)                       // before iptables 1.4.3: -s ! 10.0.0.1
            {
                negated = true;
                if (!TryReadValue(ref words, name, at))
                    return false;
            }
            value = at.Strings.Get(words.Word);
        }
        Add(new IptablesMatch { Option = name, Negated = negated, Value = value });
        return words.Next();
    }

    private bool ReadLongOption(ref RuleWords words, bool negated, in RuleContext at)
    {
        string option = at.Strings.Get(OptionNames.Canonical(words.Word[2..]));
        bool more = words.Next();
        if (more && words.IsNegation)
        {
            RuleWords ahead = words;
            if (ahead.Next() && !ahead.IsOption)        // before iptables 1.4.3: --mac-source ! 00:11:..
            {
                words = ahead;
                negated = true;
            }
        }
        string value = "";
        if (more && (!words.IsOption || OptionNames.TakesAnyWord(option)) && !words.IsNegation)
            value = ReadValues(ref words, at, out more);
        Add(new IptablesMatch { Module = _module, Option = option, Negated = negated, Value = value });
        _moduleIsBare = false;
        return more;
    }

    /// <summary>The option's words up to the next option; mostly one, two in <c>--match-set NAME src</c>.</summary>
    private static string ReadValues(ref RuleWords words, in RuleContext at, out bool more)
    {
        string value = at.Strings.Get(words.Word);
        more = words.Next();
        if (!more || words.IsOption || words.IsNegation)
            return value;

        var text = new StringBuilder(value);
        while (more && !words.IsOption && !words.IsNegation)
        {
            text.Append(' ').Append(words.Word);
            more = words.Next();
        }
        return at.Strings.Get(text.ToString());
    }

    private static bool TryReadValue(ref RuleWords words, string option, in RuleContext at)
    {
        int column = words.Column;
        if (words.Next())
            return true;

        at.Report(column, "Option without value", option);
        return false;
    }

    private void Add(IptablesMatch match)
    {
        if (_count == _matches.Length)
            Array.Resize(ref _matches, _count * 2);
        _matches[_count++] = match;
    }
}
