using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Reads OVSDB rows that were printed for people, as <c>ovs-vsctl list TABLE</c>,
/// <c>ovs-vsctl -f table list TABLE</c> and <c>ovsdb-client dump</c> do (lib/table.c of Open vSwitch),
/// into the shape that their JSON has:
/// <code>
/// _uuid               : 0b1c2d3e-...          Interface table
/// name                : tap1                  _uuid                                name ofport
/// ofport              : 7                     ------------------------------------ ---- ------
/// </code></summary>
internal sealed class OvsdbTextReader(OvsdbTables tables, TextSource source)
{
    private const string CaptionEnd = " table";
    private string _caption = "";

    /// <summary>Reads the whole text; what is not a row is reported.</summary>
    public void Read(string text)
    {
        List<string> block = [];
        int number = 0, first = 0;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> line = raw.TrimEnd();
            if (line.IsEmpty)
            {
                ReadBlock(block, first);
                block.Clear();
                continue;
            }
            if (block.Count == 0)
                first = number;
            block.Add(line.ToString());
        }
        ReadBlock(block, first);
    }

    private void ReadBlock(List<string> block, int first)
    {
        if (block.Count > 0 && IsCaption(block[0]))
        {
            _caption = block[0][..^CaptionEnd.Length];
            block.RemoveAt(0);
            first++;
        }
        if (block.Count >= 2 && IsRule(block[1]))
            ReadTable(block, first);
        else if (block.Count > 0)
            ReadRecord(block, first);
    }

    private static bool IsCaption(string line) =>
        line.EndsWith(CaptionEnd, StringComparison.Ordinal)
        && line.IndexOf(' ', StringComparison.Ordinal) == line.Length - CaptionEnd.Length;

    private static bool IsRule(string line) => line.StartsWith('-') && line.AsSpan().IndexOfAnyExcept('-', ' ') < 0;

    private void ReadRecord(List<string> block, int first)
    {
        List<string> columns = [], values = [];
        for (int i = 0; i < block.Count; i++)
        {
            int colon = block[i].IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? "" : block[i][..colon].TrimEnd();
            if (name.Length == 0 || name.Contains(' '))
                source.Report(first + i, 1, "Not a column", block[i]);
            else if (!columns.Contains(name))
            {
                columns.Add(name);
                values.Add(block[i][(colon + 1)..].Trim());
            }
        }
        if (columns.Count > 0)
            Add(columns, [values], first);
    }

    /// <summary>The rule of dashes tells how wide each column is; the last one takes the rest.</summary>
    private void ReadTable(List<string> block, int first)
    {
        List<int> starts = [];
        for (int i = 0; i < block[1].Length; i++)
        {
            if (block[1][i] == '-' && (i == 0 || block[1][i - 1] == ' '))
                starts.Add(i);
        }
        List<string> columns = Cells(block[0], starts);
        if (columns.Distinct().Count() != columns.Count)
        {
            source.Report(first, 1, "Not a table", block[0]);
            return;
        }
        for (int i = 2; i < block.Count; i++)
            Add(columns, [Cells(block[i], starts)], first + i);
    }

    private static List<string> Cells(string line, List<int> starts)
    {
        List<string> cells = [];
        for (int i = 0; i < starts.Count; i++)
        {
            int from = Math.Min(starts[i], line.Length);
            int to = i + 1 < starts.Count ? Math.Min(starts[i + 1], line.Length) : line.Length;
            cells.Add(line[from..to].Trim());
        }
        return cells;
    }

    private void Add(List<string> columns, List<List<string>> rows, int number)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("headings");
            columns.ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteStartArray("data");
            foreach (List<string> row in rows)
            {
                json.WriteStartArray();
                row.ForEach(value => Write(json, value));
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        if (tables.Add(document.RootElement.Clone(), number, source, _caption) is { } problem)
            source.Report(number, 1, problem, string.Join(' ', columns));
    }

    private static void Write(Utf8JsonWriter json, string value)
    {
        bool isSet = value is ['[', .., ']'], isMap = value is ['{', .., '}'];
        if (!isSet && !isMap)
        {
            WriteAtom(json, value, isQuoted: value.StartsWith('"'));
            return;
        }
        json.WriteStartArray();
        json.WriteStringValue(isSet ? "set" : "map");
        json.WriteStartArray();
        if (isSet)
            OvsdbText.Set(value).ForEach(item => WriteAtom(json, item, isQuoted: false));
        else
            Array.ForEach(OvsdbText.Map(value), pair => WritePair(json, pair));
        json.WriteEndArray();
        json.WriteEndArray();
    }

    private static void WritePair(Utf8JsonWriter json, string pair)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        json.WriteStartArray();
        json.WriteStringValue(Clean(equals < 0 ? pair : pair[..equals]));
        json.WriteStringValue(Clean(equals < 0 ? "" : pair[(equals + 1)..]));
        json.WriteEndArray();
    }

    private static void WriteAtom(Utf8JsonWriter json, string value, bool isQuoted)
    {
        if (isQuoted)
            json.WriteStringValue(Clean(OvsdbText.Atom(value)));
        else if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            json.WriteNumberValue(number);
        else if (value is "true" or "false")
            json.WriteBooleanValue(value == "true");
        else if (Uuid.Is(value))
        {
            json.WriteStartArray();
            json.WriteStringValue("uuid");
            json.WriteStringValue(value);
            json.WriteEndArray();
        }
        else
            json.WriteStringValue(Clean(value));
    }

    /// <summary>A lone surrogate is not Unicode: JSON's writer would refuse it.</summary>
    private static string Clean(string text)
    {
        foreach (char c in text)
        {
            if (char.IsSurrogate(c))
                return System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
        }
        return text;
    }
}
