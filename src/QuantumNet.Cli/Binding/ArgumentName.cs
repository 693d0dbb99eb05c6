namespace QuantumNet.Cli.Binding;

/// <summary>A parameter's name as it was typed: PowerShell's <c>-Name</c> and <c>-Name:value</c>, GNU's
/// <c>--the-name</c> and <c>--the-name=value</c>, and what is between them.</summary>
/// <param name="Name">The name, without dashes.</param>
/// <param name="Typed">The name with the dashes it was given, for messages.</param>
/// <param name="HasSeparator">Whether a colon or an equals sign follows.</param>
/// <param name="Value">What follows that; null when the value is the next argument.</param>
internal readonly record struct ArgumentName(string Name, string Typed, bool HasSeparator, string? Value)
{
    /// <summary>A dash and a letter make a name; a dash and a digit make a number.
    /// Texts from web pages have longer dashes.</summary>
    public static bool Is(string token) => token.Length > 1 && token[0] is '-' or '\u2013' or '\u2014' or '\u2015'
        && (char.IsLetter(token[1]) || token[1] is '?' or '-' or '_');

    /// <summary>Takes a name apart. Words behind two dashes may have dashes between them; nothing after a colon leaves
    /// the value to the next argument, as in PowerShell, and nothing after an equals sign is an empty value.</summary>
    public static ArgumentName Parse(string token)
    {
        int separator = token.AsSpan().IndexOfAny(':', '=');
        string typed = separator < 0 ? token : token[..separator];
        string? value = separator < 0 || (token[separator] == ':' && separator == token.Length - 1)
            ? null : token[(separator + 1)..];
        bool isGnu = typed[1] == '-';
        string name = isGnu ? typed[2..].Replace("-", "", StringComparison.Ordinal) : typed[1..];
        return new ArgumentName(name, (isGnu ? "-" : "") + '-' + typed[(isGnu ? 2 : 1)..], separator >= 0, value);
    }

    /// <summary>A parameter's name as GNU writes it: <c>ComputerName</c>, <c>computer-name</c>.</summary>
    public static string ToGnu(string name) => string.Concat(name.Select((letter, index) =>
        (index > 0 && char.IsUpper(letter) ? "-" : "") + char.ToLowerInvariant(letter)));
}
