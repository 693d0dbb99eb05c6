namespace QuantumNet.Reports;

/// <summary>Writes verdicts as one self-contained HTML page: nothing loaded from elsewhere, light and dark,
/// fit to print. A page of many ports has one script, which searches it; a page of one has none.</summary>
public static class DhcpPathReport
{
    // What the page promises, its browser enforces.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>The page.</summary>
    public static string Render(IReadOnlyList<DhcpPathResult> results, ReportContext context)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(context);
        List<DhcpPathResult> ports = ReportInput.Of(results);
        List<CauseGroup> groups = CauseGroup.Of(ports);
        string title = TitleOf(ports, context);
        var page = new MarkupWriter();
        page.Raw("<!DOCTYPE html>\n").Open("html", ("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml"));
        bool isMany = ports.Count > 1;
        Head(page, title, isMany);
        page.Open("body").Line();
        Banner(page, title, ports, groups, context);
        page.Open("main", ("class", isMany ? "many" : null)).Line();
        if (isMany)
        {
            RowSearch.WriteBox(page);
            CauseTable.Write(page, groups);
        }
        new PortSections(page, ports.Count == 1).Write(groups);
        Fine(page, ports);
        CollectionSection.Write(page, context.With(ports).Collections);
        page.Close().Line();
        Footer(page, context);
        if (isMany)
            RowSearch.WriteScript(page);
        page.Close().Close().Line();
        return page.ToString();
    }

    /// <summary>The sentence that stands on top.</summary>
    internal static string Sentence(IReadOnlyList<DhcpPathResult> ports, int causes)
    {
        if (ports.Count == 0)
            return "No port was tested.";
        if (ports.Count == 1)
            return ports[0].Summary;
        List<string> parts = [];
        int broken = Count(ports, DhcpPathStatus.Broken), degraded = Count(ports, DhcpPathStatus.Degraded),
            unknown = Count(ports, DhcpPathStatus.Unknown), fine = Count(ports, DhcpPathStatus.Ok);
        if (broken > 0)
            parts.Add(
                $"{broken} {(broken == 1 ? "gets" : "get")} no lease, from {Words.Count(causes, "cause", "causes")}");
        if (unknown > 0)
            parts.Add($"{unknown} cannot be determined");
        if (degraded > 0)
            parts.Add($"{degraded} can get a lease, with a latent fault");
        if (fine > 0)
            parts.Add(fine == ports.Count ? "all are fine" : $"{fine} {(fine == 1 ? "is" : "are")} fine");
        return $"{ports.Count} ports tested: {string.Join("; ", parts)}.";
    }

    private static int Count(IReadOnlyList<DhcpPathResult> ports, DhcpPathStatus status) =>
        ports.Count(port => port.Status == status);

    /// <summary>The title.</summary>
    internal static string TitleOf(List<DhcpPathResult> ports, ReportContext context) =>
        context.Title.Length > 0 ? context.Title
        : ports.Count == 1 ? "DHCP path of " + ReportInput.NameOf(ports[0])
        : $"DHCP paths of {Words.Count(ports.Count, "port", "ports")}";

    private static void Head(MarkupWriter page, string title, bool isSearched)
    {
        page.Line().Open("head").Line();
        page.Empty("meta", ("charset", "utf-8")).Line();
        string policy = isSearched ? $"{Policy}; script-src {RowSearch.Source}" : Policy;
        page.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", policy)).Line();
        page.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        page.Empty("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        page.Element("title", title).Line();
        page.Open("style").Raw(ReportStyle.Page).Close().Line();
        page.Close().Line();
    }

    private static void Banner(
        MarkupWriter page, string title, List<DhcpPathResult> ports, List<CauseGroup> groups, ReportContext context)
    {
        string state = Signs.ClassOf(Worst(ports));
        page.Open("header").Line().Element("h1", title).Line();
        page.Open("p", ("class", "verdict " + state));
        Signs.Inline(page, state);
        page.Open("span", ("class", "sentence"))
            .Name(Sentence(ports, groups.Count(group => group.Status == DhcpPathStatus.Broken))).Close();
        page.Close().Line();
        page.Open("p", ("class", "muted"));
        page.Text(string.Join(" \u00b7 ", About(ports, context))).Close().Line().Close().Line();
    }

    private static IEnumerable<string> About(List<DhcpPathResult> ports, ReportContext context)
    {
        DateTime[] taken =
            [.. ports.Select(port => port.CollectedAt).Where(time => time != default).Distinct().Order()];
        if (taken.Length > 0)
            yield return "Evidence of " + Words.Time(taken[0])
                + (taken.Length > 1 ? " to " + Words.Time(taken[^1]) : "");
        if (context.Source.Length > 0)
            yield return "from " + context.Source;
        string made = Words.Time(context.CreatedAt);
        yield return "written by " + context.Generator + (made.Length > 0 ? ", " + made : "");
    }

    private static DhcpPathStatus Worst(List<DhcpPathResult> ports)
    {
        foreach (DhcpPathStatus status in (DhcpPathStatus[])[DhcpPathStatus.Broken, DhcpPathStatus.Unknown,
            DhcpPathStatus.Degraded])
        {
            if (ports.Exists(port => port.Status == status))
                return status;
        }
        return ports.Count == 0 ? DhcpPathStatus.Unknown : DhcpPathStatus.Ok;
    }

    private static void Fine(MarkupWriter page, List<DhcpPathResult> ports)
    {
        List<DhcpPathResult> fine = ports.FindAll(port => port.Status == DhcpPathStatus.Ok);
        if (fine.Count == 0)
            return;
        if (ports.Count == 1)
        {
            page.Open("section").Line();
            PortSections.Body(page, fine[0], []);
            page.Close().Line();
            return;
        }
        page.Open("section", ("id", "fine")).Element("h2", "Fine").Line();
        page.Open("details")
            .Element("summary", Words.Count(fine.Count, "port can get its lease", "ports can get their leases")).Line();
        PortTable.Write(page, fine);
        page.Close().Close().Line();
    }

    private static void Footer(MarkupWriter page, ReportContext context)
    {
        page.Open("footer").Element("p", context.Generator + " reads; it changed nothing on any node.").Close().Line();
    }
}
