using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace QuantumNet.Access;

/// <summary>Holds an inventory's text against the records that it is read into: names, kinds of values, and what stands
/// twice. Remembers where each value stands, for what is wrong only in its meaning.</summary>
internal sealed class InventoryShape
{
    private static readonly JsonReaderOptions s_options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly byte[] _text;
    private readonly Dictionary<string, int> _offsets = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<InventoryProblem> _problems = [];

    private InventoryShape(byte[] text) => _text = text;

    /// <summary>What is wrong with names and kinds of values.</summary>
    public IReadOnlyList<InventoryProblem> Problems => _problems;

    /// <summary>Reads a text.</summary>
    /// <param name="text">UTF-8, without a byte order mark.</param>
    public static InventoryShape Of(byte[] text)
    {
        var shape = new InventoryShape(text);
        try
        {
            Utf8JsonReader reader = new(text, s_options);
            reader.Read();
            shape.Value(ref reader, typeof(Inventory), "");
            reader.Read();
        }
        catch (JsonException e)
        {
            shape.Add(JsonPlace.OffsetOf(text, e.LineNumber ?? 0, e.BytePositionInLine ?? 0), shape.NoJson(e));
        }
        return shape;
    }

    /// <summary>A problem of the value at a path, such as <c>nodes[0].port</c>; of what holds it where it is left out.
    /// </summary>
    public InventoryProblem At(string path, string message)
    {
        while (!_offsets.ContainsKey(path) && path.Length > 0)
            path = path[..Math.Max(path.LastIndexOfAny(['.', '[']), 0)];
        return Problem(_offsets.GetValueOrDefault(path), message);
    }

    private void Value(ref Utf8JsonReader reader, Type type, string path)
    {
        _offsets[path] = (int)reader.TokenStartIndex;
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        JsonTokenType token = reader.TokenType;
        if (token == JsonTokenType.Null && path.Length > 0 && (!type.IsValueType || type != bare))
            return;
        if (bare.IsArray && token == JsonTokenType.StartArray)
            Items(ref reader, bare.GetElementType()!, path);
        else if (!bare.IsArray && token == JsonTokenType.StartObject && IsObject(bare))
            Members(ref reader, bare, path);
        else if (!Fits(ref reader, bare))
        {
            Add((int)reader.TokenStartIndex, $"{Name(path)} is to be {Kind(bare)}");
            reader.Skip();
        }
    }

    private void Items(ref Utf8JsonReader reader, Type type, string path)
    {
        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            Value(ref reader, type, $"{path}[{index}]");
    }

    private void Members(ref Utf8JsonReader reader, Type type, string path)
    {
        IList<JsonPropertyInfo>? known = type == typeof(Dictionary<string, string>) ? null
            : InventoryJson.Default.GetTypeInfo(type)!.Properties;
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            int place = (int)reader.TokenStartIndex;
            JsonPropertyInfo? property = known?.FirstOrDefault(
                one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (!seen.Add(name))
                Add(place, $"'{name}' stands there twice");
            reader.Read();
            if (known is not null && property is null)
            {
                Add(place, Unknown(name, path, [.. known.Select(one => one.Name)]));
                reader.Skip();
                continue;
            }
            Value(ref reader, property?.PropertyType ?? typeof(string),
                path.Length == 0 ? name : $"{path}.{name}");
        }
    }

    private static bool IsObject(Type type) => type != typeof(string) && !type.IsPrimitive;

    private static bool Fits(ref Utf8JsonReader reader, Type type) =>
        type == typeof(string) ? reader.TokenType == JsonTokenType.String
        : type == typeof(int) ? reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _)
        : type == typeof(bool) && reader.TokenType is JsonTokenType.True or JsonTokenType.False;

    private static string Kind(Type type) =>
        type == typeof(string) ? "a text in double quotes"
        : type == typeof(int) ? "a whole number"
        : type == typeof(bool) ? "true or false"
        : type.IsArray ? "a list, in [ ]" : "an object, in { }";

    private static string Name(string path) => path.Length == 0 ? "the inventory" : path;

    private static string Unknown(string name, string path, string[] known)
    {
        string[] names = [.. known.Where(one => one[0] != '$')];
        string[] near = Suggestion.Nearest(name, names);
        string where = path.Length == 0 ? "" : $" of {path}";
        return near.Length > 0 ? $"unknown name '{name}'{where}: did you mean {string.Join(" or ", near)}?"
            : $"unknown name '{name}'{where}: there are {string.Join(", ", names)}";
    }

    /// <summary>What the reader could not go on with, in our words.</summary>
    private string NoJson(JsonException e)
    {
        int offset = JsonPlace.OffsetOf(_text, e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
        if (_text.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
            return "the file is empty";
        if (offset >= _text.Length || _text.AsSpan(offset).Trim(" \t\r\n"u8).IsEmpty)
            return "the text ends before its last bracket or quote is closed";
        char found = (char)_text[offset];
        return found is > ' ' and < (char)0x7F
            ? $"'{found}' is not expected here: a comma, a quote, a colon or a bracket is missing or too many"
            : "this is not JSON: a comma, a quote, a colon or a bracket is missing or too many";
    }

    private void Add(int offset, string message) => _problems.Add(Problem(offset, message));

    private InventoryProblem Problem(int offset, string message)
    {
        JsonPlace place = JsonPlace.Of(_text, offset);
        return new() { Line = place.Line, Column = place.Column, Message = message };
    }
}
