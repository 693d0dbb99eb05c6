using System.Text.Json;

namespace QuantumNet.Cli.Binding;

/// <summary>Reads what another <c>quantumnet -As Json</c>, or any program that writes JSON, pipes in: one array, or one value after another.</summary>
internal static class PipedObjects
{
    private const int LargestMegabytes = 512;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>The values; null when there is nothing at all, so that nobody pipes. An empty array is nothing piped, yet a pipe.</summary>
    /// <exception cref="QuantumException">It is no JSON, or too much.</exception>
    public static List<JsonElement>? Read(Stream input, Action<string> tell, CancellationToken stop)
    {
        byte[] text = ReadAll(input, tell, stop);
        if (text.AsSpan().Trim(" \t\r\n\uFEFF"u8).IsEmpty)
            return null;
        try
        {
            return Parse(text.AsSpan().StartsWith("\uFEFF"u8) ? text.AsSpan(3) : text);
        }
        catch (JsonException e)
        {
            throw UsageErrors.InputNotJson(e.LineNumber + 1 ?? 1, e.BytePositionInLine + 1 ?? 1).ToException();
        }
    }

    private static List<JsonElement> Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
        List<JsonElement> values = [];
        while (reader.Read())
        {
            JsonElement value = JsonElement.ParseValue(ref reader);
            if (value.ValueKind == JsonValueKind.Array)
                values.AddRange(value.EnumerateArray());
            else
                values.Add(value);
        }
        return values;
    }

    private static byte[] ReadAll(Stream input, Action<string> tell, CancellationToken stop)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            Task<int> reading = input.ReadAsync(buffer, stop).AsTask();
            if (all.Length == 0 && Task.WaitAny([reading], (int)s_patience.TotalMilliseconds, stop) < 0)
                tell("waiting for objects on standard input (JSON); '< /dev/null' says that there are none.");
            int count = reading.WaitAsync(stop).GetAwaiter().GetResult();
            if (count == 0)
                return all.ToArray();
            all.Write(buffer, 0, count);
            if (all.Length > LargestMegabytes * 1024L * 1024)
                throw UsageErrors.InputTooLarge(LargestMegabytes).ToException();
        }
    }
}
