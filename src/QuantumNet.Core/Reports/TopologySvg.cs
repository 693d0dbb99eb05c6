using static QuantumNet.Reports.MarkupWriter;

namespace QuantumNet.Reports;

/// <summary>Draws a topology as an SVG of its own: a card per node in rows, under each row the network between
/// the nodes, which the tunnel bridges reach. It stays readable for a hundred nodes because tunnels meet there instead
/// of crossing each other.</summary>
public sealed class TopologySvg
{
    private const double CardWidth = 360;
    private const double Margin = 24;
    private const double CardGap = 24;
    private const double RowGap = 64;
    private const double LineHeight = 17;
    private const double Padding = 12;
    private const int Columns = 44;
    private const int MaximumPorts = 24;
    private const int MaximumTunnels = 8;
    private const int WidestRow = 6;

    private readonly MarkupWriter _svg = new();
    private readonly TopologyGraph _graph;
    private readonly List<TopologyCard> _cards = [];

    private TopologySvg(TopologyGraph graph)
    {
        _graph = graph;
        ILookup<string, TopologyTunnel> tunnels = graph.Tunnels
            .SelectMany(tunnel => tunnel.IsWhole && tunnel.RemoteComputerName != tunnel.ComputerName
                ? new[] { (Node: tunnel.ComputerName, Tunnel: tunnel),
                    (Node: tunnel.RemoteComputerName, Tunnel: Turned(tunnel)) }
                : [(Node: tunnel.ComputerName, Tunnel: tunnel)])
            .ToLookup(pair => pair.Node, pair => pair.Tunnel);
        foreach (TopologyNode node in graph.Nodes.OrderBy(node => node.Bridges.Length == 0))
            _cards.Add(TopologyCard.Of(node, [.. tunnels[node.ComputerName]], MaximumPorts, MaximumTunnels));
    }

    /// <summary>The picture.</summary>
    public static string Write(TopologyGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new TopologySvg(graph).Draw();
    }

    private static TopologyTunnel Turned(TopologyTunnel tunnel) => tunnel with
    {
        ComputerName = tunnel.RemoteComputerName,
        Bridge = tunnel.RemoteBridge,
        Device = tunnel.RemoteDevice,
        RemoteComputerName = tunnel.ComputerName,
        RemoteBridge = tunnel.Bridge,
        RemoteDevice = tunnel.Device,
        RemoteIp = "",
    };

    private string Draw()
    {
        int perRow = _cards.Count <= 4 ? Math.Max(1, Math.Min(2, _cards.Count))
            : Math.Clamp((int)Math.Ceiling(Math.Sqrt(_cards.Count)), 2, WidestRow);
        double width = (2 * Margin) + (perRow * CardWidth) + ((perRow - 1) * CardGap);
        List<TopologyCard[]> rows = [.. _cards.Chunk(perRow)];
        double height = 34 + rows.Sum(row => row.Max(HeightOf) + RowGap);
        _svg.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", $"0 0 {Number(width)} {Number(height)}"),
                ("width", Number(width)), ("height", Number(height)), ("role", "img")).Line();
        _svg.Element("title", $"{Words.Count(_graph.Nodes.Count, "node", "nodes")}, "
            + $"{Words.Count(_graph.Tunnels.Count, "tunnel", "tunnels")}").Line();
        _svg.Open("style").Raw(TopologyStyle.Sheet).Close().Line();
        _svg.Empty("rect", ("class", "page"), ("width", "100%"), ("height", "100%")).Line();
        double y = Margin;
        List<double> buses = [];
        foreach (TopologyCard[] row in rows)
        {
            double bus = y + row.Max(HeightOf) + (RowGap / 2);
            bool any = Row(row, y, bus);
            if (any)
                buses.Add(bus);
            y += row.Max(HeightOf) + RowGap;
        }
        Buses(buses, width);
        return _svg.Close().Line().ToString();
    }

    private bool Row(TopologyCard[] row, double y, double bus)
    {
        bool any = false;
        for (int i = 0; i < row.Length; i++)
        {
            double x = Margin + (i * (CardWidth + CardGap));
            Card(row[i], x, y);
            if (!row[i].HasTunnels)
                continue;
            any = true;
            _svg.Empty("path", ("class", "bus"),
                ("d", $"M{Number(x + (CardWidth / 2))} {Number(y + HeightOf(row[i]))}V{Number(bus)}")).Line();
        }
        return any;
    }

    private void Buses(List<double> buses, double width)
    {
        foreach (double bus in buses)
            _svg.Empty("path", ("class", "bus"),
                ("d", $"M{Number(Margin / 2)} {Number(bus)}H{Number(width - Margin)}"));
        if (buses.Count > 1)
            _svg.Empty("path", ("class", "bus"),
                ("d", $"M{Number(Margin / 2)} {Number(buses[0])}V{Number(buses[^1])}"));
        foreach (double bus in buses)
            _svg.Element("text", "underlay between the nodes", ("class", "muted"), ("x", Number(Margin)),
                ("y", Number(bus + 16))).Line();
    }

    private static double HeightOf(TopologyCard card) => (2 * Padding) + 8 + (card.Lines.Count * LineHeight);

    private void Card(TopologyCard card, double x, double y)
    {
        _svg.Empty("rect", ("class", "node"), ("x", Number(x)), ("y", Number(y)), ("width", Number(CardWidth)),
            ("height", Number(HeightOf(card))), ("rx", "10")).Line();
        double line = y + Padding;
        foreach (CardLine text in card.Lines)
        {
            line += LineHeight;
            Line(text, x + Padding, line);
        }
    }

    private void Line(CardLine line, double x, double y)
    {
        string visible = VisibleText.Of(line.Text);
        int columns = Columns - (line.Indent * 2) - (line.Chip.Length > 0 ? line.Chip.Length + 2 : 0);
        string shown = VisibleText.Shorten(visible, columns);
        if (line.Kind == "bridge")
            _svg.Empty("rect", ("class", "bridge"), ("x", Number(x - 4)), ("y", Number(y - 13)),
                ("width", Number(CardWidth - (2 * Padding) + 8)), ("height", Number(LineHeight)), ("rx", "4"));
        _svg.Open("text", ("class", line.Kind), ("x", Number(x + (line.Indent * 14))), ("y", Number(y)));
        _svg.Element("title", line.Title.Length > 0 ? line.Title : line.Text).Text(shown).Close();
        if (line.Chip.Length > 0)
            _svg.Element("text", line.Chip, ("class", line.Kind == "broken" ? "broken" : "chip"),
                ("x", Number(x + CardWidth - (2 * Padding))), ("y", Number(y)), ("text-anchor", "end"));
        _svg.Line();
    }
}
