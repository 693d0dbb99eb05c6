namespace QuantumNet.Parsing.Clients;

/// <summary>Lines that clients print around what was asked for: warnings, deprecations,
/// their shell's prompts.</summary>
internal static class ClientChatter
{
    private static readonly string[] s_beginnings =
    [
        "WARNING", "Warning:", "DEBUG", "INFO:", "The --long option has been deprecated",
        "neutron CLI is deprecated", "quantum CLI is deprecated", "nova CLI is deprecated", "DEPRECATED",
        "/usr/lib/python", "/usr/local/lib/python", "  warnings.warn(", "  from ", "  import ", "Invalid -W option",
    ];

    private static readonly string[] s_parts = ["DeprecationWarning", "InsecureRequestWarning",
        "FutureWarning", "UserWarning"];

    /// <summary>Whether the line is known to tell nothing about the cloud.</summary>
    public static bool IsKnown(ReadOnlySpan<char> line)
    {
        if (line.IsWhiteSpace())
            return true;
        foreach (string beginning in s_beginnings)
        {
            if (line.StartsWith(beginning))
                return true;
        }
        foreach (string part in s_parts)
        {
            if (line.Contains(part, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
