using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>ip link</c>, with <c>-s</c> and <c>-d</c>, and <c>ip address</c>, of iproute2 from 2012 to today
/// with <c>-o</c> and <c>-br</c> too (ip-link(8); iproute2 ip/ipaddress.c):
/// <c>15: qvb1@qvo1: &lt;BROADCAST,UP&gt; mtu 1500 qdisc noqueue master qbr1 state UP</c> and the indented lines after
/// it. A record's text is its first line.</summary>
public static class IpLinkParser
{
    /// <summary>All devices of a text; never throws, reports what it does not know.</summary>
    public static List<NodeLink> ParseAll(string text, TextSource source)
    {
        var reader = new Reader(source);
        var lines = new TextLines(text);
        while (lines.Next())
        {
            // -o puts what are lines else into one, a backslash before each.
            ReadOnlySpan<char> rest = lines.Line;
            for (int end = rest.IndexOf('\\'); end >= 0; end = rest.IndexOf('\\'))
            {
                reader.Read(rest[..end], lines.Number);
                rest = rest[(end + 1)..];
            }
            reader.Read(rest, lines.Number);
        }
        return reader.Links();
    }

    private sealed class Reader(TextSource source)
    {
        private readonly List<NodeLink> _links = [];
        private readonly LinkCounterColumns _columns = new(source);
        private LinkDraft? _draft;
        private int _linkLine;

        public List<NodeLink> Links()
        {
            _columns.End();
            if (_draft != null)
                _links.Add(_draft.ToRecord(source));
            return _links;
        }

        public void Read(ReadOnlySpan<char> line, int number)
        {
            if (line.Trim().IsEmpty)
                return;

            if (!char.IsWhiteSpace(line[0]))
                ReadHeader(line, number);
            else if (_draft == null)
                source.Report(number, 1, "Unknown line", line);
            else if (!_columns.ReadNumbers(line, number, _draft))
                ReadDetail(_draft, line, number);
        }

        private void ReadHeader(ReadOnlySpan<char> line, int number)
        {
            if (IpBriefLine.TryAddress(line, number, out LinkDraft address))
            {
                TakeAddress(address);
                return;
            }
            Links();
            _draft = null;
            if (LinkHeader.TryRead(line, number, source, out LinkDraft draft)
                || IpBriefLine.TryBrief(line, number, out draft))
                _draft = draft;
            else
                source.Report(number, 1, "Not a device", line);
        }

        /// <summary>With <c>-o</c> each address of a device stands in a line of its own.</summary>
        private void TakeAddress(LinkDraft told)
        {
            if (_draft is not null && _draft.Index == told.Index && _draft.Device == told.Device)
            {
                _draft.Addresses.AddRange(told.Addresses);
                return;
            }
            Links();
            _draft = told;
        }

        private void ReadDetail(LinkDraft draft, ReadOnlySpan<char> line, int number)
        {
            var words = new TextWords(line);
            words.Next();
            switch (words.Word)
            {
                case "inet" or "inet6":
                    ReadAddress(draft, words, number);
                    break;
                case "RX:" or "TX:":
                    _columns.Begin(words, number);
                    break;
                case "RX" or "TX":                          // -s -s: kinds of errors
                    _columns.BeginIgnored();
                    break;
                default:
                    if (words.Word.StartsWith("link/", StringComparison.Ordinal))
                        ReadLinkLine(draft, words, number);
                    else if (!IsNoise(words.Word) && !IsKind(draft, words, number))
                        source.Report(number, words.Column, "Unknown field", line);
                    break;
            }
        }

        private static bool IsNoise(ReadOnlySpan<char> word) => word is
            "alias" or "altname" or "valid_lft" or "vf" or "prog/xdp" or "ingress-qos-map" or "egress-qos-map"
            or "link-netnsid" or "token" or "permaddr" or "promiscuity";

        private void ReadLinkLine(LinkDraft draft, TextWords words, int number)
        {
            _linkLine = number;
            if (!words.Next())
                return;                                     // link/none
            if (LinkHeader.IsMac(words.Word))
                draft.Mac = words.Word.ToString().ToLowerInvariant();
            do
            {
                if (words.Word is "link-netnsid" && words.Next())
                    draft.PeerNamespaceId = ReadPeerId(words, number);
                else if (words.Word is "link-netns" && words.Next())
                    draft.PeerNamespace = words.Word.ToString();
            }
            while (words.Next());
        }

        private int ReadPeerId(in TextWords words, int number)
        {
            if (int.TryParse(words.Word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id))
                return id;
            if (words.Word is not "unknown")
                source.Report(number, words.Column, "Not a number", words.Word);
            return -1;
        }

        /// <summary>With <c>-d</c> the driver's kind stands alone on the line after <c>link/</c>,
        /// its master's kind after it.</summary>
        private bool IsKind(LinkDraft draft, in TextWords words, int number)
        {
            foreach (char c in words.Word)
            {
                if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_')
                    return false;
            }
            if (words.Word.EndsWith("_slave", StringComparison.Ordinal))
            {
                if (words.Word is "bridge_slave" && Setting(words, "learning") is { Length: > 0 } learning)
                    draft.IsLearning = learning == "on";
                return true;
            }
            if (number - _linkLine is not (0 or 1) || draft.Kind.Length > 0)   // 0 with -o
                return false;

            draft.Kind = words.Word.ToString();
            if (draft.Kind == "bridge" && int.TryParse(Setting(words, "ageing_time"), NumberStyles.None,
                CultureInfo.InvariantCulture, out int ageing))
                draft.AgeingTime = ageing;
            return true;
        }

        /// <summary>What follows a setting's name in a line; empty where it is not there.</summary>
        private static string Setting(TextWords words, string name)
        {
            while (words.Next())
            {
                if (words.Word.SequenceEqual(name))
                    return words.Next() ? words.Word.ToString() : "";
            }
            return "";
        }

        private void ReadAddress(LinkDraft draft, TextWords words, int number)
        {
            if (!words.Next())
            {
                source.Report(number, words.Column, "Address missing", "inet");
                return;
            }
            draft.Addresses.Add(IpAddressWords.Read(ref words));
        }
    }
}
