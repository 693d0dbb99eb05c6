namespace QuantumNet.Snapshots;

/// <summary>One reader of an output, and what the output is about.</summary>
internal sealed record OutputReader(ICollector Collector, CommandScope Scope, string Subject, CommandTemplate? Template, bool IsExact);

/// <summary>Finds who reads an output: by the collector's name, or by the command when another tool took it.</summary>
internal sealed class CollectorIndex(IReadOnlyList<ICollector> collectors)
{
    /// <summary>The collectors.</summary>
    public IReadOnlyList<ICollector> Collectors => collectors;

    /// <summary>The readers of an output; none when nobody knows the command.</summary>
    public IEnumerable<OutputReader> ReadersOf(CommandOutput output)
    {
        foreach (ICollector collector in collectors)
        {
            if (output.Collector.Length > 0 && collector.Name != output.Collector)
                continue;
            if (Match(collector, output.Argv) is { } match && (output.Collector.Length == 0 || match.IsExact))
                yield return new(collector, match.Template.Scope, SubjectOf(output, match), match.Template, match.IsExact);
            else if (output.Collector.Length > 0)
                yield return new(collector, GuessScope(output.Subject), output.Subject, null, IsExact: true);
        }
    }

    private static string SubjectOf(CommandOutput output, TemplateMatch match) =>
        TemplateMatch.HasHolder(match.Subject) ? "" : output.Subject.Length > 0 ? output.Subject : match.Subject;

    private static TemplateMatch? Match(ICollector collector, string[] argv)
    {
        TemplateMatch? loose = null;
        foreach (CommandTemplate template in collector.Commands)
        {
            if (template.Argv.SequenceEqual(argv))
                return new(template, "", IsExact: true);
            TemplateMatch? match = TemplateMatch.Find(template, argv);
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
