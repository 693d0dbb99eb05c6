namespace QuantumNet.Reports;

/// <summary>The signs of states: each has a colour and a shape of its own, so that it also reads without
/// colours and in print.</summary>
internal static class Signs
{
    /// <summary>CSS class of a verdict.</summary>
    public static string ClassOf(DhcpPathStatus status) => status switch
    {
        DhcpPathStatus.Ok => "ok",
        DhcpPathStatus.Broken => "bad",
        DhcpPathStatus.Degraded => "warn",
        _ => "unknown",
    };

    /// <summary>A verdict in words.</summary>
    public static string WordOf(DhcpPathStatus status) => status switch
    {
        DhcpPathStatus.Ok => "fine",
        DhcpPathStatus.Broken => "broken",
        DhcpPathStatus.Degraded => "works, but",
        _ => "cannot be determined",
    };

    /// <summary>CSS class of a finding.</summary>
    public static string ClassOf(Finding finding) => finding.Status switch
    {
        FindingStatus.Pass => "ok",
        FindingStatus.Fail => finding.Severity switch
        {
            CheckSeverity.Error => "bad",
            CheckSeverity.Warning => "warn",
            _ => "info",
        },
        _ => "unknown",
    };

    /// <summary>A finding's state in words.</summary>
    public static string WordOf(Finding finding) => finding.Status switch
    {
        FindingStatus.Pass => "passes",
        FindingStatus.Fail => finding.Severity switch
        {
            CheckSeverity.Error => "fails",
            CheckSeverity.Warning => "warning",
            _ => "note",
        },
        FindingStatus.NotApplicable => "not applicable",
        _ => "cannot be determined",
    };

    /// <summary>CSS class of what a hop does.</summary>
    public static string ClassOf(Hop hop) => hop.Action switch
    {
        HopAction.Dropped => "bad",
        HopAction.Unknown => "unknown",
        _ => "ok",
    };

    /// <summary>A small picture of a state, for use in text.</summary>
    public static void Inline(MarkupWriter page, string state)
    {
        page.Open("svg", ("class", "sign " + state), ("viewBox", "-9 -9 18 18"), ("width", "18"), ("height", "18"),
            ("aria-hidden", "true"));
        Shape(page, state);
        page.Close();
    }

    /// <summary>The picture itself, around the origin: circle, octagon, triangle, broken circle.</summary>
    public static void Shape(MarkupWriter page, string state)
    {
        switch (state)
        {
            case "ok":
                page.Empty("circle", ("class", "fill"), ("r", "7.5"))
                    .Empty("path", ("class", "mark"), ("d", "M-3.6 .2 -1 2.8 3.6 -2.6"));
                break;
            case "bad":
                page.Empty("path", ("class", "fill"), ("d", "M-3.5-8.5h7l5 5v7l-5 5h-7l-5-5v-7z"))
                    .Empty("path", ("class", "mark"), ("d", "M-3.2-3.2 3.2 3.2M3.2-3.2-3.2 3.2"));
                break;
            case "warn":
                page.Empty("path", ("class", "fill"), ("d", "M0-8 8.5 7h-17z"))
                    .Empty("path", ("class", "mark"), ("d", "M0-3.4V1.6M0 4.2V4.6"));
                break;
            case "rewritten":
                page.Empty("path", ("class", "fill"), ("d", "M0-8.5 8.5 0 0 8.5-8.5 0z"))
                    .Empty("path", ("class", "mark"), ("d", "M-3.4-1.4h6M1-3.2 2.8-1.4M3.4 1.6h-6M-1 3.4-2.8 1.6"));
                break;
            case "answered":
                page.Empty("rect", ("class", "fill"), ("x", "-7.5"), ("y", "-7.5"),
                    ("width", "15"), ("height", "15"), ("rx", "4")).Empty("path", ("class", "mark"),
                        ("d", "M-3.5 2.5h4.5a2.6 2.6 0 0 0 0-5.2H-3M-.8-5-3.4-2.7-.8-.4"));
                break;
            case "info":
                page.Empty("circle", ("class", "fill"), ("r", "7.5"))
                    .Empty("path", ("class", "mark"), ("d", "M0-3.8V-3.4M0-.8V4"));
                break;
            case "unreached":
                page.Empty("circle", ("class", "hollow"), ("r", "4"));
                break;
            default:
                page.Empty("circle", ("class", "hollow"), ("r", "7"))
                    .Empty("path", ("class", "question"), ("d", "M-2.2-1.6a2.2 2.2 0 1 1 3.3 1.9Q0 .9 0 2M0 4.2V4.4"));
                break;
        }
    }
}
