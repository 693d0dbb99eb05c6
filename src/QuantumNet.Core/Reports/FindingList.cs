namespace QuantumNet.Reports;

/// <summary>Findings with their lines and remedies, symptoms under their causes.</summary>
internal static class FindingList
{
    /// <summary>Writes them, root causes in the order they come.</summary>
    /// <param name="page">The page.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="told">Remedies that the page has just told: they are not told again.</param>
    public static void Write(MarkupWriter page, Finding[] findings, IReadOnlyCollection<string> told)
    {
        if (findings.Length == 0)
        {
            page.Element("p", "Nothing was found that does not pass.", ("class", "muted")).Line();
            return;
        }
        int[] roots = RootsOf(findings);
        for (int i = 0; i < findings.Length; i++)
        {
            if (roots[i] != i)
                continue;
            page.Open("article", ("class", "finding " + Signs.ClassOf(findings[i]))).Line();
            One(page, findings[i], told);
            Symptoms(page, findings, roots, i, told);
            page.Close().Line();
        }
    }

    /// <summary>For each finding the place of the cause it goes back to; its own when it is a cause,
    /// or when its causes run in a circle.</summary>
    internal static int[] RootsOf(Finding[] findings)
    {
        var roots = new int[findings.Length];
        for (int i = 0; i < findings.Length; i++)
        {
            int at = i;
            for (int steps = 0; steps <= findings.Length && CauseOf(findings, at) is int cause and >= 0; steps++)
                at = steps == findings.Length ? i : cause;
            roots[i] = at;
        }
        for (int i = 0; i < roots.Length; i++)
        {
            if (roots[roots[i]] != roots[i])
                roots[i] = i;
        }
        return roots;
    }

    private static int CauseOf(Finding[] findings, int symptom)
    {
        if (findings[symptom].CausedBy is not { Length: > 0 } code)
            return -1;
        int sameNode = Array.FindIndex(findings,
            one => one.Code == code && one.ComputerName == findings[symptom].ComputerName);
        int found = sameNode >= 0 ? sameNode : Array.FindIndex(findings, one => one.Code == code);
        return found == symptom ? -1 : found;
    }

    private static void Symptoms(
        MarkupWriter page, Finding[] findings, int[] roots, int root, IReadOnlyCollection<string> told)
    {
        int count = 0;
        for (int i = 0; i < roots.Length; i++)
            count += i != root && roots[i] == root ? 1 : 0;
        if (count == 0)
            return;
        page.Open("details", ("class", "symptoms"))
            .Element("summary", Words.Count(count, "finding follows from it", "findings follow from it")).Line();
        for (int i = 0; i < findings.Length; i++)
        {
            if (i == root || roots[i] != root)
                continue;
            page.Open("div", ("class", "finding " + Signs.ClassOf(findings[i]))).Line();
            One(page, findings[i], told);
            page.Close().Line();
        }
        page.Close().Line();
    }

    private static void One(MarkupWriter page, Finding finding, IReadOnlyCollection<string> told)
    {
        page.Open("h4");
        Signs.Inline(page, Signs.ClassOf(finding));
        page.Text(" ").Element("code", finding.Code).Text(" ").Name(finding.Title).Text(" ")
            .Element("span", Signs.WordOf(finding), ("class", "tag")).Close().Line();
        page.Open("p").Name(finding.Message).Close().Line();
        page.Open("p", ("class", "muted")).Text("On ")
            .Name(finding.ComputerName.Length > 0 ? finding.ComputerName : "no node");
        if (finding.Object.Length > 0)
            page.Text(": ").Element("code", finding.Object);
        if (finding.CausedBy is { Length: > 0 } cause)
            page.Text("; follows from ").Element("code", cause);
        page.Close().Line();
        foreach (Evidence line in finding.Evidence)
            Line(page, line);
        if (finding.Remedy.Length > 0 && !told.Contains(finding.Remedy))
            page.Open("p", ("class", "remedy")).Element("strong", "What to do: ").Text(finding.Remedy).Close().Line();
    }

    private static void Line(MarkupWriter page, Evidence line)
    {
        page.Open("figure").Open("figcaption").Name(line.ComputerName)
            .Text(line.ComputerName.Length > 0 && line.Command.Length > 0 ? ": " : "")
            .Element("code", line.Command)
            .Text(line.LineNumber > 0 ? FormattableString.Invariant($", line {line.LineNumber}") : "").Close();
        page.Open("pre", ("tabindex", "0")).Text(line.Text.Trim('\n', '\r'), keepLines: true).Close().Close().Line();
    }
}
