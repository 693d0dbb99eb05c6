namespace QuantumNet.Parsing.Iptables;

/// <summary>Canonical names of the options that need no module (iptables(8), PARAMETERS),
/// whichever way they are spelt.</summary>
internal static class OptionNames
{
    /// <summary>The long name of a built-in option given as <c>-s</c>, <c>--src</c>, <c>--source</c> ...;
    /// null for others.</summary>
    public static string? BuiltIn(ReadOnlySpan<char> word) => word switch
    {
        "-s" or "--source" or "--src" => "source",
        "-d" or "--destination" or "--dst" => "destination",
        "-i" or "--in-interface" => "in-interface",
        "-o" or "--out-interface" => "out-interface",
        "-p" or "--protocol" or "--proto" => "protocol",
        "-f" or "--fragment" => "fragment",
        "-4" or "--ipv4" => "ipv4",
        "-6" or "--ipv6" => "ipv6",
        _ => null,
    };

    /// <summary>Whether a built-in option stands alone.</summary>
    public static bool IsFlag(string name) => name is "fragment" or "ipv4" or "ipv6";

    /// <summary>Whether an option takes the next word whatever it looks like: its text is a user's own.</summary>
    public static bool TakesAnyWord(ReadOnlySpan<char> option) => option is "comment" or "string" or "hex-string";

    /// <summary>The long name that means the same: <c>sport</c> for <c>source-port</c>.</summary>
    public static ReadOnlySpan<char> Canonical(ReadOnlySpan<char> option) => option switch
    {
        "source-port" => "sport",
        "destination-port" => "dport",
        "source-ports" => "sports",
        "destination-ports" => "dports",
        _ => option,
    };
}
