using System.Globalization;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Reads <c>ovs-appctl fdb/show BRIDGE</c> (ovs-vswitchd(8)):
/// <code>
///  port  VLAN  MAC                Age
///     2     1  fa:16:3e:84:93:f6    0
/// LOCAL     0  16:6e:61:11:1f:40  static
/// </code></summary>
public static class OvsFdbParser
{
    /// <summary>Reads the whole output.</summary>
    public static List<OvsFdbEntry> ParseAll(string text, TextSource source)
    {
        var entries = new List<OvsFdbEntry>();
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line.TrimEnd();
            if (line.IsEmpty || IsHeader(line))
                continue;
            if (TryParse(line, lines.Number, source, out OvsFdbEntry entry))
                entries.Add(entry);
            else
                source.Report(lines.Number, 1, "Not understood", line);
        }
        return entries;
    }

    /// <summary>Reads one entry. It is read from its end: only the port's name may hold spaces.</summary>
    private static bool TryParse(ReadOnlySpan<char> line, int number, TextSource source, out OvsFdbEntry entry)
    {
        entry = new OvsFdbEntry();
        ReadOnlySpan<char> rest = line;
        ReadOnlySpan<char> age = TakeLast(ref rest);
        ReadOnlySpan<char> mac = TakeLast(ref rest);
        ReadOnlySpan<char> vlan = TakeLast(ref rest);
        int seconds = 0;
        if (!IsMac(mac) || !int.TryParse(vlan, NumberStyles.None, CultureInfo.InvariantCulture, out int vlanId)
            || (age is not "static"
                && !int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)))
            return false;
        ReadOnlySpan<char> port = rest.Trim();
        if (port.IsEmpty)
            return false;
        entry = new OvsFdbEntry
        {
            ComputerName = source.ComputerName,
            Command = source.Command,
            LineNumber = number,
            RawText = line.ToString(),
            Bridge = source.Bridge,
            OfPort = port.ToString(),
            Vlan = vlanId,
            Mac = mac.ToString().ToLowerInvariant(),
            AgeSeconds = age is "static" ? null : seconds,
        };
        return true;
    }

    private static ReadOnlySpan<char> TakeLast(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimEnd();
        int space = rest.LastIndexOf(' ');
        ReadOnlySpan<char> last = rest[(space + 1)..];
        rest = rest[..(space + 1)];
        return last;
    }

    private static bool IsHeader(ReadOnlySpan<char> line) =>
        line.TrimStart().StartsWith("port ", StringComparison.OrdinalIgnoreCase) && line.EndsWith("Age");

    private static bool IsMac(ReadOnlySpan<char> text)
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
}
