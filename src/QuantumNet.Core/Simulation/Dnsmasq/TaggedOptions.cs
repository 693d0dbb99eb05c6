namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>Which options a client's tags choose (dhcp-common.c, option_filter()).</summary>
internal static class TaggedOptions
{
    /// <summary>The options, in the order in which they are sent. Those that the client's own tags choose come before
    /// those of the range's tag, and both before those without tags; of several with one code the later line
    /// stands.</summary>
    public static List<DnsmasqOption> Of(DnsmasqConfiguration configuration, IReadOnlySet<string> tags, string rangeTag)
    {
        DnsmasqOption[] options = [.. configuration.Options.Where(option => option.Wrapping.Length == 0)];
        HashSet<string> own = DnsmasqTags.WithRules(tags, configuration.TagRules);
        bool[] chosen = Array.ConvertAll(options, option => DnsmasqTags.Match(option.Tags, own, untaggedIsFine: false));
        if (rangeTag.Length > 0)
            ChooseForRange(options, chosen,
                DnsmasqTags.WithRules(new HashSet<string>(tags) { rangeTag }, configuration.TagRules));
        for (int i = 0; i < options.Length; i++)
            chosen[i] |= options[i].Tags.Count == 0 && !IsChosen(options, chosen, options[i].Code);
        var kept = new List<DnsmasqOption>();
        for (int i = 0; i < options.Length; i++)
        {
            if (chosen[i] && !kept.Exists(option => option.Code == options[i].Code))
                kept.Add(options[i]);
        }
        return kept;
    }

    private static void ChooseForRange(DnsmasqOption[] options, bool[] chosen, HashSet<string> all)
    {
        for (int i = 0; i < options.Length; i++)
            chosen[i] &= DnsmasqTags.Match(options[i].Tags, all, untaggedIsFine: false);
        for (int i = 0; i < options.Length; i++)
        {
            if (!chosen[i] && DnsmasqTags.Match(options[i].Tags, all, untaggedIsFine: false))
                chosen[i] = !IsChosen(options, chosen, options[i].Code);
        }
    }

    private static bool IsChosen(DnsmasqOption[] options, bool[] chosen, int code)
    {
        for (int i = 0; i < options.Length; i++)
        {
            if (chosen[i] && options[i].Code == code)
                return true;
        }
        return false;
    }
}
