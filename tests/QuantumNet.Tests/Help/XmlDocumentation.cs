using System.Text;
using System.Xml;

namespace QuantumNet.Tests.Help;

/// <summary>The summaries of the module's XML documentation, which lies beside its assembly.</summary>
internal static class XmlDocumentation
{
    /// <summary>Summaries by member (<c>T:QuantumNet.Commands.GetOvsFlowCommand</c>) of cmdlets and their bases;
    /// empty when the file is missing.</summary>
    public static Dictionary<string, string> Read()
    {
        var summaries = new Dictionary<string, string>(StringComparer.Ordinal);
        string path = Path.Combine(AppContext.BaseDirectory, "QuantumNet.xml");
        if (!File.Exists(path))
            return summaries;
        using var reader = XmlReader.Create(path,
            new XmlReaderSettings { IgnoreWhitespace = false, DtdProcessing = DtdProcessing.Prohibit });
        string member = "";
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.Name == "member")
                member = reader.GetAttribute("name") ?? "";
            else if (reader.Name == "summary" && IsWanted(member))
                summaries[member] = ReadText(reader);
        }
        return summaries;
    }

    private static bool IsWanted(string member) => member.StartsWith("T:QuantumNet.Commands.", StringComparison.Ordinal)
        || member.StartsWith("P:QuantumNet.Commands.", StringComparison.Ordinal)
        || member.StartsWith("P:QuantumNet.Pipeline.", StringComparison.Ordinal);

    /// <summary>Text up to the end of the summary; a reference gives its last name.</summary>
    private static string ReadText(XmlReader reader)
    {
        var text = new StringBuilder();
        int depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace
                or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
                text.Append(reader.Value);
            else if (reader.NodeType == XmlNodeType.Element && reader.GetAttribute("cref") is { } reference)
                text.Append(reference[(reference.LastIndexOf('.') + 1)..]);
        }
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
