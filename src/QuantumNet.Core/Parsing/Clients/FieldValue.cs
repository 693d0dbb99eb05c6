using System.Globalization;
using System.Text.Json;

namespace QuantumNet.Parsing.Clients;

/// <summary>A value of a control-plane record, whatever it was printed as: a text, a list or a map;
/// none of them when null.</summary>
internal sealed record FieldValue
{
    /// <summary>Null, <c>None</c>, an absent cell.</summary>
    public static FieldValue None { get; } = new();

    /// <summary>A single value.</summary>
    public string? Text { get; init; }

    /// <summary>A list's elements.</summary>
    public IReadOnlyList<FieldValue>? Items { get; init; }

    /// <summary>A map's members.</summary>
    public IReadOnlyDictionary<string, FieldValue>? Members { get; init; }

    /// <summary>Whether it says nothing at all.</summary>
    public bool IsNone => Text is null && Items is null && Members is null;

    /// <summary>Whether it holds something: not null, not an empty text, list or map.</summary>
    public bool IsFilled => Text is { Length: > 0 } || Items is { Count: > 0 } || Members is { Count: > 0 };

    /// <summary>Its elements: a list's, or itself alone.</summary>
    public IEnumerable<FieldValue> Elements => Items ?? (IsFilled ? [this] : []);

    /// <summary>A member of a map; nothing when there is none.</summary>
    public FieldValue Member(string name) =>
        Members is not null && Members.TryGetValue(name, out FieldValue? value) ? value : None;

    /// <summary>A single text.</summary>
    public static FieldValue Of(string text) => new() { Text = text };

    /// <summary>Reads a JSON value.</summary>
    public static FieldValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => OfObject(element),
        JsonValueKind.Array => OfArray(element),
        JsonValueKind.String => Of(StringOf(element)),
        JsonValueKind.True => Of("True"),
        JsonValueKind.False => Of("False"),
        JsonValueKind.Number => Of(element.GetRawText()),
        _ => None,
    };

    /// <summary>True for <c>True</c>, <c>UP</c>, <c>:-)</c>; false for <c>False</c>, <c>DOWN</c>, <c>xxx</c>;
    /// null for anything else.</summary>
    public bool? AsFlag() => Text?.ToUpperInvariant() switch
    {
        "TRUE" or "UP" or ":-)" or "YES" or "1" or "EXTERNAL" => true,
        "FALSE" or "DOWN" or "XXX" or "NO" or "0" or "INTERNAL" => false,
        _ => null,
    };

    /// <summary>Its number; null when it is none.</summary>
    public int? AsNumber() =>
        int.TryParse(Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string StringOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText();   // half of a surrogate pair
        }
    }

    private static FieldValue OfArray(JsonElement element)
    {
        var items = new List<FieldValue>(element.GetArrayLength());
        foreach (JsonElement item in element.EnumerateArray())
            items.Add(Of(item));
        return new() { Items = items };
    }

    private static FieldValue OfObject(JsonElement element)
    {
        var members = new Dictionary<string, FieldValue>();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (TryName(property, out string name))
                members[name] = Of(property.Value);
        }
        return new() { Members = members };
    }

    /// <summary>A member's name; false when its escapes make no valid text.</summary>
    internal static bool TryName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }
}
