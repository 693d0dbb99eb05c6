using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>ip netns</c>, as text and with <c>-j</c> (ip-netns(8); iproute2 ip/ipnetns.c):
/// <c>qdhcp-6b71dbb8-e91c-47f0-92c4-47882007115d (id: 1)</c>.</summary>
public static class IpNetnsParser
{
    private const string DhcpPrefix = "qdhcp-";
    private const string IdPrefix = "(id: ";

    /// <summary>All namespaces of a text; never throws, reports what it does not know.</summary>
    public static List<NetworkNamespace> ParseAll(string text, TextSource source)
    {
        if (text.AsSpan().TrimStart() is ['[', ..])
            return ParseJson(text, source);

        List<NetworkNamespace> namespaces = [];
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line.Trim();
            if (!line.IsEmpty)
                ReadLine(line, lines.Number, source, namespaces);
        }
        return namespaces;
    }

    private static void ReadLine(ReadOnlySpan<char> line, int number, TextSource source, List<NetworkNamespace> into)
    {
        var words = new TextWords(line);
        words.Next();
        ReadOnlySpan<char> suffix = words.Rest;
        int? id = null;
        if (!suffix.IsEmpty)
        {
            if (!suffix.StartsWith(IdPrefix, StringComparison.Ordinal) || suffix[^1] != ')'
                || !int.TryParse(suffix[IdPrefix.Length..^1], NumberStyles.None,
                    CultureInfo.InvariantCulture, out int value))
            {
                source.Report(number, words.Column + words.Word.Length + 1, "Unknown field", suffix);
                return;
            }
            id = value;
        }
        into.Add(Create(words.Word.ToString(), id, line.ToString(), number, source));
    }

    private static List<NetworkNamespace> ParseJson(string text, TextSource source) =>
        JsonOutput.ReadAll(text, source, (element, raw, line) =>
        {
            string name = JsonOutput.Text(element, "name");
            return name.Length == 0 ? null : Create(name, JsonOutput.Integer(element, "id"), raw, line, source);
        });

    private static NetworkNamespace Create(string name, int? id, string raw, int line, TextSource source) => new()
    {
        ComputerName = source.ComputerName, Command = source.Command, LineNumber = line, RawText = raw,
        Namespace = name, Id = id, NetworkId = NetworkIdOf(name),
    };

    /// <summary>The network that a namespace of the DHCP agent serves; empty for others.</summary>
    internal static string NetworkIdOf(string name) =>
        name.StartsWith(DhcpPrefix, StringComparison.Ordinal) ? name[DhcpPrefix.Length..] : "";
}
