using static QuantumNet.Reports.MarkupWriter;

namespace QuantumNet.Reports;

/// <summary>Draws a topology as an SVG of its own: a card per node around the one network between them, through which
/// the tunnels lead from bridge to bridge; what takes leases is marked with its code. It stays readable for a hundred
/// nodes because there tunnels meet instead of crossing each other.</summary>
public sealed class TopologySvg
{
    private const double CardWidth = TopologyLayout.CardWidth;
    private const double Margin = TopologyLayout.Margin;
    private const double LineHeight = 17;
    private const double Padding = 12;
    private const int Columns = 44;
    private static readonly (int Ports, int Tunnels) s_ofFew = (24, 8), s_ofMany = (6, 3);
    private const int MaximumLanes = 15;
    private const int MostInTwoRows = 8;
    private const double LegendHeight = 48;

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
        (int, int) limits = graph.Nodes.Count <= MostInTwoRows ? s_ofFew : s_ofMany;
        foreach (TopologyNode node in graph.Nodes.OrderBy(node => node.Bridges.Length == 0))
            _cards.Add(TopologyCard.Of(node, [.. tunnels[node.ComputerName]],
                graph.Marks.Where(mark => mark.ComputerName == node.ComputerName), limits));
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
        var layout = TopologyLayout.Of([.. _cards.Select(HeightOf)], LaneCount);
        double height = layout.Height + LegendHeight;
        _svg.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .Open("svg", ("xmlns", "http://www.w3.org/2000/svg"),
                ("viewBox", $"0 0 {Number(layout.Width)} {Number(height)}"), ("width", Number(layout.Width)),
                ("height", Number(height)), ("role", "img")).Line();
        _svg.Element("title", $"{Words.Count(_graph.Nodes.Count, "node", "nodes")}, "
            + $"{Words.Count(_graph.Tunnels.Count, "tunnel", "tunnels")}").Line();
        _svg.Open("style").Raw(TopologyStyle.Sheet).Close().Line();
        _svg.Empty("rect", ("class", "page"), ("width", "100%"), ("height", "100%")).Line();
        if (_graph.Tunnels.Count > 0)
            new TopologyLines(_svg, _graph, layout, _cards).Draw(LaneCount > 0);
        for (int i = 0; i < _cards.Count; i++)
            Card(_cards[i], layout.Places[i].X, layout.Places[i].Y);
        Legend(layout.Height);
        return _svg.Close().Line().ToString();
    }

    /// <summary>Tunnels that get a line each; 0 where they are too many and meet.</summary>
    private int LaneCount => _graph.Tunnels.Count <= MaximumLanes && _cards.Count <= MostInTwoRows
        ? _graph.Tunnels.Count : 0;

    private void Legend(double y)
    {
        double x = Margin, line = y + LineHeight;
        x = Sample(x, line, "tunnel", "a tunnel, both ends there");
        x = Sample(x, line, "tunnel lost", "no way back");
        _svg.Element("text", "\u2715 QN....", ("class", "broken"), ("x", Number(x)), ("y", Number(line))).Line();
        _svg.Element("text", "what takes the lease: Get-QuantumCheck tells about a code", ("class", "muted"),
            ("x", Number(x + 72)), ("y", Number(line))).Line();
        if (Words.Time(_graph.CollectedAt) is { Length: > 0 } time)
            _svg.Element("text", $"collected {time}", ("class", "muted"), ("x", Number(Margin)),
                ("y", Number(line + LineHeight))).Line();
    }

    private double Sample(double x, double y, string kind, string text)
    {
        const double line = 28, letter = 7, gap = 24;
        _svg.Empty("path", ("class", kind), ("d", $"M{Number(x)} {Number(y - 4)}h{Number(line)}"));
        _svg.Element("text", text, ("class", "muted"), ("x", Number(x + line + 6)), ("y", Number(y))).Line();
        return x + line + 6 + (text.Length * letter) + gap;
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
        if (line.Kind is "bridge" or "broken-bridge")
            _svg.Empty("rect", ("class", "bridge"), ("x", Number(x - 4)), ("y", Number(y - 13)),
                ("width", Number(CardWidth - (2 * Padding) + 8)), ("height", Number(LineHeight)), ("rx", "4"));
        _svg.Open("text", ("class", line.Kind), ("x", Number(x + (line.Indent * 14))), ("y", Number(y)));
        _svg.Element("title", line.Title.Length > 0 ? line.Title : line.Text).Text(shown).Close();
        if (line.Chip.Length > 0)
            _svg.Element("text", line.Chip,
                ("class", line.Kind.StartsWith("broken", StringComparison.Ordinal) ? "broken" : "chip"),
                ("x", Number(x + CardWidth - (2 * Padding))), ("y", Number(y)), ("text-anchor", "end"));
        _svg.Line();
    }
}
