using System.Text;

namespace QuantumNet.Reports;

/// <summary>Writes verdicts as Markdown (CommonMark with GitHub's tables) for a ticket: the sentence, each cause with
/// its evidence and remedy, the path of a port that stands for it.</summary>
public static class DhcpPathMarkdown
{
    private const int PortsListed = 20;

    /// <summary>The text.</summary>
    public static string Render(IReadOnlyList<DhcpPathResult> results, ReportContext context)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(context);
        List<DhcpPathResult> ports = ReportInput.Of(results);
        List<CauseGroup> groups = CauseGroup.Of(ports);
        var text = new StringBuilder();
        text.Append($"# {Inline(DhcpPathReport.TitleOf(ports, context))}\n\n");
        text.Append($"{Inline(DhcpPathReport.Sentence(ports, groups.Count))}\n");
        if (groups.Count > 1)
            Causes(text, groups);
        foreach (CauseGroup group in groups)
            Cause(text, group);
        if (groups.Count == 0 && ports.Count == 1)
            Path(text, ports[0]);
        Footer(text, ports, context);
        return text.ToString();
    }

    private static void Causes(StringBuilder text, List<CauseGroup> groups)
    {
        text.Append("\n| State | Cause | Where | Ports |\n|---|---|---|---|\n");
        foreach (CauseGroup group in groups)
            text.Append($"| {group.Status} | {Inline($"{group.Code} {group.Title}".Trim())} "
                + $"| {Inline($"{group.ComputerName} {group.Object}".Trim())} | {group.Results.Count} |\n");
    }

    private static void Cause(StringBuilder text, CauseGroup group)
    {
        DhcpPathResult first = group.Results[0];
        text.Append($"\n## {Inline($"{group.Code} {group.Title}".Trim())}\n\n");
        if (group.Results.Count > 1)
            text.Append($"{Words.Count(group.Results.Count, "port", "ports")}: {Names(group)}\n\n");
        text.Append($"{Inline(first.Summary)}\n");
        foreach (Finding finding in first.Findings.Where(finding => finding.Code == group.Code))
            Evidence(text, finding);
        foreach (string remedy in group.Remedies)
            text.Append($"\n**What to do:** {Inline(remedy)}\n");
        Path(text, first);
    }

    private static string Names(CauseGroup group)
    {
        string names = string.Join(", ", group.Results.Take(PortsListed)
            .Select(port => Inline(
                port.InstanceName.Length > 0 ? $"{port.InstanceName} ({port.PortId})" : port.PortId)));
        return group.Results.Count > PortsListed ? $"{names} and {group.Results.Count - PortsListed} more" : names;
    }

    private static void Evidence(StringBuilder text, Finding finding)
    {
        text.Append($"\n{Inline(finding.Message)}\n");
        foreach (Evidence line in finding.Evidence)
        {
            string where = line.LineNumber > 0 ? FormattableString.Invariant($", line {line.LineNumber}") : "";
            text.Append($"\n{Inline(line.ComputerName)}: {Code(line.Command)}{where}\n\n{Fenced(line.Text)}\n");
        }
    }

    private static void Path(StringBuilder text, DhcpPathResult port)
    {
        if (port.Hops.Length == 0)
            return;
        text.Append($"\nThe path of {Inline(ReportInput.NameOf(port))}:\n\n");
        text.Append("| | Node | Hop | | |\n|---|---|---|---|---|\n");
        foreach (Hop hop in port.Hops)
        {
            string way = hop.Direction == DhcpDirection.Request ? "\u2193" : "\u2191";
            string what = hop.Action is HopAction.Forwarded ? "" : Words.Of(hop.Action);
            text.Append($"| {way} | {Inline(hop.ComputerName)} | {Words.Of(hop.Component)} | {Inline(hop.Object)} "
                + $"| {(hop.Action == HopAction.Dropped ? $"**{what}** {Inline(hop.Reason)}".Trim() : what)} |\n");
        }
    }

    private static void Footer(StringBuilder text, List<DhcpPathResult> ports, ReportContext context)
    {
        string[] told = [context.Source, CollectedAt(ports), context.Generator];
        text.Append($"\n---\n{Inline(string.Join(" \u00b7 ", told.Where(part => part.Length > 0)))}\n");
    }

    private static string CollectedAt(List<DhcpPathResult> ports) =>
        ports.Count > 0 && ports[0].CollectedAt != default ? $"collected {Words.Time(ports[0].CollectedAt)}" : "";

    /// <summary>Text of nodes is text: nothing in it becomes a link, a picture or markup.</summary>
    private static string Inline(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (char letter in VisibleText.Of(text))
        {
            if ("\\`*_{}[]<>#|!~&".Contains(letter, StringComparison.Ordinal))
                clean.Append('\\');
            clean.Append(letter is '\n' or '\r' ? ' ' : letter);
        }
        return clean.ToString();
    }

    private static string Code(string text)
    {
        string line = VisibleText.Of(text).ReplaceLineEndings(" "), ticks = new('`', LongestRun(text) + 1);
        return ticks.Length == 1 ? $"`{line}`" : $"{ticks} {line} {ticks}";
    }

    private static string Fenced(string text)
    {
        string fence = new('`', Math.Max(3, LongestRun(text) + 1));
        return $"{fence}text\n{VisibleText.Of(text, keepLines: true).Trim('\n', '\r')}\n{fence}";
    }

    /// <summary>The longest run of backticks in a text: a fence must be longer.</summary>
    private static int LongestRun(string text)
    {
        int longest = 0, run = 0;
        foreach (char letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}
