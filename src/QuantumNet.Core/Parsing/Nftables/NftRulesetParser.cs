using System.Globalization;
using System.Text;

namespace QuantumNet.Parsing.Nftables;

/// <summary>Reads <c>nft list ruleset</c>, <c>nft list table</c>, <c>nft list chains</c> and <c>nft list tables</c>,
/// with handles (<c>-a</c>) or without, whose blocks are those that <c>nft -f</c> takes (nft(8); nftables/src/rule.c):
/// <c>table inet filter {</c>, <c>chain input {</c>, <c>type filter hook input priority filter; policy drop;</c>,
/// <c>udp dport 4789 counter packets 0 bytes 0 accept</c>.</summary>
internal static class NftRulesetParser
{
    private static readonly Dictionary<string, int> s_priorities = new()
    {
        ["raw"] = -300, ["mangle"] = -150, ["dstnat"] = -100, ["filter"] = 0, ["security"] = 50, ["srcnat"] = 100,
        ["out"] = 100,
    };

    /// <summary>All tables of a text; never throws, reports what it does not know.</summary>
    /// <param name="text">What nft printed.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="showsRules">False for <c>list chains</c> and <c>list tables</c>, which leave rules out.</param>
    public static List<NftTable> ParseAll(string text, TextSource source, bool showsRules) =>
        new Reader(source, showsRules).Read(text);

    private sealed class Reader(TextSource source, bool showsRules)
    {
        private readonly List<NftTable> _tables = [];
        private NftTable? _table;
        private NftChain? _chain;
        private NftSet? _set;
        private int _skipped;
        private readonly StringBuilder _open = new();
        private int _openLine, _openDepth;

        public List<NftTable> Read(string text)
        {
            var lines = new TextLines(text);
            while (lines.Next())
            {
                ReadOnlySpan<char> line = lines.Line.Trim();
                if (!line.IsEmpty && line[0] != '#')
                    Join(line, lines.Number);
            }
            if (_open.Length > 0)
                source.Report(_openLine, 1, "Truncated", _open.ToString());
            return _tables;
        }

        // A set's elements, or a rule's, may go over several lines.
        private void Join(ReadOnlySpan<char> line, int number)
        {
            bool isInBlock = _open.Length > 0 || _set is not null || _chain is not null;
            if (!isInBlock || (_open.Length == 0 && NftWords.Depth(line) <= 0))
            {
                Line(line, number);
                return;
            }
            _openLine = _open.Length == 0 ? number : _openLine;
            _open.Append(_open.Length == 0 ? "" : " ").Append(line);
            _openDepth += NftWords.Depth(line);
            if (_openDepth > 0)
                return;
            _openDepth = 0;
            string whole = _open.ToString();
            _open.Clear();
            Line(whole, _openLine);
        }

        private void Line(ReadOnlySpan<char> line, int number)
        {
            if (_skipped > 0)
                _skipped += NftWords.Depth(line);
            else if (line[0] == '}')
                Close();
            else if (_chain is not null)
                InChain(_chain, line, number);
            else if (_set is not null)
                InSet(_set, line);
            else if (_table is not null)
                InTable(_table, line, number);
            else
                Open(line, number);
        }

        private void Close()
        {
            if (_chain is not null)
                _chain = null;
            else if (_set is not null)
                _set = null;
            else
                _table = null;
        }

        private void Open(ReadOnlySpan<char> line, int number)
        {
            List<string> words = NftWords.Of(line);
            if (words is not ["table", var family, var name, ..])
            {
                source.Report(number, 1, "Unknown line", line);
                return;
            }
            bool isBlock = line.IndexOf('{') > 0;
            NftTable table = new()
            {
                ComputerName = source.ComputerName, Command = source.Command, LineNumber = number,
                RawText = line.ToString(), Family = family, Name = name.TrimEnd('{'), IsListed = showsRules && isBlock,
            };
            _tables.Add(table);
            _table = isBlock && NftWords.Depth(line) > 0 ? table : null;
        }

        private void InTable(NftTable table, ReadOnlySpan<char> line, int number)
        {
            List<string> words = NftWords.Of(line);
            bool opens = NftWords.Depth(line) > 0;
            if (words is ["chain", var chain, ..] && opens)
                table.Chains.Add(_chain = Stamp(new NftChain { Name = chain }, line, number));
            else if (words is ["set" or "map", var set, ..] && opens)
                table.Sets.Add(_set = Stamp(new NftSet { Name = set }, line, number));
            else if (words is ["flags", ..])
                table.IsDormant = line.Contains("dormant", StringComparison.Ordinal);
            else if (opens)
                _skipped = NftWords.Depth(line);        // flowtables, counters, helpers: nothing that decides
        }

        private void InSet(NftSet set, ReadOnlySpan<char> line)
        {
            int equals = line.StartsWith("elements") ? line.IndexOf('=') : -1;
            if (equals > 0)
                set.Elements.AddRange(NftWords.Elements(line[(equals + 1)..].ToString()));
        }

        private void InChain(NftChain chain, ReadOnlySpan<char> line, int number)
        {
            List<string> words = NftWords.Of(line);
            if (words is ["type", _, "hook", ..])
                _table!.Chains[^1] = _chain = Hooked(chain, words, line, number);
            else if (words.Count > 0 && words[0] is not ("policy" or "comment" or "flags"))
                chain.Rules.Add(Stamp(new NftRule { Words = [.. words] }, line, number));
        }

        private static NftChain Hooked(NftChain chain, List<string> words, ReadOnlySpan<char> line, int number)
        {
            int device = words.FindIndex(word => word is "device" or "devices"), policy = words.IndexOf("policy");
            string devices = device < 0 ? "" : words.Skip(device + 1).FirstOrDefault(word => word != "=") ?? "";
            return chain with
            {
                LineNumber = number,
                RawText = line.ToString(),
                Type = words[1],
                Hook = words.Count > 3 ? words[3] : "",
                Priority = PriorityOf(words),
                Devices = [.. NftWords.Elements(devices).Select(name => name.Trim('"'))],
                DropsByPolicy = policy >= 0 && policy + 1 < words.Count && words[policy + 1] == "drop",
            };
        }

        // filter; filter + 10; -150
        private static int PriorityOf(List<string> words)
        {
            int at = words.IndexOf("priority") + 1;
            if (at == 0 || at >= words.Count)
                return 0;
            int priority = s_priorities.TryGetValue(words[at], out int named) ? named : Number(words[at]);
            bool isMoved = at + 2 < words.Count && words[at + 1] is "+" or "-";
            return !isMoved ? priority : words[at + 1] == "+" ? priority + Number(words[at + 2])
                : priority - Number(words[at + 2]);
        }

        private static int Number(string word) =>
            int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                ? number : 0;

        private T Stamp<T>(T record, ReadOnlySpan<char> line, int number) where T : NodeRecord => record with
        {
            ComputerName = source.ComputerName, Command = source.Command, LineNumber = number,
            RawText = line.ToString(),
        };
    }
}
