using QuantumNet.Parsing.Nftables;

namespace QuantumNet.Snapshots;

/// <summary>nftables' own tables: which there are, with their chains, and of those that iptables does not keep
/// the rules (<c>iptables-save</c> shows the others').</summary>
public sealed class NftablesCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "Nftables";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("nft", "list", "chains"),
        new("nft", "list", "table", "{family}", "{table}") { Scope = CommandScope.NftTable },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        bool showsRules = Array.IndexOf(output.Argv, "chains") < 0 && Array.IndexOf(output.Argv, "tables") < 0;
        List<NftTable> tables = NftRulesetParser.ParseAll(output.Text, source, showsRules);
        foreach (NftTable table in tables)
        {
            int at = into.NftTables.FindIndex(known => known.Title == table.Title);
            if (at < 0)
                into.NftTables.Add(table);
            else if (table.IsListed && !into.NftTables[at].IsListed)
                into.NftTables[at] = table;
        }
        return tables.Count;
    }
}
