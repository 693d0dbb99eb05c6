namespace QuantumNet.Parsing;

/// <summary>MAC addresses in texts: <c>fa:16:3e:1e:63:66</c>.</summary>
internal static class MacAddress
{
    /// <summary>Reads six (InfiniBand: up to twenty) pairs of hexadecimal digits; gives them in lower case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out string mac)
    {
        mac = "";
        if (text.Length < 17 || text.Length > 59 || (text.Length + 1) % 3 != 0)
            return false;
        for (int i = 0; i < text.Length; i++)
        {
            bool fits = i % 3 == 2 ? text[i] == ':' : char.IsAsciiHexDigit(text[i]);
            if (!fits)
                return false;
        }
        mac = text.ToString().ToLowerInvariant();
        return true;
    }
}
