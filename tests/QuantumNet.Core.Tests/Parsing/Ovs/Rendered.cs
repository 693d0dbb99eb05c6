using System.Globalization;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

/// <summary>Prints a flow again from its typed parts alone, as Open vSwitch would.</summary>
internal static class Rendered
{
    /// <summary>The line: the statistics of <paramref name="line"/> that no property keeps are taken from it.</summary>
    public static string Like(string line, OvsFlow flow)
    {
        string[] actions = [.. flow.ActionList.Select(action => action.RawText)];
        string match = string.Join(',', flow.MatchFields.Select(Field));
        if (flow.Priority != 32768 || line.Contains("priority=32768", StringComparison.Ordinal))
            match = match.Length == 0 ? $"priority={flow.Priority}" : $"priority={flow.Priority},{match}";
        string tail = $"{match}{(match.Length == 0 ? "" : " ")}actions={string.Join(',', actions)}";
        return Head(line, flow) + tail;
    }

    private static string Head(string line, OvsFlow flow)
    {
        string head = line.StartsWith(' ') ? " " : "";
        head += Has(line, "cookie=") ? $"cookie=0x{flow.Cookie:x}, " : "";
        head += Has(line, "duration=")
            ? string.Create(CultureInfo.InvariantCulture, $"duration={Seconds(line, flow)}s, ") : "";
        head += Has(line, "table=") ? $"table={flow.Table}, " : "";
        head += Has(line, "n_packets=") ? $"n_packets={flow.PacketCount}, n_bytes={flow.ByteCount}, " : "";
        head += flow.IdleTimeoutSeconds > 0 ? $"idle_timeout={flow.IdleTimeoutSeconds}, " : "";
        head += flow.HardTimeoutSeconds > 0 ? $"hard_timeout={flow.HardTimeoutSeconds}, " : "";
        foreach (string flag in new[] { "send_flow_rem ", "check_overlap ", "reset_counts ",
            "no_packet_counts ", "no_byte_counts " })
            head += Has(line, flag) ? flag : "";
        head += Kept(line, "importance=");
        head += flow.IdleAgeSeconds is long age ? $"idle_age={age}, " : "";
        return head + Kept(line, "hard_age=");
    }

    private static bool Has(string line, string word) =>
        line.AsSpan(0, line.IndexOf("actions=", StringComparison.Ordinal)).Contains(word, StringComparison.Ordinal);

    private static string Kept(string line, string word)
    {
        int at = line.IndexOf(word, StringComparison.Ordinal);
        return at < 0 || at > line.IndexOf("actions=", StringComparison.Ordinal) ? ""
            : line[at..(line.IndexOf(", ", at, StringComparison.Ordinal) + 2)];
    }

    private static string Seconds(string line, OvsFlow flow)
    {
        int at = line.IndexOf("duration=", StringComparison.Ordinal) + "duration=".Length;
        string printed = line[at..line.IndexOf('s', at)];
        int digits = printed.Contains('.', StringComparison.Ordinal)
            ? printed.Length - printed.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return flow.DurationSeconds.ToString("F" + digits, CultureInfo.InvariantCulture);
    }

    private static string Field(OvsMatchField field) =>
        field.Name is "in_port" or "actset_output"
            && field.Value.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '_')
            ? $"{field.Name}=\"{field.Value}\""
            : field.ToString();
}
