using System.Globalization;

namespace QuantumNet.Parsing.Iptables;

/// <summary>Reads <c>iptables -L</c> with any of <c>-n -v -x --line-numbers</c>, of the legacy tool and of the nft one
/// (iptables(8); iptables/iptables.c print_rule_details(), and the print functions of extensions/),
/// into what <c>iptables-save</c> would tell:
/// <code>
/// Chain FORWARD (policy DROP 12 packets, 3456 bytes)
/// num      pkts      bytes target     prot opt in     out     source               destination
/// 1 7 2394 DROP udp -- * * 0.0.0.0/0 0.0.0.0/0 udp spt:67 dpt:68
/// </code>
/// Without <c>-v</c> the interfaces are not printed: that is reported, since such a rule may match less
/// than it seems to.</summary>
public static class IptablesListParser
{
    /// <summary>Whether a text is a listing: it begins with a chain's head.</summary>
    public static bool IsList(string text)
    {
        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        return (start.StartsWith("Chain ") && start.Contains('(')) || start.StartsWith("Table: ")
            || start.StartsWith("num ") || start.StartsWith("pkts ");
    }

    /// <summary>All chains and rules of a text; never throws, reports what it does not know.</summary>
    public static IptablesSave ParseAll(string text, TextSource source) => new Reader(source).Read(text);

    private sealed class Reader(TextSource source)
    {
        private readonly IptablesSave _save = new([], []);
        private readonly ListedMatches _matches = new(source);
        private string _table = RuleTables.Of(source.Command) is { Length: > 0 } table ? table : "filter";
        private string _chain = "";
        private int _number;
        private bool _hasNumbers, _hasCounters, _saysHidden;

        public IptablesSave Read(string text)
        {
            var lines = new TextLines(text);
            while (lines.Next())
            {
                ReadOnlySpan<char> line = lines.Line.TrimEnd();
                if (line.IsEmpty)
                    continue;
                if (line.StartsWith("Chain "))
                    ReadChain(line, lines.Number);
                else if (line.StartsWith("Table: "))
                    _table = line["Table: ".Length..].Trim().ToString();
                else if (IsHeader(line))
                    ReadHeader(line, lines.Number);
                else if (line.StartsWith("# Warning:"))
                    source.Report(lines.Number, 1, "Rules not shown", line);
                else
                    ReadRule(line, lines.Number);
            }
            return _save;
        }

        private static bool IsHeader(ReadOnlySpan<char> line) => line.Contains("target ", StringComparison.Ordinal)
            && line.Contains("prot ", StringComparison.Ordinal) && line.EndsWith("destination");

        private void ReadHeader(ReadOnlySpan<char> line, int number)
        {
            _hasNumbers = line.TrimStart().StartsWith("num");
            _hasCounters = line.Contains("pkts", StringComparison.Ordinal);
            if (!_hasCounters && !_saysHidden)
                source.Report(number, 1, "Interfaces not shown: listed without -v", line);
            _saysHidden |= !_hasCounters;
        }

        private void ReadChain(ReadOnlySpan<char> line, int number)
        {
            var words = new TextWords(line["Chain ".Length..]);
            words.Next();
            _chain = words.Word.ToString();
            _number = 0;
            ReadOnlySpan<char> rest = words.Rest;
            if (rest is not ['(', .., ')'])
            {
                source.Report(number, 1, "Not a chain", line);
                return;
            }
            var about = new TextWords(rest[1..^1]);
            about.Next();
            string policy = "-";
            long packets = 0, bytes = 0;
            if (about.Word is "policy" && about.Next())
            {
                policy = about.Word.ToString();
                if (about.Next()
                    && !(TryCount(about.Word, out packets) && about.Skip(2) && TryCount(about.Word, out bytes)))
                    source.Report(number, 1, "Not counters", line);
            }
            _save.Chains.Add(new IptablesChain
            {
                ComputerName = source.ComputerName, Command = source.Command, Namespace = source.Namespace,
                LineNumber = number, RawText = line.ToString(),
                Table = _table, Chain = _chain, Policy = policy, PacketCount = packets, ByteCount = bytes,
            });
        }

        private void ReadRule(ReadOnlySpan<char> line, int number)
        {
            string[] words = line.ToString().Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            int at = 0, listed = 0;
            long packets = 0, bytes = 0;
            bool fine = _chain.Length > 0
                && (!_hasNumbers || (at < words.Length
                    && int.TryParse(words[at++], NumberStyles.None, CultureInfo.InvariantCulture, out listed)))
                && (!_hasCounters || (at + 1 < words.Length && TryCount(words[at++], out packets)
                    && TryCount(words[at++], out bytes)));
            string target = fine && !IsFragment(words, at + 1) && IsFragment(words, at + 2) ? words[at++] : "";
            if (!fine || !IsFragment(words, at + 1) || words.Length < at + (_hasCounters ? 6 : 4))
            {
                source.Report(number, 1, "Not a rule", line);
                return;
            }
            _number = _hasNumbers ? listed : _number + 1;
            _matches.Read(words, at, _hasCounters, target, number);
            _save.Rules.Add(new IptablesRule
            {
                ComputerName = source.ComputerName, Command = source.Command, Namespace = source.Namespace,
                LineNumber = number, RawText = line.Trim().ToString(),
                Table = _table, Chain = _chain, RuleNumber = _number, Matches = [.. _matches.Found], Target = target,
                IsGoto = _matches.IsGoto,
                TargetOptions = _matches.TargetOptions, PacketCount = _hasCounters ? packets : null,
                ByteCount = _hasCounters ? bytes : null,
            });
        }

        /// <summary>The column <c>opt</c>: fragments, and the only one whose words cannot be another's.</summary>
        private static bool IsFragment(string[] words, int at) =>
            at < words.Length && words[at] is "--" or "-f" or "!f";

        /// <summary>A count; without <c>-x</c> big ones are cut to thousands (K), millions (M),
        /// milliards (G) or more (T).</summary>
        private static bool TryCount(ReadOnlySpan<char> text, out long count)
        {
            count = 0;
            long unit = text is [.., var last]
                ? last switch { 'K' => 1000L, 'M' => 1000_000L, 'G' => 1000_000_000L, 'T' => 1000_000_000_000L, _ => 1 }
                : 1;
            if (!long.TryParse(unit > 1 ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                || count > long.MaxValue / unit)
                return false;
            count *= unit;
            return true;
        }
    }
}
