using System.Text;
using QuantumNet.Parsing;

namespace QuantumNet.Access.Collecting;

/// <summary>Masks secrets on the node itself, in what anybody may have written one into: what a collector's script
/// prints lies about in files of other tools. It masks more than <see cref="Snapshots.Scrubber"/>, which sees
/// the text again when it is imported: behind a secret's name the whole line.</summary>
internal static class NodeMask
{
    /// <summary>The filter, in front of what cuts the output.</summary>
    public const string Function = """
        hide() { sed -E "$H" | "$@"; }

        """;

    /// <summary>The program for <c>sed -E</c>. No pattern begins with a repetition: time grows with the text.</summary>
    public static string Program { get; } = Write();

    private static string Write()
    {
        string names = $"({string.Join('|', SecretNames.Stems.Select(AnyCase))}|[_-][Pp][Aa][Ss][Ss]|[_-][Pp][Ww][Dd])";
        const string name = "[A-Za-z0-9_.-]*";
        return $$"""
            :start
            /^\[[A-Za-z0-9_.:-]*\]$/b
            /-----BEGIN [A-Z ]*PRIVATE KEY-----/,/-----END [A-Z ]*KEY-----/s/.*/***/
            s#(://)[^/[:space:]"'<>|]*@#\1***@#g
            s/([Bb]earer )[^[:space:]"']+/\1***/g
            s/(gAAAA|eyJ)[A-Za-z0-9_.=-]+/***/g
            s/( -u ?)[^[:space:]:]+:[^[:space:]]+/\1***/g
            /mysql|mariadb|sshpass/s/ -p *[^[:space:]]+/ -p***/g
            s/(^|[^A-Za-z0-9])([Pp][Aa][Ss][Ss]|[Pp][Ww][Dd])([[:space:]]*[=:]).*/\1\2\3 ***/
            /{{names}}{{name}}[[:space:]]*[=:][[:space:]]*$/{
            :below
            n
            s/^([[:space:]]+)[^[:space:]].*/\1***/
            t below
            b start
            }
            t next
            :next
            s/({{names}}{{name}}[[:space:]]*[=:]).*/\1 ***/
            t
            s/{{names}}.*/\1 ***/
            """;
    }

    private static string AnyCase(string stem)
    {
        StringBuilder pattern = new();
        foreach (char letter in stem)
            pattern.Append(char.IsAsciiLetter(letter)
                ? $"[{char.ToUpperInvariant(letter)}{char.ToLowerInvariant(letter)}]" : $"{letter}");
        return pattern.ToString();
    }
}
