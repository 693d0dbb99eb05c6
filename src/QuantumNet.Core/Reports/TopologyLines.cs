using static QuantumNet.Reports.MarkupWriter;

namespace QuantumNet.Reports;

/// <summary>Draws the underlay and the tunnels that lead through it.</summary>
internal sealed class TopologyLines(
    MarkupWriter svg, TopologyGraph graph, TopologyLayout layout, IReadOnlyList<TopologyCard> cards)
{
    private const double CardWidth = TopologyLayout.CardWidth;
    private const double BetweenLines = 9;
    private const double TextHeight = 18;

    private readonly Dictionary<string, int> _used = [];

    /// <summary>Draws them.</summary>
    /// <param name="oneByOne">Whether each tunnel has a line of its own; else all of a node's meet in one.</param>
    public void Draw(bool oneByOne)
    {
        (double top, double bottom) = layout.Underlay;
        svg.Empty("rect", ("class", "underlay"), ("x", Number(TopologyLayout.Margin)), ("y", Number(top)),
            ("width", Number(layout.Width - (2 * TopologyLayout.Margin))), ("height", Number(bottom - top)),
            ("rx", "8")).Line();
        svg.Element("text", "underlay", ("class", "muted"), ("x", Number(TopologyLayout.Margin + 10)),
            ("y", Number(top + TextHeight))).Line();
        if (!oneByOne)
        {
            for (int i = 0; i < cards.Count; i++)
                Trunk(cards[i], layout.Places[i]);
            return;
        }
        for (int i = 0; i < graph.Tunnels.Count; i++)
            Tunnel(graph.Tunnels[i], top + TextHeight + 6 + (i * TopologyLayout.Lane));
    }

    private void Tunnel(TopologyTunnel tunnel, double lane)
    {
        int from = IndexOf(tunnel.ComputerName), to = IndexOf(tunnel.RemoteComputerName);
        if (from < 0)
            return;
        (double x, double y) = EndOf(from);
        string path = $"M{Number(x)} {Number(y)}V{Number(lane)}";
        if (to >= 0 && to != from)
        {
            (double otherX, double otherY) = EndOf(to);
            path += $"H{Number(otherX)}V{Number(otherY)}";
        }
        else
        {
            path += "h40";          // it leads to nobody that was gathered
        }
        string what = tunnel.IsWhole ? $"{tunnel.Device} - {tunnel.RemoteDevice}"
            : $"{tunnel.Device}: {TopologyText.End(tunnel)}";
        svg.Open("path", ("class", tunnel.IsWhole ? "tunnel" : "tunnel lost"), ("d", path))
            .Element("title", $"{tunnel.Type} {what}").Close().Line();
    }

    /// <summary>One line for all tunnels of a node; around other cards where they stand in the way.</summary>
    private void Trunk(TopologyCard card, CardPlace place)
    {
        if (card.TunnelCount == 0)
            return;
        double edge = place.IsAbove ? layout.Underlay.Top : layout.Underlay.Bottom;
        double side = place.X + CardWidth, gutter = side + (TopologyLayout.Gutter / 2);
        string path = place.IsNext
            ? $"M{Number(place.X + (CardWidth / 2))} {Number(place.FacingY)}V{Number(edge)}"
            : $"M{Number(side)} {Number(place.Y + (place.Height / 2))}H{Number(gutter)}V{Number(edge)}";
        svg.Open("path", ("class", "tunnel many"), ("d", path))
            .Element("title", $"{card.ComputerName}: {Words.Count(card.TunnelCount, "tunnel", "tunnels")}").Close()
            .Line();
    }

    /// <summary>Where the next line leaves a card.</summary>
    private (double X, double Y) EndOf(int card)
    {
        string name = cards[card].ComputerName;
        int used = _used[name] = _used.GetValueOrDefault(name) + 1;
        // From the middle to both sides in turn.
        double shift = used / 2 * BetweenLines * (used % 2 == 0 ? 1 : -1);
        CardPlace place = layout.Places[card];
        return (place.X + (CardWidth / 2) + shift, place.FacingY);
    }

    private int IndexOf(string node)
    {
        for (int i = 0; i < cards.Count; i++)
        {
            if (cards[i].ComputerName == node)
                return i;
        }
        return -1;
    }
}
