namespace QuantumNet.Reports;

/// <summary>The style sheet that stands in a topology's SVG.</summary>
internal static class TopologyStyle
{
    /// <summary>The sheet.</summary>
    public const string Sheet = """

        svg { --bg:#fff; --fg:#1f2328; --muted:#57606a; --line:#d0d7de; --card:#f6f8fa; --ok:#1a7f37; --bad:#c5221f; --bridge:#ddf0ff; }
        @media (prefers-color-scheme: dark) { svg { --bg:#0d1117; --fg:#e6edf3; --muted:#9da7b3; --line:#3a424c; --card:#161b22; --ok:#3fb950; --bad:#ff7b72; --bridge:#0f2d4a; } }
        .page { fill: var(--bg); } .node { fill: var(--card); stroke: var(--line); } .bridge { fill: var(--bridge); } .underlay { fill: var(--card); stroke: var(--line); stroke-dasharray: 5 4; } .tunnel { fill: none; stroke: var(--ok); stroke-width: 1.5; } .many { stroke-width: 3; } .lost { stroke: var(--bad); stroke-dasharray: 5 4; }
        text { fill: var(--fg); font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        text.head, text.bridge { font-weight: 600; fill: var(--fg); } text.muted, text.chip { fill: var(--muted); font-size: 11px; } text.broken, text.broken-bridge { fill: var(--bad); } text.broken-bridge { font-weight: 600; }

        """;
}
