namespace QuantumNet.Snapshots;

/// <summary>One reader of an output, and what the output is about.</summary>
internal sealed record OutputReader(ICollector Collector, CommandScope Scope, string Subject, TemplateMatch? Match)
{
    /// <summary>Whether the command is the collector's own.</summary>
    public bool IsExact => Match?.IsExact ?? true;

    /// <summary>Whether nothing of what the collector's own command tells is left out.</summary>
    public bool IsWhole => Match?.IsWhole ?? true;
}

/// <summary>Finds who reads an output: by the collector's name, or by what the command prints when
/// another tool took it.</summary>
internal sealed class CollectorIndex(IReadOnlyList<ICollector> collectors)
{
    /// <summary>The collectors.</summary>
    public IReadOnlyList<ICollector> Collectors => collectors;

    /// <summary>The readers of an output; none when nobody knows the command.</summary>
    public IEnumerable<OutputReader> ReadersOf(CommandOutput output)
    {
        CommandForm form = CommandForm.Of(output.Argv);
        string file = TemplateMatch.FileOf(CommandPrefix.Strip(output.Argv).Argv);
        foreach (ICollector collector in collectors)
        {
            if (output.Collector.Length > 0 && collector.Name != output.Collector)
                continue;
            if (Match(collector, output.Argv, form, file) is { } match)
                yield return new(collector, ScopeOf(match), SubjectOf(output, match), match);
            else if (output.Collector.Length > 0)
                yield return new(collector, GuessScope(output.Subject), output.Subject, null);
        }
    }

    /// <summary>Whether some collector reads a file of that path.</summary>
    public bool ReadsFile(string path) =>
        collectors.Any(collector => Match(collector, ["cat", path], new("cat", path), path) is not null);

    private static string SubjectOf(CommandOutput output, TemplateMatch match) =>
        TemplateMatch.HasHolder(match.Subject) ? "" : output.Subject.Length > 0 ? output.Subject : match.Subject;

    /// <summary>What a namespace's template asks may be known of the node's own, too.</summary>
    private static CommandScope ScopeOf(TemplateMatch match) =>
        match.Template.Scope == CommandScope.DhcpNamespace && match.Subject.Length == 0 && !match.IsExact
            ? CommandScope.Node : match.Template.Scope;

    private static TemplateMatch? Match(ICollector collector, string[] argv, CommandForm form, string file)
    {
        TemplateMatch? loose = null;
        foreach (CommandTemplate template in collector.Commands)
        {
            if (template.Argv.SequenceEqual(argv))
                return new(template, "", IsExact: true);
            TemplateMatch? match = TemplateMatch.Find(template, argv, form, file);
            if (match is { IsExact: true })
                return match;
            loose ??= match;
        }
        return loose;
    }

    /// <summary>For outputs of a release whose commands were others.</summary>
    private static CommandScope GuessScope(string subject) =>
        subject.Length == 0 ? CommandScope.Node
        : subject.StartsWith('/') ? CommandScope.File
        : subject.StartsWith("qdhcp-", StringComparison.Ordinal) ? CommandScope.DhcpNamespace
        : Guid.TryParse(subject, out _) ? CommandScope.DhcpNetwork
        : int.TryParse(subject, out _) ? CommandScope.DnsmasqProcess
        : CommandScope.Bridge;
}
