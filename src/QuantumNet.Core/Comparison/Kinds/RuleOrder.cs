namespace QuantumNet.Comparison.Kinds;

/// <summary>The order of a chain's rules, as far as it decides: agents write rules that accept in any order; which of
/// them stand before one that drops is another matter.</summary>
internal static class RuleOrder
{
    private const char Drop = '!', Pass = ' ';

    /// <summary>The rules of a chain of the filter table of the node's own namespace, a line for each, marked where it
    /// drops; null for other chains.</summary>
    public static string? Of(IptablesChain chain, ComparedNode node) => chain is not { Table: "filter", Namespace: "" }
        ? null : string.Join('\n', node.View.RulesOf(chain.Chain)
            .Select(rule => (FilterKinds.Drops(rule) ? Drop : Pass) + FilterKinds.Words(rule, node.Names)));

    /// <summary>The first rule of both that stood before one that drops and stands behind it now, or the other way
    /// round; null where there is none.</summary>
    public static (string Before, string After)? Compare(string before, string after)
    {
        Dictionary<string, HashSet<string>> was = Barriers(before), now = Barriers(after);
        foreach ((string rule, HashSet<string> barriers) in now)
        {
            if (!was.TryGetValue(rule, out HashSet<string>? old))
                continue;
            string? behind = barriers.FirstOrDefault(drop => !old.Contains(drop) && was.ContainsKey(drop)),
                passed = old.FirstOrDefault(drop => !barriers.Contains(drop) && now.ContainsKey(drop));
            if (behind is not null)
                return (rule[1..], $"behind {behind[1..]}");
            if (passed is not null)
                return ($"behind {passed[1..]}", rule[1..]);
        }
        return null;
    }

    // Of each rule, those that drop before it.
    private static Dictionary<string, HashSet<string>> Barriers(string rules)
    {
        Dictionary<string, HashSet<string>> known = new(StringComparer.Ordinal);
        HashSet<string> drops = [];
        foreach (string rule in rules.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            known.TryAdd(rule, rule[0] == Drop ? [] : [.. drops]);
            if (rule[0] == Drop)
                drops.Add(rule);
        }
        return known;
    }
}
