using System.Text.Json;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Rows of OVSDB tables as <c>ovs-vsctl list</c> printed them, told apart by their columns.</summary>
internal sealed class OvsdbTables
{
    public List<OvsdbRow> Bridges { get; } = [];
    public List<OvsdbRow> Ports { get; } = [];
    public List<OvsdbRow> Interfaces { get; } = [];
    public List<OvsdbRow> Controllers { get; } = [];
    public List<OvsdbRow> Switches { get; } = [];

    private readonly Dictionary<(List<OvsdbRow>, string), int> _places = [];

    /// <summary>How many rows were added, those of tables that nobody asks for among them.</summary>
    public int RowCount { get; private set; }

    /// <summary>Adds a document's rows, in the place of what was known of them;
    /// what is wrong with it, or null.</summary>
    /// <param name="document">Headings and data, as in JSON format.</param>
    /// <param name="number">Its line.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="caption">The table's name; empty where only the columns tell it.</param>
    public string? Add(JsonElement document, int number, TextSource source, string caption = "")
    {
        if (document.ValueKind != JsonValueKind.Object
            || !document.TryGetProperty("headings", out JsonElement headings)
            || headings.ValueKind != JsonValueKind.Array
            || !document.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.Array)
            return "Not a table";

        var columns = new Dictionary<string, int>();
        foreach (JsonElement heading in headings.EnumerateArray())
        {
            if (heading.ValueKind == JsonValueKind.String)
                columns[heading.GetString()!] = columns.Count;
        }
        if (columns.Count != headings.GetArrayLength())
            return "Not a table";
        caption = caption.Length > 0 ? caption : CaptionOf(document);
        List<OvsdbRow>? table = caption.Length > 0 ? Named(caption) : TableOf(columns);
        if (table is null && caption.Length == 0)
            return "Unknown table";

        foreach (JsonElement row in data.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != columns.Count)
                return "Row and headings differ";
            RowCount++;
            if (table is not null)
                Put(table, new OvsdbRow(columns, row, number, source));
        }
        return null;
    }

    private void Put(List<OvsdbRow> table, OvsdbRow row)
    {
        string id = row.Id;
        if (id.Length > 0 && _places.TryGetValue((table, id), out int place))
        {
            table[place] = row;
            return;
        }
        if (id.Length > 0)
            _places[(table, id)] = table.Count;
        table.Add(row);
    }

    /// <summary>ovsdb-client's JSON names its tables: <c>"caption":"Bridge table"</c>.</summary>
    private static string CaptionOf(JsonElement document) =>
        document.TryGetProperty("caption", out JsonElement caption) && caption.ValueKind == JsonValueKind.String
            && caption.GetRawText() is var raw
            ? raw.Trim('"').Replace(" table", "", StringComparison.Ordinal) : "";

    private List<OvsdbRow>? Named(string table) => table switch
    {
        "Bridge" => Bridges,
        "Port" => Ports,
        "Interface" => Interfaces,
        "Controller" => Controllers,
        "Open_vSwitch" => Switches,
        _ => null,
    };
    private List<OvsdbRow>? TableOf(Dictionary<string, int> columns)
    {
        if (columns.ContainsKey("interfaces"))
            return Ports;
        if (columns.ContainsKey("ofport"))
            return Interfaces;
        if (columns.ContainsKey("bridges"))
            return Switches;
        if (columns.ContainsKey("ports"))
            return Bridges;
        return columns.ContainsKey("target") ? Controllers : null;
    }
}

/// <summary>One row, its values by column.</summary>
internal sealed class OvsdbRow(Dictionary<string, int> columns, JsonElement cells, int lineNumber, TextSource source)
{
    /// <summary>Where it was printed.</summary>
    public TextSource Source { get; } = source;

    /// <summary>Line of the document.</summary>
    public int LineNumber { get; } = lineNumber;

    /// <summary>The row's own id.</summary>
    public string Id => Uuids("_uuid") is [string id, ..] ? id : "";

    /// <summary>A single value; empty when unset.</summary>
    public string Text(string column)
    {
        List<string> values = Values(column);
        return values.Count > 0 ? values[0] : "";
    }

    /// <summary>A single number; null when unset.</summary>
    public int? Number(string column) =>
        int.TryParse(Text(column), System.Globalization.NumberStyles.AllowLeadingSign, null, out int number) ? number
            : null;

    /// <summary>Numbers of a set.</summary>
    public int[] Numbers(string column)
    {
        var numbers = new List<int>();
        foreach (string value in Values(column))
        {
            if (int.TryParse(value, System.Globalization.NumberStyles.AllowLeadingSign, null, out int number))
                numbers.Add(number);
        }
        return [.. numbers];
    }

    /// <summary>Rows that a column points to.</summary>
    public List<string> Uuids(string column)
    {
        var ids = new List<string>();
        if (!TryCell(column, out JsonElement cell))
            return ids;
        if (IsTagged(cell, "set") && cell[1].ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in cell[1].EnumerateArray())
            {
                if (IsTagged(item, "uuid"))
                    ids.Add(Atom(item[1]));
            }
        }
        else if (IsTagged(cell, "uuid"))
        {
            ids.Add(Atom(cell[1]));
        }
        return ids;
    }

    /// <summary>Pairs of a map as sorted <c>key=value</c>.</summary>
    public string[] Map(string column)
    {
        var pairs = new List<string>();
        if (TryCell(column, out JsonElement cell) && IsTagged(cell, "map") && cell[1].ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement pair in cell[1].EnumerateArray())
            {
                if (pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2)
                    pairs.Add($"{Atom(pair[0])}={Atom(pair[1])}");
            }
        }
        string[] sorted = [.. pairs];
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }

    /// <summary>What of it a reader wants to see, in one line as <c>ovs-vsctl list</c> would print it.</summary>
    /// <param name="table">What the row is.</param>
    /// <param name="always">A column that is shown when it is unset, too.</param>
    public string Shown(string table, string always = "") =>
        OvsdbRowText.Row(table, Text("name"), columns.Select(column => (column.Key, cells[column.Value])), always);

    private List<string> Values(string column)
    {
        var values = new List<string>();
        if (!TryCell(column, out JsonElement cell))
            return values;
        if (IsTagged(cell, "set") && cell[1].ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in cell[1].EnumerateArray())
                values.Add(Atom(item));
        }
        else if (cell.ValueKind is not JsonValueKind.Array)
        {
            values.Add(Atom(cell));
        }
        return values;
    }

    private bool TryCell(string column, out JsonElement cell)
    {
        bool found = columns.TryGetValue(column, out int index);
        cell = found ? cells[index] : default;
        return found;
    }

    private static bool IsTagged(JsonElement value, string tag) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
        && value[0].ValueKind == JsonValueKind.String && value[0].ValueEquals(tag);

    private static string Atom(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();   // a lone surrogate: no string can hold it
        }
    }
}
