namespace QuantumNet.Parsing.Iptables;

/// <summary>What one <c>iptables-save</c> holds.</summary>
/// <param name="Chains">Its chains, in order.</param>
/// <param name="Rules">Its rules, in order.</param>
public sealed record IptablesSave(List<IptablesChain> Chains, List<IptablesRule> Rules);

/// <summary>Reads <c>iptables-save</c> and <c>iptables-save -c</c>, of the legacy tool and of the nft one
/// (iptables-save(8); iptables/iptables-save.c, iptables/nft.c), and <c>iptables -S</c>, whose table the command tells:
/// <c>[4:1312] -A chain -s 0.0.0.0/32 -p udp -m udp --sport 68 --dport 67 -j RETURN</c>.</summary>
public static class IptablesSaveParser
{
    /// <summary>All chains and rules of a text; never throws, reports what it does not know.</summary>
    public static IptablesSave ParseAll(string text, TextSource source) => new Reader(source).Read(text);

    private sealed class Reader(TextSource source)
    {
        private readonly IptablesSave _save = new([], []);
        private readonly StringPool _strings = new();
        private readonly Dictionary<string, int> _counts = [];
        private readonly RuleParser _rules = new();
        private string _table = "";
        private int _tableLine;
        private string _chain = "";
        private int _number;
        private bool _isImplied;
        public IptablesSave Read(string text)
        {
            if (!HasTableLine(text) && RuleTables.Of(source.Command) is { Length: > 0 } table)
                (_table, _isImplied) = (table, true);
            var lines = new TextLines(text);
            while (lines.Next())
                ReadLine(lines.Line.Trim(), lines.Number);
            Close();
            return _save;
        }

        private void ReadLine(ReadOnlySpan<char> line, int number)
        {
            if (line.IsEmpty)
                return;

            switch (line[0])
            {
                case '-' when line.StartsWith("-P ") || line.StartsWith("-N "):
                    ReadDeclared(line, number);
                    break;
                case '-' or '[':
                    ReadRule(line, number);
                    break;
                case ':':
                    ReadChain(line, number);
                    break;
                case '*':
                    Open(line, number);
                    break;
                case '#':
                    ReadComment(line, number);
                    break;
                default:
                    if (line is "COMMIT" && _tableLine > 0)
                        _tableLine = 0;
                    else
                        source.Report(number, 1, "Unknown line", line);
                    break;
            }
        }

        /// <summary>iptables-nft tells in comments of rules that it cannot show:
        /// those are evidence that is missing.</summary>
        private void ReadComment(ReadOnlySpan<char> line, int number)
        {
            if (line.StartsWith("# Table `", StringComparison.Ordinal)
                || line.StartsWith("# Warning:", StringComparison.Ordinal))
                source.Report(number, 1, "Rules not shown", line);
        }

        private void Open(ReadOnlySpan<char> line, int number)
        {
            Close();
            _table = _strings.Get(line[1..].Trim());
            _tableLine = number;
            _chain = "";
            _counts.Clear();
            if (_table.Length == 0)
                source.Report(number, 1, "Table without a name", line);
        }

        private void Close()
        {
            if (_tableLine > 0)
                source.Report(_tableLine, 1, "Truncated: table without COMMIT", "*" + _table);
            _tableLine = 0;
        }

        private void ReadChain(ReadOnlySpan<char> line, int number)
        {
            if (IsOutside(line, number))
                return;

            var words = new TextWords(line[1..]);
            words.Next();
            string chain = _strings.Get(words.Word);
            words.Next();
            string policy = _strings.Get(words.Word);
            long packets = 0, bytes = 0;
            bool hasCounters = words.Next();
            if (chain.Length == 0 || policy.Length == 0 || words.Rest.Length > 0
                || (hasCounters && !Counters.TryParse(words.Word, out packets, out bytes)))
            {
                source.Report(number, words.Column + 1, "Not a chain", line);
                return;
            }
            _save.Chains.Add(new IptablesChain
            {
                ComputerName = source.ComputerName, Command = source.Command, Namespace = source.Namespace,
                LineNumber = number, RawText = line.ToString(),
                Table = _table, Chain = chain, Policy = policy, PacketCount = packets, ByteCount = bytes,
            });
        }

        private static bool HasTableLine(string text) =>
            text.StartsWith('*') || text.Contains("\n*", StringComparison.Ordinal);

        /// <summary><c>-P INPUT DROP -c 12 3456</c> and <c>-N chain</c>, as <c>iptables -S</c>
        /// declares chains.</summary>
        private void ReadDeclared(ReadOnlySpan<char> line, int number)
        {
            if (IsOutside(line, number))
                return;
            var words = new TextWords(line);
            bool hasPolicy = words.Next() && words.Word is "-P";
            string chain = words.Next() ? _strings.Get(words.Word) : "";
            string policy = !hasPolicy ? "-" : words.Next() ? _strings.Get(words.Word) : "";
            long packets = 0, bytes = 0;
            bool fine = chain.Length > 0 && policy.Length > 0;
            if (words.Next())
                fine &= words.Word is "-c" && words.Next() && Counters.TryParseCount(words.Word, out packets)
                    && words.Next() && Counters.TryParseCount(words.Word, out bytes);
            if (!fine)
            {
                source.Report(number, words.Column, "Not a chain", line);
                return;
            }
            _save.Chains.Add(new IptablesChain
            {
                ComputerName = source.ComputerName, Command = source.Command, Namespace = source.Namespace,
                LineNumber = number, RawText = line.ToString(),
                Table = _table, Chain = chain, Policy = policy, PacketCount = packets, ByteCount = bytes,
            });
        }

        private void ReadRule(ReadOnlySpan<char> line, int number)
        {
            if (IsOutside(line, number))
                return;

            var at = new RuleContext(source, _strings, number);
            if (!_rules.TryParse(line, at))
                return;

            CountRule(_rules.Chain);
            _save.Rules.Add(new IptablesRule
            {
                ComputerName = source.ComputerName, Command = source.Command, Namespace = source.Namespace,
                LineNumber = number, RawText = line.ToString(),
                Table = _table, Chain = _chain, RuleNumber = _number,
                Matches = _rules.TakeMatches(), Target = _rules.Target, IsGoto = _rules.IsGoto,
                TargetOptions = _rules.TargetOptions, PacketCount = _rules.PacketCount, ByteCount = _rules.ByteCount,
            });
        }

        /// <summary>A chain's rules stand together, so its number is looked up once per chain, not per rule.</summary>
        private void CountRule(string chain)
        {
            if (!ReferenceEquals(chain, _chain))
            {
                _counts[_chain] = _number;
                _number = _counts.GetValueOrDefault(chain);
                _chain = chain;
            }
            _number++;
        }

        private bool IsOutside(ReadOnlySpan<char> line, int number)
        {
            bool isOutside = _tableLine == 0 && !_isImplied;
            if (isOutside)
                source.Report(number, 1, "Outside a table", line);
            return isOutside;
        }
    }
}
