using System.Text;
using System.Text.Json;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Writes values of OVSDB's JSON (RFC 7047 section 5.1) as <c>ovs-vsctl list</c> prints them (ovs-vsctl(8),
/// Database Values; lib/ovsdb-data.c): <c>[1, 2]</c>, <c>{iface-id="69c3...", iface-status=active}</c>,
/// a text in quotes unless it is one plain word.</summary>
internal static class OvsdbRowText
{
    /// <summary>A row in one line: its table, its name, the columns that are set. One that is told when it is unset,
    /// too, is named.</summary>
    /// <param name="table">What the row is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="columns">Columns and values, in order.</param>
    /// <param name="always">The column whose being unset tells something; empty for none.</param>
    public static string Row(
        string table, string name, IEnumerable<(string Column, JsonElement Value)> columns, string always)
    {
        var text = new StringBuilder($"{table} {name}");
        string separator = "  ";
        foreach ((string column, JsonElement value) in columns)
        {
            if (column == "name" || IsNoise(column) || (column != always && IsUnset(value)))
                continue;
            text.Append(separator).Append(column).Append(": ").Append(Value(value));
            separator = ", ";
        }
        return text.ToString();
    }

    /// <summary>What names rows, merely counts, or tells of the card rather than of the path.</summary>
    private static bool IsNoise(string column) =>
        column is "_uuid" or "statistics" or "status" or "interfaces" or "ports" or "controller"
            or "duplex" or "ifindex" or "link_resets" or "link_speed" or "lacp_current" or "mac_in_use";

    private static bool IsUnset(JsonElement value) =>
        value.GetRawText() is "[\"set\",[]]" or "[\"map\",[]]" or "\"\"" or "false" or "0";

    private static string Value(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 2
            || value[0].ValueKind != JsonValueKind.String)
            return Atom(value);
        JsonElement inner = value[1];
        if (value[0].ValueEquals("set") && inner.ValueKind == JsonValueKind.Array)
            return $"[{string.Join(", ", inner.EnumerateArray().Select(Value))}]";
        return value[0].ValueEquals("map") && inner.ValueKind == JsonValueKind.Array
            ? $"{{{string.Join(", ", inner.EnumerateArray().Select(Pair))}}}"
            : Atom(inner);
    }

    private static string Pair(JsonElement pair) => pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
        ? $"{Atom(pair[0])}={Atom(pair[1])}" : pair.GetRawText();

    private static string Atom(JsonElement value)
    {
        string raw = value.GetRawText();
        return value.ValueKind == JsonValueKind.String && IsWord(raw.AsSpan(1, raw.Length - 2)) ? raw[1..^1] : raw;
    }

    /// <summary>A letter or underscore, then letters, digits, <c>_</c>, <c>-</c> and <c>.</c>,
    /// as lib/ovsdb-data.c wants it; no truth value, no UUID.</summary>
    private static bool IsWord(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !(char.IsAsciiLetter(text[0]) || text[0] == '_') || text is "true" or "false"
            || Guid.TryParse(text, out _))
            return false;
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
                return false;
        }
        return true;
    }
}
