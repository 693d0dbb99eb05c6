using System.Text.Json;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads the JSON array of objects that <c>ip -j</c> and <c>bridge -j</c> print.</summary>
internal static class JsonOutput
{
    /// <summary>Reads one object; throws what System.Text.Json throws.</summary>
    internal delegate T? ReadElement<T>(JsonElement element, string raw, int line) where T : class;

    /// <summary>Reads each object of the array; reports what is not JSON, no object, or not readable.</summary>
    public static List<T> ReadAll<T>(string text, TextSource source, ReadElement<T> read) where T : class
    {
        List<T> records = [];
        if (string.IsNullOrWhiteSpace(text))
            return records;                                  // old versions print nothing instead of []
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                source.Report(1, 1, "Not a JSON array", text);
            else
                ReadArray(document.RootElement, text, source, read, records);
        }
        catch (JsonException e)
        {
            source.Report((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, "Not JSON", text);
        }
        catch (ArgumentException)
        {
            source.Report(1, 1, "Not JSON: text is not Unicode", text);
        }
        return records;
    }

    private static void ReadArray<T>(
        JsonElement array, string text, TextSource source, ReadElement<T> read, List<T> records) where T : class
    {
        int line = 1, seen = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            string raw = element.GetRawText();
            int start = text.IndexOf(raw, seen, StringComparison.Ordinal);
            if (start >= 0)
            {
                line += text.AsSpan(seen, start - seen).Count('\n');
                seen = start;
            }
            T? record = Read(element, raw, line, read);
            if (record != null)
                records.Add(record);
            else if (raw is not "{}")                        // iproute2 4.18 prints {} for devices it left out
                source.Report(line, 1, "Unknown object", raw);
        }
    }

    private static T? Read<T>(JsonElement element, string raw, int line, ReadElement<T> read) where T : class
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object ? read(element, raw, line) : null;
        }
        catch (InvalidOperationException)                    // a string that is not Unicode
        {
            return null;
        }
    }

    /// <summary>A string property; empty when there is none.</summary>
    public static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? "" : "";

    /// <summary>A whole number; null when there is none.</summary>
    public static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out long number) ? number : null;

    /// <summary>A whole number of 32 bits; null when there is none.</summary>
    public static int? Integer(JsonElement element, string name) =>
        Number(element, name) is >= int.MinValue and <= int.MaxValue and { } number ? (int)number : null;

    /// <summary>An object or array property; false when there is none of that kind.</summary>
    public static bool TryGet(JsonElement element, string name, JsonValueKind kind, out JsonElement value) =>
        element.TryGetProperty(name, out value) && value.ValueKind == kind;
}
