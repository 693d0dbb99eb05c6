namespace QuantumNet.Parsing;

/// <summary>UUIDs in texts, lower case with dashes: <c>6b71dbb8-e91c-47f0-92c4-47882007115d</c>.</summary>
internal static class Uuid
{
    /// <summary>Length of a UUID with its dashes.</summary>
    public const int Length = 36;

    /// <summary>Whether the text is a UUID and nothing else.</summary>
    public static bool Is(ReadOnlySpan<char> text) => text.Length == Length && Guid.TryParseExact(text, "D", out _);

    /// <summary>The last UUID in a text; empty when there is none.</summary>
    public static string FindLast(ReadOnlySpan<char> text)
    {
        for (int i = text.Length - Length; i >= 0; i--)
        {
            if (text[i + 8] == '-' && Is(text.Slice(i, Length)))
                return text.Slice(i, Length).ToString().ToLowerInvariant();
        }
        return "";
    }
}
