using System.Text.Json;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>bridge fdb show</c>, with <c>-s</c>, <c>-d</c> and <c>-j</c> (bridge(8); iproute2 bridge/fdb.c):
/// <code>
/// fa:16:3e:02:ea:33 dev tapa6f5a96d-ce master qbra6f5a96d-ce
/// fe:16:3e:02:ea:33 dev tapa6f5a96d-ce master qbra6f5a96d-ce permanent
/// 33:33:00:00:00:01 dev tapa6f5a96d-ce self permanent
/// </code>
/// Entries of devices' own tables (<c>self</c>), and those of one VLAN, which a bridge without VLANs does not ask, are
/// left out.</summary>
internal static class BridgeFdbParser
{
    private static readonly string[] s_valued = ["used", "vlan", "dst", "port", "vni", "src_vni", "via", "nhid", "link",
        "link-netnsid", "activity_notify", "state", "offload_failed"];

    /// <summary>All entries of bridges in a text; never throws, reports what it does not know.</summary>
    public static List<LinuxBridgeMac> ParseAll(string text, TextSource source)
    {
        if (text.AsSpan().TrimStart() is ['[', ..])
            return [.. JsonOutput.ReadAll(text, source, (element, raw, line) => Read(element, raw, line, source))
                .Where(entry => entry.Bridge.Length > 0)];
        List<LinuxBridgeMac> entries = [];
        var lines = new TextLines(text);
        while (lines.Next())
        {
            if (lines.Line.Trim().IsEmpty)
                continue;
            if (Read(lines.Line.TrimEnd(), lines.Number, source) is not { } entry)
                source.Report(lines.Number, 1, "Not an entry of a MAC table", lines.Line);
            else if (entry.Bridge.Length > 0)
                entries.Add(entry);
        }
        return entries;
    }

    private static LinuxBridgeMac? Read(ReadOnlySpan<char> line, int number, TextSource source)
    {
        var words = new TextWords(line);
        if (!words.Next() || !LinkHeader.IsMac(words.Word))
            return null;
        var entry = new LinuxBridgeMac
        {
            ComputerName = source.ComputerName, Command = source.Command, LineNumber = number,
            RawText = line.ToString(), Mac = words.Word.ToString().ToLowerInvariant(),
        };
        bool isOfVlan = false;
        while (words.Next())
        {
            string word = words.Word.ToString();
            isOfVlan |= word is "vlan" or "VLAN";
            if (word is "dev" && words.Next())
                entry = entry with { Device = words.Word.ToString() };
            else if (word is "master" && words.Next())
                entry = entry with { Bridge = words.Word.ToString() };
            else if (Array.IndexOf(s_valued, word) >= 0)
                words.Next();
            else
                entry = With(entry, word);
        }
        return entry.Device.Length == 0 ? null : isOfVlan ? entry with { Bridge = "" } : entry;
    }

    private static LinuxBridgeMac With(LinuxBridgeMac entry, string word) => word switch
    {
        "permanent" => entry with { IsLocal = true },
        "static" => entry with { IsStatic = true },
        "sticky" => entry with { IsSticky = true },
        _ => entry,
    };

    private static LinuxBridgeMac? Read(JsonElement element, string raw, int line, TextSource source)
    {
        string mac = JsonOutput.Text(element, "mac"), device = JsonOutput.Text(element, "ifname");
        if (mac.Length == 0 || device.Length == 0)
            return null;
        var entry = new LinuxBridgeMac
        {
            ComputerName = source.ComputerName, Command = source.Command, LineNumber = line, RawText = raw,
            Mac = mac.ToLowerInvariant(), Device = device,
            Bridge = element.TryGetProperty("vlan", out _) ? "" : JsonOutput.Text(element, "master"),
        };
        entry = With(entry, JsonOutput.Text(element, "state"));
        if (!JsonOutput.TryGet(element, "flags", JsonValueKind.Array, out JsonElement flags))
            return entry;
        foreach (JsonElement flag in flags.EnumerateArray())
            entry = flag.ValueKind == JsonValueKind.String ? With(entry, flag.GetString()!) : entry;
        return entry;
    }
}
