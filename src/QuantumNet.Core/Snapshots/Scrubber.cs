using System.Text;
using QuantumNet.Parsing;

namespace QuantumNet.Snapshots;

/// <summary>Takes secrets out of text before it is kept or shown: passwords, tokens, private keys, user data,
/// and the user part of URLs. What it takes out becomes <c>***</c>. It rather takes too much than too little;
/// nothing that a check reads is a secret. Its time grows with the text's length, whatever the text.</summary>
public static class Scrubber
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mask = "***";

    private static readonly string[] s_hints = ["pass", "pwd", "secret", "token", "key", "credential", "user", "auth",
        "signature", "cookie", "gAAAA", "eyJ", "://", "bearer "];

    /// <summary>Bytes without secrets; the very same memory when there are none.
    /// Other bytes stay as they are, text or not.</summary>
    public static ReadOnlyMemory<byte> Scrub(ReadOnlyMemory<byte> content)
    {
        // Latin-1 maps every byte to one character and back, so what is not a secret stays byte for byte.
        string text = Encoding.Latin1.GetString(content.Span);
        string clean = Scrub(text);
        return ReferenceEquals(text, clean) ? content : Encoding.Latin1.GetBytes(clean);
    }

    /// <summary>Text without secrets; the very same string when there are none.</summary>
    public static string Scrub(string text)
    {
        StringBuilder? clean = null;
        Below below = default;
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            ReadOnlySpan<char> line = text.AsSpan(start, end - start);
            string? changed = ScrubLine(line, ref below);
            if (changed is not null && clean is null)
                clean = new StringBuilder(text.Length).Append(text, 0, start);
            if (changed is not null)
                clean!.Append(changed);
            else
                clean?.Append(line);
            start = end;
        }
        return clean?.ToString() ?? text;
    }

    /// <summary>Arguments without secrets, also where the name is one argument and the value the next.</summary>
    public static string[] Scrub(string[] argv)
    {
        string[] clean = new string[argv.Length];
        for (int i = 0; i < argv.Length; i++)
        {
            bool followsName = i > 0 && argv[i - 1].StartsWith('-') && !argv[i - 1].Contains('=')
                && SecretNames.Holds(argv[i - 1]);
            clean[i] = followsName && argv[i].Length > 0 ? Mask : Scrub(argv[i]);
        }
        SecretArguments.Mask(clean);
        return clean;
    }

    /// <summary>In how many places a text is masked, by whomever: settings are on the node already, and services mask
    /// some of what they log. A longer row of stars is not a mask.</summary>
    internal static int MasksIn<T>(ReadOnlySpan<T> text, ReadOnlySpan<T> mask)
        where T : IEquatable<T>
    {
        int count = 0;
        for (int at; (at = text.IndexOf(mask)) >= 0; text = text[at..])
        {
            int start = at;
            while (at < text.Length && text[at].Equals(mask[0]))
                at++;
            count += at - start == mask.Length ? 1 : 0;
        }
        return count;
    }

    /// <inheritdoc cref="MasksIn{T}"/>
    internal static int MasksIn(ReadOnlySpan<byte> text) => MasksIn(text, "***"u8);

    /// <inheritdoc cref="MasksIn{T}"/>
    internal static int MasksIn(string text) => MasksIn(text.AsSpan(), Mask);

    /// <summary>Whether a setting of that name holds a secret.</summary>
    public static bool IsSecretName(string name) => SecretNames.Holds(name);

    /// <summary>What a line tells of those below it: they are a private key's, or go on with a value, being indented
    /// more than its name.</summary>
    private record struct Below(bool IsInKey, int ValueOf);

    private static string? ScrubLine(ReadOnlySpan<char> line, ref Below below)
    {
        if (below.IsInKey)
        {
            below = new(!line.Contains("-----END ", StringComparison.Ordinal), 0);
            return below.IsInKey ? "" : Mask + "\n";
        }
        int indent = line.Length - line.TrimStart(" \t").Length;
        if (below.ValueOf > 0 && line.IsWhiteSpace())
            return null;
        if (below.ValueOf > 0 && indent >= below.ValueOf)
            return string.Concat(line[..indent], Mask, line[line.TrimEnd("\r\n").Length..]);
        below = default;
        bool hasArguments = SecretArguments.MayBeIn(line);
        if (!hasArguments && !HasHint(line))
            return null;
        return Masked(line, indent, hasArguments, ref below);
    }

    private static string? Masked(ReadOnlySpan<char> line, int indent, bool hasArguments, ref Below below)
    {
        SecretSpans spans = new();
        bool isInKey = SecretLooks.FindKeys(line, spans);
        SecretLooks.Find(line, spans);
        SecretSettings settings = new(line, spans);
        settings.Find();
        if (hasArguments)
            SecretArguments.Find(line, spans);
        below = new(isInKey, settings.GoesOn ? indent + 1 : 0);
        if (spans.IsEmpty)
            return null;
        string text = spans.Masked(line);
        return line.SequenceEqual(text) ? null : text;
    }

    private static bool HasHint(ReadOnlySpan<char> line)
    {
        foreach (string hint in s_hints)
        {
            if (line.Contains(hint, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
