namespace QuantumNet.Reports;

/// <summary>The style sheets, which stand in the pages themselves.</summary>
internal static class ReportStyle
{
    /// <summary>Of the report.</summary>
    public const string Page = """

        :root { color-scheme: light dark; --bg:#fff; --fg:#1f2328; --muted:#57606a; --line:#d0d7de; --card:#f6f8fa; --link:#0550ae;
          --ok:#1a7f37; --bad:#c5221f; --warn:#8a5a00; --unknown:#59636e; --info:#0550ae; --mark:#fff; --bad-bg:#ffebe9; --warn-bg:#fff4d6; --ok-bg:#e8f6ea; --unknown-bg:#f0f2f4; }
        @media (prefers-color-scheme: dark) { :root { --bg:#0d1117; --fg:#e6edf3; --muted:#9da7b3; --line:#3a424c; --card:#161b22; --link:#79b8ff;
          --ok:#3fb950; --bad:#ff7b72; --warn:#e3b341; --unknown:#9da7b3; --info:#79b8ff; --mark:#0d1117; --bad-bg:#3a1414; --warn-bg:#322503; --ok-bg:#0f2a17; --unknown-bg:#1c2128; } }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body { margin: 0 auto; padding: 16px; max-width: 1180px; background: var(--bg); color: var(--fg); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
        h1 { font-size: 1.5rem; margin: 0 0 12px; line-height: 1.25; } h2 { font-size: 1.2rem; margin: 0 0 8px; line-height: 1.35; }
        h3 { font-size: .8rem; margin: 0 0 8px; color: var(--muted); text-transform: uppercase; letter-spacing: .05em; } h4 { font-size: 1rem; margin: 0 0 4px; }
        p { margin: 0 0 8px; } a { color: var(--link); } .muted { color: var(--muted); } bdi { unicode-bidi: isolate; }
        code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .875em; }
        section { margin: 28px 0; padding-top: 20px; border-top: 1px solid var(--line); } header + main > section:first-child { margin-top: 20px; }
        .verdict { display: flex; gap: 12px; align-items: flex-start; padding: 14px 16px; border-radius: 8px; border-left: 6px solid; font-size: 1.1rem; }
        .verdict.ok { background: var(--ok-bg); border-color: var(--ok); } .verdict.bad { background: var(--bad-bg); border-color: var(--bad); }
        .verdict.warn { background: var(--warn-bg); border-color: var(--warn); } .verdict.unknown { background: var(--unknown-bg); border-color: var(--unknown); }
        .verdict .sign { width: 26px; height: 26px; flex: none; } svg.sign { vertical-align: -3px; }
        .sign.ok { --c: var(--ok); } .sign.bad { --c: var(--bad); } .sign.warn { --c: var(--warn); } .sign.unknown { --c: var(--unknown); } .sign.info { --c: var(--info); }
        .sign .fill { fill: var(--c); } .sign .mark { fill: none; stroke: var(--mark); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
        .sign .hollow { fill: var(--bg); stroke: var(--c); stroke-width: 1.5; stroke-dasharray: 3 2; } .sign .question { fill: none; stroke: var(--c); stroke-width: 1.6; stroke-linecap: round; }
        .remedy { background: var(--card); border-left: 4px solid var(--info); padding: 8px 12px; border-radius: 0 6px 6px 0; }
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(330px, 100%), 1fr)); gap: 6px 20px; margin: 0; }
        .facts dt { color: var(--muted); font-size: .8rem; } .facts dd { margin: 0; }
        .port { display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; margin-top: 14px; }
        @media screen and (min-width: 900px) { .port { grid-template-columns: 420px minmax(0, 1fr); grid-template-rows: auto 1fr; gap: 20px 32px; } .drawing { grid-row: 1 / span 2; grid-column: 1; } .facts, .findings { grid-column: 2; } }
        svg.path { display: block; width: 100%; max-width: 430px; height: auto; margin: 0 auto; }
        .path text { fill: var(--fg); font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
        .path .lane { fill: var(--muted); font-size: 11px; } .path .node { fill: var(--card); stroke: var(--line); } .path .head { fill: var(--muted); font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; } .path .strong { fill: var(--fg); font-weight: 600; }
        .path .hop { fill: var(--bg); stroke: var(--line); } .path .hop.underlay { fill: none; stroke-dasharray: 5 4; } .path .hop.bad { fill: var(--bad-bg); stroke: var(--bad); stroke-width: 2; } .path .hop.unknown { stroke: var(--unknown); stroke-dasharray: 4 3; }
        .path .kind { fill: var(--muted); font-size: 11px; } .path .name { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; } .path .detail { fill: var(--muted); font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        .path .note { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; } .path .note.bad { fill: var(--bad); } .path .note.unknown { fill: var(--unknown); }
        .path .flow { fill: none; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; } .path .flow.ok { stroke: var(--ok); } .path .flow.gone { stroke: var(--unknown); stroke-dasharray: 1 5; }
        .finding { border: 1px solid var(--line); border-left: 4px solid var(--unknown); border-radius: 6px; padding: 10px 14px; margin: 0 0 12px; }
        .finding.bad { border-left-color: var(--bad); } .finding.warn { border-left-color: var(--warn); } .finding.ok { border-left-color: var(--ok); } .finding.info { border-left-color: var(--info); }
        .finding > :last-child { margin-bottom: 0; } .tag { font-size: .75rem; font-weight: 400; color: var(--muted); border: 1px solid var(--line); border-radius: 10px; padding: 0 8px; white-space: nowrap; }
        figure { margin: 0 0 8px; } figcaption { color: var(--muted); font-size: .85rem; } pre { margin: 2px 0 0; padding: 8px 10px; background: var(--card); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 22em; overflow-y: auto; }
        [hidden] { display: none !important; } .search { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin: 16px 0 0; } .search input { flex: 1 1 220px; max-width: 420px; min-width: 0; font: inherit; padding: 6px 10px; color: var(--fg); background: var(--bg); border: 1px solid var(--muted); border-radius: 6px; } .search input:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        details { margin: 0 0 10px; } summary { cursor: pointer; padding: 4px 0; } details.one { border: 1px solid var(--line); border-radius: 8px; padding: 6px 12px; } details.one > summary { font-weight: 600; } details.one > summary .muted { font-weight: 400; }
        table { width: 100%; border-collapse: collapse; margin: 0 0 12px; } th { white-space: nowrap; overflow-wrap: normal; text-align: left; font-size: .8rem; color: var(--muted); } th, td { padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; } td.state, td.number { white-space: nowrap; }
        ul { margin: 0 0 12px; padding-left: 0; list-style: none; } li { padding: 2px 0; } .legend { color: var(--muted); font-size: .8rem; margin: 0 0 10px; } .legend span { white-space: nowrap; margin-right: 12px; } footer { border-top: 1px solid var(--line); padding-top: 14px; color: var(--muted); font-size: .85rem; }
        @media (max-width: 620px) { table.stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } table.stack, table.stack tbody, table.stack tr, table.stack td { display: block; width: 100%; }
          table.stack tr { border-bottom: 1px solid var(--line); padding: 8px 0; } table.stack td { border: 0; padding: 1px 0 1px 108px; min-height: 1.5em; position: relative; } table.stack td::before { content: attr(data-label); position: absolute; left: 0; color: var(--muted); font-size: .8rem; }
          .legend span { white-space: normal; } }
        @media print { .search { display: none; } tr[hidden] { display: table-row !important; } details[hidden], section[hidden] { display: block !important; }
          :root { color-scheme: light; --bg:#fff; --fg:#000; --muted:#444; --line:#bbb; --card:#f6f6f6; --link:#000; --ok:#1a7f37; --bad:#c5221f; --warn:#8a5a00; --unknown:#555; --info:#333; --mark:#fff; --bad-bg:#fdecea; --warn-bg:#fff4d6; --ok-bg:#eef7ef; --unknown-bg:#f2f2f2; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } @page { margin: 12mm; } body { max-width: none; padding: 0; font-size: 10pt; } section { margin: 14px 0; padding-top: 14px; }
          .facts { grid-template-columns: 1fr 1fr; } .drawing { order: 1; break-before: page; break-inside: avoid; } svg.path { width: auto; max-width: 100%; max-height: 22.5cm; }
          .many section.cause + section { break-before: page; border-top: 0; } .legend { break-after: avoid; } details.one { border: 0; padding: 0; } pre { max-height: none; overflow: visible; } details::details-content { content-visibility: visible; display: block; height: auto; }
          h2, h3, h4 { break-after: avoid; } figure, tr, .verdict, svg.path, .finding { break-inside: avoid; } }

        """;
}
