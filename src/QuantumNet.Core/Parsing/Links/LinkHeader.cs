using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>The first line of a device: <c>12: tap1: &lt;BROADCAST,UP&gt; mtu 1500 qdisc pfifo_fast master qbr1 state
/// UNKNOWN qlen 500</c>.</summary>
internal static class LinkHeader
{
    /// <summary>Reads it; false when the line is none.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, int number, TextSource source, out LinkDraft draft)
    {
        draft = new LinkDraft();
        int open = line.IndexOf('<');
        int close = line.IndexOf('>');
        int colon = line.IndexOf(':');
        if (colon < 1 || open < colon || close < open
            || !int.TryParse(line[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return false;

        ReadOnlySpan<char> name = line[(colon + 1)..open].Trim();
        if (name.Length < 2 || name[^1] != ':')
            return false;

        SplitName(name[..^1], out string device, out string parent);
        draft = new LinkDraft
        {
            Line = number, Text = line.TrimEnd().ToString(), Index = index, Device = device, Parent = parent,
            Flags = ReadFlags(line[(open + 1)..close]),
        };
        ReadPairs(line, close + 1, number, source, draft);
        return true;
    }

    /// <summary>Splits <c>name@peer</c>.</summary>
    public static void SplitName(ReadOnlySpan<char> name, out string device, out string parent)
    {
        int at = name.IndexOf('@');
        device = (at < 0 ? name : name[..at]).ToString();
        parent = at < 0 ? "" : name[(at + 1)..].ToString();
        if (parent == "NONE")
            parent = "";
    }

    /// <summary>Whether a text is a MAC address.</summary>
    public static bool IsMac(ReadOnlySpan<char> text)
    {
        if (text.Length != 17)
            return false;
        for (int i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2 ? text[i] != ':' : !char.IsAsciiHexDigit(text[i]))
                return false;
        }
        return true;
    }

    private static string[] ReadFlags(ReadOnlySpan<char> text) =>
        text.IsEmpty ? [] : text.ToString().Split(',');

    private static void ReadPairs(ReadOnlySpan<char> line, int start, int number, TextSource source, LinkDraft draft)
    {
        var words = new TextWords(line[start..]);
        while (words.Next())
        {
            ReadOnlySpan<char> name = words.Word;
            if (name is not ("mtu" or "master" or "state"))
                continue;
            if (!words.Next())
                source.Report(number, start + words.Column, "Value missing", name);
            else if (name is "master")
                draft.Master = words.Word.ToString();
            else if (name is "state")
                draft.OperState = words.Word.ToString();
            else if (int.TryParse(words.Word, NumberStyles.None, CultureInfo.InvariantCulture, out int mtu))
                draft.Mtu = mtu;
            else
                source.Report(number, start + words.Column, "Not a number", words.Word);
        }
    }
}
