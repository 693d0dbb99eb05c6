using QuantumNet.Topology;

namespace QuantumNet.Reports;

/// <summary>One line of a node's card.</summary>
/// <param name="Kind">Its style: <c>head</c>, <c>bridge</c>, <c>port</c>, <c>muted</c> or <c>broken</c>.</param>
/// <param name="Text">What it says.</param>
/// <param name="Chip">What stands at its right end.</param>
/// <param name="Indent">How far it stands in.</param>
/// <param name="Title">What it says in full; its text when empty.</param>
internal sealed record CardLine(string Kind, string Text, string Chip = "", int Indent = 0, string Title = "");

/// <summary>What a node's card says, line by line.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="ComputerName">The node.</param>
/// <param name="TunnelCount">How many tunnels lead to other nodes and back.</param>
internal sealed record TopologyCard(IReadOnlyList<CardLine> Lines, string ComputerName, int TunnelCount)
{
    /// <summary>The card of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="tunnels">Its tunnels, each with this node at the first end.</param>
    /// <param name="marks">The places on it that take leases.</param>
    /// <param name="limits">How many ports and tunnels of a bridge are drawn one by one.</param>
    public static TopologyCard Of(TopologyNode node, List<TopologyTunnel> tunnels, IEnumerable<TopologyMark> marks,
        (int Ports, int Tunnels) limits)
    {
        List<CardLine> lines = Plain(node, tunnels, limits);
        foreach (TopologyMark mark in marks)
            Mark(lines, mark);
        return new TopologyCard(lines, node.ComputerName, tunnels.Count(tunnel => tunnel.IsWhole));
    }

    /// <summary>Marks the line of what is broken with its code; what has no line gets one.</summary>
    private static void Mark(List<CardLine> lines, TopologyMark mark)
    {
        int at = mark.Object.Length == 0 ? -1 : lines.FindIndex(line => line.Kind != "head"
            && line.Title.Split(" \u2013 ").Concat(line.Text.Split(' ')).Any(name => IsOf(mark.Object, name)));
        string ports = mark.PortCount == 1 ? "" : FormattableString.Invariant($" ({mark.PortCount} ports)");
        string title = $"{mark.Code} {mark.Title}: {mark.Object}{ports}";
        if (at < 0)
            lines.Insert(1, new("broken", $"\u2715 {mark.Title}{ports}", mark.Code, 0, title));
        else
            lines[at] = lines[at] with
            {
                Kind = lines[at].Kind == "bridge" ? "broken-bridge" : "broken",
                Text = lines[at].Text.StartsWith('\u2715') ? lines[at].Text : $"\u2715 {lines[at].Text}",
                Chip = $"{lines[at].Chip} {mark.Code}".Trim(),
                Title = title,
            };
    }

    /// <summary>Whether what is broken is the thing of that name, a port's chain, or a file of a namespace's network.
    /// </summary>
    private static bool IsOf(string broken, string name)
    {
        string network = DeviceNames.NetworkOfNamespace(name), port = DeviceNames.InstancePort(name);
        return broken == name || (network.Length > 0 && broken.Contains(network, StringComparison.Ordinal))
            || (port.Length > 0 && broken.EndsWith(DeviceNames.ChainSuffix(port), StringComparison.Ordinal));
    }

    private static List<CardLine> Plain(
        TopologyNode node, List<TopologyTunnel> tunnels, (int Ports, int Tunnels) limits)
    {
        List<CardLine> lines = [new("head", node.ComputerName, string.Join(", ", node.Roles))];
        if (node.Bridges.Length == 0)
            lines.Add(new("muted", "no Open vSwitch bridge was collected"));
        // The bridge with the tunnels stands last: there its lines begin.
        foreach (TopologyBridge bridge in node.Bridges.OrderBy(bridge => bridge.Tunnels.Length > 0 ? 1 : 0))
        {
            lines.Add(new("bridge", bridge.Bridge));
            Ports(lines, bridge, limits.Ports);
            foreach (TopologyPatch patch in node.Patches.Where(patch => patch.Bridge == bridge.Bridge))
            {
                lines.Add(patch.PeerBridge.Length > 0
                    ? new("port", $"{patch.Device} \u2194 {patch.Peer}", patch.PeerBridge, 1)
                    : new("broken", $"\u2715 {patch.Device} \u2194 {patch.Peer}", "no peer", 1));
            }
            Tunnels(lines, [.. tunnels.Where(tunnel => tunnel.Bridge == bridge.Bridge)], limits.Tunnels);
        }
        return lines;
    }

    private static void Ports(List<CardLine> lines, TopologyBridge bridge, int maximum)
    {
        // What has no VLAN comes first: it must not fall to the limit.
        TopologyPort[] ports = [.. bridge.Ports.OrderBy(port => port.IsUntagged ? 0 : 1)];
        foreach (TopologyPort port in ports.Take(maximum))
        {
            string chain = string.Join(" \u2013 ", port.Behind.Prepend(port.Device));
            string label = TopologyText.Label(port);
            lines.Add(new(port.IsUntagged ? "broken" : "port", port.IsUntagged ? $"\u2715 {label}" : label,
                TopologyText.Tag(port), 1, chain));
            if (port.Behind.Length > 0)
                lines.Add(new("muted", string.Join(" \u2013 ", port.Behind), "", 2));
        }
        if (ports.Length > maximum)
            lines.Add(new("muted", $"and {Words.Count(ports.Length - maximum, "more port", "more ports")}", "", 1));
    }

    private static void Tunnels(List<CardLine> lines, TopologyTunnel[] tunnels, int maximum)
    {
        TopologyTunnel[] broken = [.. tunnels.Where(tunnel => !tunnel.IsWhole)],
            whole = [.. tunnels.Where(tunnel => tunnel.IsWhole)];
        if (broken.Length > maximum)
            lines.Add(new("broken", $"\u2715 {Words.Count(broken.Length, "tunnel", "tunnels")} without a way back", "",
                1, string.Join(", ", broken.Select(TopologyText.End))));
        foreach (TopologyTunnel tunnel in broken.Take(broken.Length > maximum ? 0 : maximum))
            lines.Add(new("broken", $"\u2715 {tunnel.Device} \u2192 {TopologyText.End(tunnel)}", "", 1));
        foreach (TopologyTunnel tunnel in whole.Take(whole.Length > maximum ? 0 : maximum))
            lines.Add(new("port", $"{tunnel.Device} \u2192 {tunnel.RemoteComputerName}", tunnel.Type, 1,
                $"{tunnel.Device} \u2192 {tunnel.RemoteComputerName}, {tunnel.RemoteDevice} there"));
        if (whole.Length > maximum)
            lines.Add(new("port", $"{Words.Count(whole.Length, "tunnel", "tunnels")}, both ends there", whole[0].Type,
                1, string.Join(", ", whole.Select(tunnel => tunnel.RemoteComputerName))));
    }
}
