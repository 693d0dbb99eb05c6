namespace QuantumNet.Snapshots;

/// <summary>Forms of <c>nft list</c> (nft(8)): <c>nft -a list ruleset</c> tells what <c>nft list chains</c>
/// does and more.</summary>
internal static class NftForms
{
    /// <summary>The form; null for commands that list no tables, and for JSON.</summary>
    public static CommandForm? Of(string[] argv)
    {
        string letters = CommandForm.Letters(argv);
        if (letters.Contains('j') || Array.IndexOf(argv, "--json") >= 0)
            return null;
        List<string> words = CommandForm.Plain(argv, "-f", "--file", "-I", "--includepath");
        return words switch
        {
            ["list", "ruleset"] => new("nft", "list", "chains") { Rank = 2 },
            ["list", "chains"] => new("nft", "list", "chains") { Rank = 1 },
            ["list", "tables"] => new("nft", "list", "chains"),
            ["list", "table", var family, var table] => new("nft", "list", "table", family, table),
            ["list", "table", var table] => new("nft", "list", "table", "ip", table),
            _ => null,
        };
    }
}
