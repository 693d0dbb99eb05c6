namespace QuantumNet.Reports;

/// <summary>What the signs of a drawing mean: those that are in it, above it.</summary>
internal static class Legend
{
    private static readonly (string Shape, string State, string Words)[] s_signs =
    [
        ("ok", "ok", Words.Of(HopAction.Forwarded)),
        ("rewritten", "ok", Words.Of(HopAction.Rewritten)),
        ("answered", "ok", Words.Of(HopAction.Answered)),
        ("bad", "bad", Words.Of(HopAction.Dropped)),
        ("unknown", "unknown", "cannot be determined"),
        ("unreached", "unknown", "not reached"),
    ];

    /// <summary>Writes it.</summary>
    public static void Write(MarkupWriter page, IEnumerable<Hop> hops)
    {
        HashSet<string> used = [.. hops.Select(PathRow.ShapeOf)];
        page.Open("p", ("class", "legend"));
        foreach ((string shape, string state, string words) in s_signs)
        {
            if (!used.Contains(shape))
                continue;
            page.Open("span").Open("svg", ("class", "sign " + state), ("viewBox", "-9 -9 18 18"), ("width", "14"),
                ("height", "14"), ("aria-hidden", "true"));
            Signs.Shape(page, shape);
            page.Close().Text(" " + words).Close().Text(" ");
        }
        page.Close().Line();
    }
}
