using static QuantumNet.Reports.MarkupWriter;

namespace QuantumNet.Reports;

/// <summary>Draws a port's path as one SVG that stands upright: the instance's node above,
/// the DHCP server's below, the request going down on the left, the reply coming up on the right.
/// It is narrow enough for a telephone at its natural size.</summary>
internal sealed class PathDrawing
{
    private const double Width = 356;
    private const double LaneLeft = 24;
    private const double LaneRight = Width - LaneLeft;
    private const double BoxLeft = 46;
    private const double BoxWidth = Width - (2 * BoxLeft);
    private const double Gap = 10;
    private const double HeadHeight = 26;
    private const double LineHeight = 15;
    private const double SignRadius = 10;
    private const int NameColumns = 33;
    private const int DetailColumns = 36;
    private const int NoteColumns = 36;
    private const int NoteLines = 10;

    private readonly MarkupWriter _page;
    private readonly DhcpPathResult _result;
    private readonly List<Placed> _rows = [];
    private readonly List<(string Node, double Top, double Bottom)> _nodes = [];
    private double _height;

    private PathDrawing(MarkupWriter page, DhcpPathResult result, List<PathRow> rows)
    {
        _page = page;
        _result = result;
        Place(rows);
    }

    /// <summary>Draws a result's path; says so when there is none.</summary>
    public static void Write(MarkupWriter page, DhcpPathResult result)
    {
        List<List<PathRow>> drawings = PathRow.Of(result);
        if (drawings.Count == 0)
            page.Element("p", "No path is known for this port.", ("class", "muted"));
        else
            Legend.Write(page,
                drawings.SelectMany(rows => rows).SelectMany(row => (Hop?[])[row.Request, row.Reply]).OfType<Hop>());
        foreach (List<PathRow> rows in drawings)
            new PathDrawing(page, result, rows).Draw();
    }

    private void Place(List<PathRow> rows)
    {
        double y = 20;
        string? node = null;
        double top = 0;
        foreach (PathRow row in rows)
        {
            if (row.Node != node)
            {
                EndNode(node, top, y);
                y += node is null ? 0 : Gap;
                top = y;
                y += row.Node.Length > 0 ? HeadHeight : 0;
                node = row.Node;
            }
            var placed = new Placed(row, y);
            _rows.Add(placed);
            y += placed.Height + Gap;
        }
        EndNode(node, top, y);
        _height = y + 6;
    }

    private void EndNode(string? node, double top, double y)
    {
        if (node is { Length: > 0 })
            _nodes.Add((node, top, y));
    }

    private void Draw()
    {
        _page.Line().Open("svg", ("class", "path"), ("viewBox", $"0 0 {Number(Width)} {Number(_height)}"),
            ("width", Number(Width)), ("height", Number(_height)), ("role", "img"),
            ("aria-label", "The path of " + ReportInput.NameOf(_result) + ": " + _result.Summary));
        DrawHeads();
        foreach ((string node, double top, double bottom) in _nodes)
            DrawNode(node, top, bottom);
        DrawLane(LaneLeft, row => row.Request, downwards: true);
        DrawLane(LaneRight, row => row.Reply, downwards: false);
        foreach (Placed placed in _rows)
            DrawRow(placed);
        _page.Close().Line();
    }

    private void DrawHeads()
    {
        if (_rows[0].Row.Request is not null)
            _page.Element("text", "\u2193 request", ("class", "lane"), ("x", "4"), ("y", "13"));
        if (_rows[0].Row.Reply is not null)
            _page.Element("text", "reply \u2191", ("class", "lane"), ("x", Number(Width - 4)),
                ("y", "13"), ("text-anchor", "end"));
    }

    private void DrawNode(string node, double top, double bottom)
    {
        _page.Line().Empty("rect", ("class", "node"), ("x", "1"), ("y", Number(top)), ("width", Number(Width - 2)),
            ("height", Number(bottom - top)), ("rx", "10"));
        string role = RoleOf(node);
        string name = VisibleText.Of(node);
        string shown = VisibleText.Shorten(name, 44 - role.Length);
        _page.Open("text", ("class", "head"), ("x", Number(Width / 2)), ("y", Number(top + 17)),
            ("text-anchor", "middle"));
        _page.Element("title", name).Element("tspan", shown, ("class", "strong"));
        if (role.Length > 0)
            _page.Element("tspan", "  " + role);
        _page.Close();
    }

    private string RoleOf(string node)
    {
        bool compute = Same(node, _result.ComputeNode);
        bool server = Array.Exists(_result.DhcpNodes, name => Same(node, name));
        return (compute, server) switch
        {
            (true, true) => "compute node and DHCP server",
            (true, false) => "compute node",
            (false, true) => "network node",
            _ => "",
        };
    }

    private static bool Same(string one, string other) =>
        string.Equals(one.Split('.')[0], other.Split('.')[0], StringComparison.OrdinalIgnoreCase) && one.Length > 0;

    /// <summary>The line a packet takes, as far as it gets.</summary>
    private void DrawLane(double x, Func<PathRow, Hop?> pick, bool downwards)
    {
        for (int i = 0; i + 1 < _rows.Count; i++)
        {
            Hop? from = pick(_rows[downwards ? i : i + 1].Row), to = pick(_rows[downwards ? i + 1 : i].Row);
            if (from is null || to is null)
                continue;
            bool passes = from.Action != HopAction.Dropped && PathRow.IsReached(from) && PathRow.IsReached(to);
            double top = _rows[i].Middle + SignRadius + 1, bottom = _rows[i + 1].Middle - SignRadius - 1;
            double tip = downwards ? bottom : top, tail = downwards ? top : bottom, barb = downwards ? -5 : 5;
            _page.Empty("path", ("class", passes ? "flow ok" : "flow gone"),
                ("d", $"M{Number(x)} {Number(tail)}V{Number(tip)}"
                    + (passes ? $"m-4 {Number(barb)} 4 {Number(-barb)} 4 {Number(barb)}" : "")));
        }
    }

    private void DrawRow(Placed placed)
    {
        PathRow row = placed.Row;
        string state = row.Notes().Any(note => note.State == "bad") ? " bad" : row.Notes().Any() ? " unknown" : "";
        string shape = row.Hop.Component == HopComponent.Underlay ? "hop underlay" : "hop";
        _page.Line().Empty("rect", ("class", shape + state), ("x", Number(BoxLeft)), ("y", Number(placed.Top)),
            ("width", Number(BoxWidth)), ("height", Number(placed.Height)),
            ("rx", row.Hop.Component == HopComponent.Underlay ? "18" : "6"));
        double y = placed.Top + LineHeight;
        DrawText("kind", Words.Of(row.Hop.Component), NameColumns, y);
        foreach ((string prefix, string name) in placed.Names)
            DrawText("name", name, NameColumns, y += LineHeight, prefix);
        if (placed.Detail.Length > 0)
            DrawText("detail", placed.Detail, DetailColumns, y += LineHeight);
        DrawNotes(row, y);
        DrawSign(row.Request, LaneLeft, placed.Middle, "request");
        DrawSign(row.Reply, LaneRight, placed.Middle, "reply");
    }

    private void DrawText(string style, string text, int columns, double y, string prefix = "")
    {
        string visible = VisibleText.Of(text);
        string shown = VisibleText.Shorten(visible, columns - prefix.Length);
        _page.Open("text", ("class", style), ("x", Number(BoxLeft + 10)), ("y", Number(y)));
        if (shown != visible)
            _page.Element("title", visible);
        _page.Text(prefix + shown).Close();
    }

    private void DrawNotes(PathRow row, double y)
    {
        foreach ((string state, string text) in row.Notes())
        {
            y += 4;
            foreach (string line in NoteOf(text))
            {
                _page.Open("text", ("class", "note " + state), ("x", Number(BoxLeft + 10)),
                        ("y", Number(y += LineHeight)))
                    .Element("title", text).Text(line).Close();
            }
        }
    }

    private void DrawSign(Hop? hop, double x, double y, string direction)
    {
        if (hop is null)
            return;
        _page.Open("g", ("class", "sign " + Signs.ClassOf(hop)), ("transform", $"translate({Number(x)} {Number(y)})"));
        _page.Element("title", $"{direction}, hop {hop.Sequence}: "
            + $"{Words.Of(hop.Action)}{(hop.Reason.Length > 0 ? ", " + hop.Reason : "")}");
        Signs.Shape(_page, PathRow.ShapeOf(hop));
        _page.Close();
    }

    private static List<string> NoteOf(string text) => VisibleText.Wrap(VisibleText.Of(text), NoteColumns, NoteLines);

    /// <summary>A row with its place and what it says.</summary>
    private sealed class Placed
    {
        public Placed(PathRow row, double top)
        {
            Row = row;
            Top = top;
            Names = NamesOf(row);
            Detail = DetailOf(row);
            int lines = 1 + Names.Count + (Detail.Length > 0 ? 1 : 0);
            Height = (lines * LineHeight) + 8 + row.Notes().Sum(note => (NoteOf(note.Text).Count * LineHeight) + 4);
            Middle = top + 22;
        }

        public PathRow Row { get; }
        public double Top { get; }
        public double Height { get; }
        public double Middle { get; }
        public List<(string Prefix, string Name)> Names { get; }
        public string Detail { get; }

        private static List<(string Prefix, string Name)> NamesOf(PathRow row) =>
            row is { Request: { } request, Reply: { } reply } && request.Object != reply.Object
                && row.Hop.Component != HopComponent.Underlay
                ? [("\u2193 ", request.Object), ("\u2191 ", reply.Object)]
                : [("", row.Hop.Object)];

        private static string DetailOf(PathRow row)
        {
            foreach (Hop? hop in (Hop?[])[row.Request, row.Reply])
            {
                if (hop is { Action: HopAction.Forwarded or HopAction.Rewritten or HopAction.Answered,
                    Reason.Length: > 0 } && hop.Reason != hop.Object)
                    return hop.Reason;
            }
            return "";
        }
    }
}
