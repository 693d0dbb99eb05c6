namespace QuantumNet.Snapshots;

/// <summary>Forms of <c>iptables-save</c>, <c>iptables -S</c> and <c>iptables -L</c> (iptables(8)),
/// and of ip6tables'.
/// They add to one another by table and chain; the more exact is read first.
/// A listing without <c>-v</c> hides the interfaces, so that it never tells the whole.</summary>
internal static class IptablesForms
{
    /// <summary>The form; null for commands that list no rules.</summary>
    public static CommandForm? Of(string[] argv)
    {
        string table = "", chain = "";
        bool lists = false, prints = false, isSave = argv[0].EndsWith("-save", StringComparison.Ordinal);
        string flags = "";
        for (int i = 1; i < argv.Length; i++)
        {
            string word = argv[i];
            if (word is "--table" or "-t" && i + 1 < argv.Length)
                table = argv[++i];
            else if (word.StartsWith("--table=", StringComparison.Ordinal))
                table = word["--table=".Length..];
            else if (word.StartsWith("--", StringComparison.Ordinal))
            {
                lists |= word is "--list";
                prints |= word is "--list-rules";
                flags += word is "--verbose" ? "v" : word is "--numeric" ? "n" : word is "--exact" ? "x"
                    : word is "--counters" ? "c" : "";
            }
            else if (word.StartsWith('-'))
                Letters(word, argv, ref i, ref table, ref flags);
            else if (chain.Length == 0 && word.Length > 0 && !char.IsAsciiDigit(word[0]))
                chain = word;
        }
        lists |= flags.Contains('L');
        prints |= flags.Contains('S');
        return isSave || lists || prints ? Form(argv[0], table, chain, flags, isSave, lists) : null;
    }

    /// <summary><c>ipset save</c> and <c>ipset list</c> (ipset(8)), of all sets or one; null for XML and JSON, for
    /// addresses turned into names and for a list of names alone.</summary>
    public static CommandForm? IpSet(string[] argv)
    {
        int output = Array.FindIndex(argv, word => word is "-o" or "-output");
        bool isOther = (output > 0 && (output + 1 >= argv.Length || argv[output + 1] is not ("save" or "plain")))
            || Array.Exists(argv, word => word is "-n" or "-name" or "-r" or "-resolve");
        List<string> words = CommandForm.Plain(argv, "-o", "-output", "-f", "-file");
        if (Array.Exists(argv, word => word is "-S" or "--save" or "-L" or "--list"))
            words.Insert(0, "list");
        if (isOther || words is not (["save" or "list", ..] and { Count: <= 2 }))
            return null;
        bool isTerse = Array.Exists(argv, word => word is "-t" or "-terse");
        return new("ipset", "save")
        {
            Part = string.Join(' ', [.. words.Skip(1), .. isTerse ? ["terse"] : Array.Empty<string>()]),
            IsWhole = words.Count == 1 && !isTerse, Rank = words[0] == "save" ? 1 : 0,
        };
    }

    private static CommandForm Form(string program, string table, string chain, string flags, bool isSave, bool lists)
    {
        bool isLegacy = program.Contains("legacy", StringComparison.Ordinal);
        string named = isSave ? table : table.Length > 0 ? table : "filter";
        bool hidesNothing = !lists || flags.Contains('v');
        return new(program.StartsWith("ip6", StringComparison.Ordinal) ? "ip6tables" : "iptables")
        {
            Part = string.Join(' ', ((string[])[isLegacy ? "legacy" : "", named, chain, hidesNothing ? "" : "brief"])
                .Where(word => word.Length > 0)),
            IsWhole = chain.Length == 0 && named is "" or "filter" && hidesNothing,
            Rank = (isSave ? 20 : lists ? 0 : 10) + (flags.Contains('c') || flags.Contains('v') ? 2 : 0)
                + (flags.Contains('x') ? 1 : 0) + (flags.Contains('n') ? 1 : 0),
        };
    }

    private static void Letters(string word, string[] argv, ref int i, ref string table, ref string flags)
    {
        int t = word.IndexOf('t');
        if (t > 0)
        {
            table = t + 1 < word.Length ? word[(t + 1)..] : i + 1 < argv.Length ? argv[++i] : "";
            word = word[..t];
        }
        flags += word[1..];
    }
}
