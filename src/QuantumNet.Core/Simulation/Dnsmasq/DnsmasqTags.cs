namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>Tags (dnsmasq(8), under --dhcp-option and --tag-if; dhcp-common.c, match_netid()).</summary>
internal static class DnsmasqTags
{
    /// <summary>Whether all tags that a thing asks for are set, and none of those with <c>!</c> or <c>#</c>.</summary>
    public static bool Match(IReadOnlyList<string> asked, IReadOnlySet<string> set, bool untaggedIsFine)
    {
        if (asked.Count == 0)
            return untaggedIsFine;
        foreach (string tag in asked)
        {
            bool isNegated = tag is ['!' or '#', ..];
            if (set.Contains(isNegated ? tag[1..] : tag) == isNegated)
                return false;
        }
        return true;
    }

    /// <summary>The tags with those that <c>--tag-if</c> adds, rule by rule (run_tag_if()).</summary>
    public static HashSet<string> WithRules(IReadOnlySet<string> tags, IReadOnlyList<TagRule> rules)
    {
        HashSet<string> all = [.. tags];
        foreach (TagRule rule in rules)
        {
            if (rule.Asked.All(tag => IsMet(tag, all)))
                all.UnionWith(rule.Sets);
        }
        return all;
    }

    // match_netid_wild(): a star at the end stands for any end.
    private static bool IsMet(string tag, HashSet<string> tags)
    {
        bool isNegated = tag is ['!' or '#', ..];
        string name = isNegated ? tag[1..] : tag;
        bool isSet = name.EndsWith('*')
            ? tags.Any(one => one.StartsWith(name[..^1], StringComparison.Ordinal))
            : tags.Contains(name);
        return isSet != isNegated;
    }
}

/// <summary>A <c>--tag-if</c>.</summary>
/// <param name="Asked">The tags that it asks for (<c>tag:</c>).</param>
/// <param name="Sets">The tags that it sets (<c>set:</c>).</param>
internal sealed record TagRule(IReadOnlyList<string> Asked, IReadOnlyList<string> Sets);
