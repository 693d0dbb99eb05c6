using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using QuantumNet.Snapshots;

namespace QuantumNet.Cli.Output;

/// <summary>One JSON array: properties as declared, enumerations by name, nulls kept, times in UTC.</summary>
internal sealed class JsonResults(TextWriter output) : ResultStream
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNameCaseInsensitive = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,      // for files and programs, not for web pages
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveRawOutputsOut } },
        Converters = { new JsonStringEnumConverter(), new UtcTime(), new WrittenFile() },
    };

    private static readonly JsonSerializerOptions s_compact = new(s_options) { WriteIndented = false };

    private bool _hasBegun;

    /// <summary>How results are written, and read back.</summary>
    public static JsonSerializerOptions Options => s_options;

    public override void Add(object result)
    {
        string text = JsonSerializer.Serialize(result, s_options).ReplaceLineEndings(Environment.NewLine + "  ");
        output.Write($"{(_hasBegun ? "," : "[")}{Environment.NewLine}  {text}");
        output.Flush();
        _hasBegun = true;
    }

    public override void End()
    {
        output.WriteLine(_hasBegun ? $"{Environment.NewLine}]" : "[]");
        output.Flush();
    }

    /// <summary>One value, in one line.</summary>
    public static string Compact(object value) => JsonSerializer.Serialize(value, s_compact);

    /// <summary>A snapshot's outputs lie in its files; as JSON it is its own description.</summary>
    private static void LeaveRawOutputsOut(JsonTypeInfo type)
    {
        for (int i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].PropertyType == typeof(CommandOutput[]))
                type.Properties.RemoveAt(i);
        }
    }

    /// <summary>A file that was written: its path, size and time. Its folders lead round in circles.</summary>
    private sealed class WrittenFile : JsonConverter<FileInfo>
    {
        public override FileInfo Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonElement.ParseValue(ref reader).GetProperty(nameof(FileInfo.FullName)).GetString()!);

        public override void Write(Utf8JsonWriter writer, FileInfo value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer,
                new { value.FullName, value.Name, value.Length, value.LastWriteTimeUtc }, options);
    }

    private sealed class UtcTime : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTime().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(
                Values.Utc(value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }
}

/// <summary>One JSON object a line, for programs that read as it comes.</summary>
internal sealed class JsonLineResults(TextWriter output) : ResultStream
{
    public override void Add(object result)
    {
        output.WriteLine(JsonResults.Compact(result));
        output.Flush();
    }

    public override void End()
    {
    }
}
