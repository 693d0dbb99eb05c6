using System.Text.Json;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Reads JSON of which nothing is certain: what is missing or of another kind is empty.</summary>
internal static class JsonReading
{
    /// <summary>The document; null when the bytes are not JSON.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement Property(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value
            : default;

    public static string Text(this JsonElement element, string name) => element.Property(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => "",
    };

    public static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : Enumerable.Empty<JsonElement>();

    /// <summary>What an OpenStack error body says: <c>{"NeutronError": {"message": ...}}</c>,
    /// <c>{"error": {"message": ...}}</c>, or the first words of a page. One line, bounded.</summary>
    public static string ErrorMessage(byte[] body)
    {
        using JsonDocument? json = TryParse(body);
        string said = json is null ? PageText(body) : MessageOf(json.RootElement);
        said = string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return said.Length > 300 ? said[..300] + "..." : said;
    }

    private static string MessageOf(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return "";
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String)
                return property.Value.GetString() ?? "";
            if (property.Value.Text("message") is { Length: > 0 } message)
                return message;
        }
        return "";
    }

    private static string PageText(byte[] body)
    {
        string text = System.Text.Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 4096));
        var kept = new System.Text.StringBuilder();
        bool inTag = false;
        foreach (char letter in text)
        {
            if (letter == '<')
                inTag = true;
            else if (letter == '>')
                inTag = false;
            if (!inTag)
                kept.Append(letter == '>' || char.IsControl(letter) ? ' ' : letter);
        }
        return kept.ToString();
    }
}
