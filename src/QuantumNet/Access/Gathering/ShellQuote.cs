using System.Text;

namespace QuantumNet.Access.Gathering;

/// <summary>Quotes text for a POSIX shell (XCU 2.2.2): within single quotes nothing is special but
/// the quote itself.</summary>
internal static class ShellQuote
{
    /// <summary>One word, whatever is in it.</summary>
    public static string Word(string text) => text.Contains('\0')
        ? throw new ArgumentException("No argument can hold a NUL byte.", nameof(text))
        : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>A word for a person to type: in quotes only where a shell needs them.</summary>
    public static string IfNeeded(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+=:,@%~".Contains(c)) ? text : Word(text);

    /// <summary>Words, joined by spaces.</summary>
    public static string Words(IEnumerable<string> words) => string.Join(' ', words.Select(Word));

    /// <summary>A word in which place-holders are the script's variables:
    /// <c>{bridge}</c> becomes <c>"$bridge"</c>.</summary>
    public static string Template(string text)
    {
        StringBuilder word = new();
        int start = 0;
        while (start < text.Length)
        {
            (int at, string holder) = NextHolder(text, start);
            if (at > start)
                word.Append(Word(text[start..at]));
            if (holder.Length > 0)
                word.Append("\"$").Append(holder).Append('"');
            start = at + (holder.Length > 0 ? holder.Length + 2 : 0);
        }
        return word.Length == 0 ? "''" : word.ToString();
    }

    private static readonly string[] s_holders = ["bridge", "namespace", "network", "folder", "pid", "file",
        "family", "table"];

    private static (int At, string Holder) NextHolder(string text, int start)
    {
        (int at, string found) = (text.Length, "");
        foreach (string holder in s_holders)
        {
            int here = text.IndexOf("{" + holder + "}", start, StringComparison.Ordinal);
            if (here >= 0 && here < at)
                (at, found) = (here, holder);
        }
        return (at, found);
    }
}
