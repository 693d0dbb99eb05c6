namespace QuantumNet.Parsing;

/// <summary>The names under which services, clients and shells keep secrets: the one list of them, for settings, JSON,
/// YAML, tables, headers, options of commands and sentences in logs.</summary>
internal static class SecretNames
{
    /// <summary>A name with one of these in it holds a secret, whatever its case.</summary>
    public static IReadOnlyList<string> Stems => s_stems;

    private static readonly string[] s_stems = ["password", "passwd", "passphrase", "passcode", "secret", "token",
        "api_key", "apikey", "access_key", "accesskey", "private_key", "privatekey", "encryption_key", "credential",
        "adminpass", "user_data", "userdata", "authorization", "set-cookie", "signature"];

    /// <summary>A name that ends in one of these does too.</summary>
    public static IReadOnlyList<string> Endings => s_endings;

    /// <summary>Names that hold one where nothing else is in the name.</summary>
    public static IReadOnlyList<string> Whole => s_whole;

    private static readonly string[] s_endings = ["_pass", "-pass", "_pwd", "-pwd"];

    private static readonly string[] s_whole = ["pass", "pwd"];

    /// <summary>Whether a setting of that name holds a secret.</summary>
    public static bool Holds(ReadOnlySpan<char> name) => EndOfStem(name) >= 0;

    /// <summary>Where the part of a name ends that makes it a secret's; -1 where none does. What follows may still be
    /// the name (<c>auth_token_v3</c>) or, behind a colon, the value (<c>password:x</c>).</summary>
    public static int EndOfStem(ReadOnlySpan<char> name)
    {
        int end = -1;
        foreach (string stem in s_stems)
        {
            int at = name.IndexOf(stem, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (end < 0 || at + stem.Length < end))
                end = at + stem.Length;
        }
        if (end >= 0)
            return end;
        int colon = name.IndexOf(':');
        ReadOnlySpan<char> word = colon < 0 ? name : name[..colon];
        return EndsAsSecret(word) ? word.Length : -1;
    }

    private static bool EndsAsSecret(ReadOnlySpan<char> word)
    {
        foreach (string ending in s_endings)
        {
            if (word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        ReadOnlySpan<char> option = word.TrimStart('-');
        foreach (string name in s_whole)
        {
            if (option.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
