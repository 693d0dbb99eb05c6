using System.Text.Json;

namespace QuantumNet.Parsing.Clients;

/// <summary>Reads a table cell's text into a value. Three spellings of structure occur:
/// JSON, one value per line (<c>{"subnet_id": "...", "ip_address": "10.0.0.3"}</c>, clients up to 2016),
/// flattened maps (<c>ip_address='10.0.0.3', subnet_id='...'</c>, python-openstackclient), and plain lines.</summary>
internal static class CellValue
{
    /// <summary>The value of a cell; its lines are joined by line feeds.</summary>
    public static FieldValue Parse(string cell)
    {
        string text = cell.Trim();
        if (text == "None")
            return FieldValue.None;
        if (TryJson(text, out FieldValue? whole))
            return whole;
        return text.Contains('\n') ? ParseLines(text) : ParseLine(text);
    }

    private static FieldValue ParseLines(string text)
    {
        var items = new List<FieldValue>();
        foreach (string line in text.Split('\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (TryJson(line, out FieldValue? value))
                items.Add(value);
            else if (TryFlattened(line, out FieldValue? map))
                items.Add(map);
            else
                items.Add(FieldValue.Of(line));
        }
        return new() { Items = items };
    }

    private static FieldValue ParseLine(string text) =>
        TryFlattened(text, out FieldValue? map) ? map : FieldValue.Of(text);

    private static bool TryJson(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FieldValue? value)
    {
        value = null;
        if (text.Length < 2 || text[0] is not ('{' or '['))
            return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            value = FieldValue.Of(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (ArgumentException)
        {
            return false;   // half of a surrogate pair
        }
    }

    /// <summary><c>name='value', name='value'</c>; a name that comes again begins the next map of a list.</summary>
    private static bool TryFlattened(
        string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FieldValue? value)
    {
        value = null;
        var maps = new List<FieldValue>();
        var members = new Dictionary<string, FieldValue>();
        ReadOnlySpan<char> rest = text;
        while (rest.Length > 0)
        {
            int equals = rest.IndexOf("='");
            int end = equals <= 0 ? -1 : rest[(equals + 2)..].IndexOf('\'');
            if (end < 0 || rest[..equals].IndexOfAny(" {\"'") >= 0)
                return false;
            string name = rest[..equals].ToString();
            if (members.ContainsKey(name))
            {
                maps.Add(new() { Members = members });
                members = [];
            }
            members[name] = FieldValue.Of(rest.Slice(equals + 2, end).ToString());
            rest = rest[(equals + 3 + end)..].TrimStart(",; ");
        }
        if (members.Count == 0)
            return false;
        maps.Add(new() { Members = members });
        value = maps.Count == 1 ? maps[0] : new() { Items = maps };
        return true;
    }
}
