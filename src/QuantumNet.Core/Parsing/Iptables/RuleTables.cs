namespace QuantumNet.Parsing.Iptables;

/// <summary>The table that a command lists, where its output does not name it (iptables(8):
/// <c>-t</c>, else filter).</summary>
internal static class RuleTables
{
    /// <summary>The table of <c>iptables -t nat -S</c> or <c>iptables -nvL</c>; empty for <c>iptables-save</c>,
    /// which names its tables.</summary>
    public static string Of(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool lists = false;
        string table = "filter";
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i].Trim('\'', '"');
            lists |= word is "--list" or "--list-rules"
                || (word.Length > 1 && word[0] == '-' && word[1] != '-' && word.AsSpan().IndexOfAny('L', 'S') > 0);
            if (word is "-t" or "--table" && i + 1 < words.Length)
                table = words[++i].Trim('\'', '"');
            else if (word.StartsWith("--table=", StringComparison.Ordinal))
                table = word["--table=".Length..];
            else if (word.StartsWith("-t", StringComparison.Ordinal) && word.Length > 2)
                table = word[2..];
        }
        return lists ? table : "";
    }
}
