namespace QuantumNet.Reports;

/// <summary>The table on top of a page with many ports: each cause, where it sits, and whom it hits.</summary>
internal static class CauseTable
{
    /// <summary>Writes it; nothing when all is fine.</summary>
    public static void Write(MarkupWriter page, List<CauseGroup> groups)
    {
        if (groups.Count == 0)
            return;
        page.Open("section", ("id", "causes")).Element("h2", "Causes").Line();
        page.Open("table", ("class", "stack")).Open("thead").Open("tr");
        foreach (string head in (string[])["State", "Cause", "Where", "Ports", "Lost"])
            page.Element("th", head, ("scope", "col"));
        page.Close().Close().Open("tbody").Line();
        for (int i = 0; i < groups.Count; i++)
            Row(page, groups[i], i + 1);
        page.Close().Close().Close().Line();
    }

    private static void Row(MarkupWriter page, CauseGroup group, int number)
    {
        page.Open("tr");
        page.Open("td", ("class", "state"), ("data-label", "State"));
        Signs.Inline(page, Signs.ClassOf(group.Status));
        page.Text(" " + Signs.WordOf(group.Status)).Close();
        page.Open("td", ("data-label", "Cause")).Open("a", ("href", $"#cause-{number}"))
            .Element("code", group.Code.Length > 0 ? group.Code : "no code").Close()
            .Text(" ").Name(group.Title).Close();
        page.Open("td", ("data-label", "Where")).Element("strong", group.ComputerName).Text(" ")
            .Element("code", group.Object).Close();
        page.Element("td", group.Results.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ("data-label", "Ports"), ("class", "number"));
        page.Element("td", LostOf(group), ("data-label", "Lost"), ("class", "number"));
        page.Close().Line();
    }

    private static string LostOf(CauseGroup group) => string.Join(", ", group.Results
        .Select(result => result.Direction?.ToString().ToLowerInvariant()
            ?? (group.Status == DhcpPathStatus.Broken ? "both ways" : "")).Where(word => word.Length > 0).Distinct());
}
