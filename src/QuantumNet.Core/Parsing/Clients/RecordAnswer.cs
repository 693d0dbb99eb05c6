using System.Text.Json;

namespace QuantumNet.Parsing.Clients;

/// <summary>Reads one answer of the control plane into records of fields:
/// JSON of the REST API (<c>{"ports": [...]}</c>), JSON of <c>openstack -f json</c> (a list or one object),
/// or a client's framed table.</summary>
internal static class RecordAnswer
{
    /// <summary>The records of an answer.</summary>
    /// <param name="output">The answer.</param>
    /// <param name="source">Takes what is not understood.</param>
    /// <param name="isWhole">Whether all of it was read, so that what it does not name is not there.
    /// Some clients print an error text and end with exit status 0: that is not an empty list.</param>
    public static List<RecordFields> Read(CommandOutput output, TextSource source, out bool isWhole)
    {
        string text = output.Text;
        int start = StartOfJson(text);
        if (start < 0)
            return OfTables(text, source, out isWhole);
        ReportBefore(text, start, source);
        return OfJson(text, start, source, out isWhole);
    }

    /// <summary>Where JSON begins: at the first line with a bracket; -1 when the text is something else.</summary>
    private static int StartOfJson(string text)
    {
        int position = 0;
        while (position < text.Length)
        {
            ReadOnlySpan<char> rest = text.AsSpan(position);
            ReadOnlySpan<char> trimmed = rest.TrimStart();
            if (trimmed.Length > 0 && trimmed[0] is '{' or '[')
                return text.Length - trimmed.Length;
            if (trimmed.Length == 0 || trimmed[0] is '+' or '|')
                return -1;
            int end = rest.IndexOf('\n');
            if (end < 0)
                return -1;
            position += end + 1;
        }
        return -1;
    }

    private static void ReportBefore(string text, int start, TextSource source)
    {
        int lineNumber = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan(0, start).EnumerateLines())
        {
            lineNumber++;
            if (!ClientChatter.IsKnown(line))
                source.Report(lineNumber, 1, "Not part of the JSON answer", line);
        }
    }

    private static List<RecordFields> OfJson(string text, int start, TextSource source, out bool isWhole)
    {
        isWhole = false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.AsMemory(start));
            isWhole = true;
            return OfRoot(document.RootElement);
        }
        catch (JsonException e)
        {
            int line = 1 + text.AsSpan(0, start).Count('\n') + (int)(e.LineNumber ?? 0);
            source.Report(line, 1 + (int)(e.BytePositionInLine ?? 0), "Not valid JSON", text.AsSpan(start));
        }
        catch (ArgumentException)
        {
            source.Report(1, 1, "Not valid JSON", text.AsSpan(start));
        }
        return [];
    }

    private static List<RecordFields> OfRoot(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return OfArray(root);
        if (root.ValueKind == JsonValueKind.Object && Envelope(root) is { } inner)
            return inner.ValueKind == JsonValueKind.Array ? OfArray(inner) : [OfObject(inner)];
        return [OfObject(root)];
    }

    /// <summary>What <c>{"ports": [...], "ports_links": [...]}</c> or <c>{"port": {...}}</c> holds;
    /// null when the object is the record itself.</summary>
    private static JsonElement? Envelope(JsonElement root)
    {
        ReadOnlySpan<string> names = ["networks", "network", "subnets", "subnet", "ports", "port", "agents", "agent",
            "security_group_rules", "security_group_rule", "security_groups", "security_group", "servers", "server"];
        if (root.TryGetProperty("id", out _))
            return null;
        foreach (string name in names)
        {
            if (root.TryGetProperty(name, out JsonElement inner)
                && inner.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                return inner;
        }
        return null;
    }

    private static List<RecordFields> OfArray(JsonElement array)
    {
        var records = new List<RecordFields>();
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Object)
                records.Add(OfObject(element));
        }
        return records;
    }

    private static RecordFields OfObject(JsonElement element)
    {
        var fields = new RecordFields { RawText = element.GetRawText() };
        if (element.ValueKind != JsonValueKind.Object)
            return fields;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (FieldValue.TryName(property, out string name))
                fields.Set(name, FieldValue.Of(property.Value));
        }
        return fields;
    }

    private static List<RecordFields> OfTables(string text, TextSource source, out bool isWhole)
    {
        var records = new List<RecordFields>();
        List<BoxedTable> tables = BoxedTableParser.ParseAll(text, source);
        // For an empty list clients print nothing, or a blank line.
        isWhole = tables.Count > 0 ? tables.TrueForAll(table => table.IsWhole) : IsChatter(text);
        foreach (BoxedTable table in tables)
        {
            if (table.IsRecord)
                records.Add(OfShow(table));
            else
                records.AddRange(OfList(table));
        }
        return records;
    }

    private static bool IsChatter(string text)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (!ClientChatter.IsKnown(line))
                return false;
        }
        return true;
    }

    private static RecordFields OfShow(BoxedTable table)
    {
        var fields = new RecordFields();
        foreach (BoxedRow row in table.Rows)
        {
            if (row.Cells[0].Length > 0)
                fields.Set(row.Cells[0], CellValue.Parse(row.Cells[1]));
        }
        fields.RawText = string.Join('\n', table.Rows.Select(row => row.RawText));
        return fields;
    }

    private static IEnumerable<RecordFields> OfList(BoxedTable table)
    {
        foreach (BoxedRow row in table.Rows)
        {
            var fields = new RecordFields { RawText = row.RawText };
            for (int i = 0; i < table.Columns.Length && i < row.Cells.Length; i++)
                fields.Set(table.Columns[i], CellValue.Parse(row.Cells[i]));
            yield return fields;
        }
    }
}
