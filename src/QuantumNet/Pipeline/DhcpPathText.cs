using System.Globalization;
using System.Text;

namespace QuantumNet;

/// <summary>Draws a verdict as text, for the views of PowerShell and of <c>quantumnet</c>.</summary>
public static class DhcpPathText
{
    /// <summary>Stands before the hop where the packet is lost.</summary>
    public const string BreakMark = "X ";

    private const string NoMark = "  ";
    private const string Indent = "      ";
    private const int Room = 62;        // of 80 columns, beside the label of a list

    /// <summary>The path, one hop a line, the request first; a lost packet's hop is marked and says why. What is only
    /// passed on is not said: a line fits 80 columns.</summary>
    public static string Path(DhcpPathResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Hops.Length == 0)
            return "";
        var text = new StringBuilder();
        int node = result.Hops.Max(hop => hop.ComputerName.Length);
        int kind = result.Hops.Max(hop => hop.Component.ToString().Length);
        DhcpDirection? direction = null;
        foreach (Hop hop in result.Hops)
        {
            if (hop.Direction != direction)
                AppendLine(text, hop.Direction == DhcpDirection.Request
                    ? "request: instance to DHCP server" : "reply: DHCP server to instance");
            direction = hop.Direction;
            AppendHop(text, hop, string.Create(CultureInfo.InvariantCulture,
                $"{MarkOf(hop)}{hop.Sequence,2}  {hop.ComputerName.PadRight(node)}  "
                    + $"{hop.Component.ToString().PadRight(kind)}  {hop.Object}"));
        }
        return text.ToString();
    }

    /// <summary>The findings that do not pass: code, place, sentence, quoted lines, remedy.</summary>
    public static string Findings(DhcpPathResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Findings(result.Findings);
    }

    /// <summary>Findings, of whatever result: code, place, sentence, quoted lines, remedy.</summary>
    public static string Findings(Finding[] findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var text = new StringBuilder();
        foreach (Finding finding in findings)
        {
            string cause = finding.CausedBy is null ? "" : $" (because of {finding.CausedBy})";
            AppendLine(text, $"{finding.Code} {finding.Status} {Place(finding)}: {finding.Message}{cause}");
            foreach (Evidence line in finding.Evidence)
            {
                AppendLine(text, $"    {line.ComputerName}: "
                    + $"{line.Command}{(line.LineNumber > 0 ? $", line {line.LineNumber}" : "")}");
                AppendQuote(text, "    ", line.Text);
            }
            if (finding.Remedy.Length > 0)
                AppendLine(text, $"    Remedy: {finding.Remedy}");
        }
        return text.ToString();
    }

    private static string MarkOf(Hop hop) => hop.Action == HopAction.Dropped ? BreakMark : NoMark;

    private static string Place(Finding finding) => $"{finding.ComputerName} {finding.Object}".Trim();

    private static void AppendHop(StringBuilder text, Hop hop, string line)
    {
        bool isLost = hop.Action is HopAction.Dropped or HopAction.Unknown;
        string action = hop.Action == HopAction.Forwarded ? ""
            : hop.Action == HopAction.Unknown && hop.Reason.Length > 0 ? hop.Reason : $"{hop.Action}";
        if (line.Length + 2 + action.Length <= Room)
            AppendLine(text, $"{line}  {action}");
        else
            AppendLine(text, $"{line}\n{Indent}{action}");
        if (hop.Action == HopAction.Dropped && hop.Reason.Length > 0)
            AppendLine(text, Indent + hop.Reason);
        if (isLost && hop.Rule.Length > 0)
            AppendQuote(text, Indent, hop.Rule);
    }

    private static void AppendQuote(StringBuilder text, string indent, string quoted)
    {
        foreach (string line in quoted.Trim().ReplaceLineEndings("\n").Split('\n'))
            AppendLine(text, $"{indent}> {line}");
    }

    /// <summary>Lines are parted by line feeds, without one at the end.</summary>
    private static void AppendLine(StringBuilder text, string line)
    {
        if (text.Length > 0)
            text.Append('\n');
        text.Append(line.TrimEnd());
    }
}
