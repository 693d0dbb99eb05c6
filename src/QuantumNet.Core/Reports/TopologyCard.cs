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
/// <param name="HasTunnels">Whether the node reaches others.</param>
internal sealed record TopologyCard(IReadOnlyList<CardLine> Lines, bool HasTunnels)
{
    /// <summary>The card of a node.</summary>
    public static TopologyCard Of(TopologyNode node, List<TopologyTunnel> tunnels, int maximumPorts, int maximumTunnels)
    {
        List<CardLine> lines = [new("head", node.ComputerName, string.Join(", ", node.Roles))];
        if (node.Bridges.Length == 0)
            lines.Add(new("muted", "no Open vSwitch bridge was collected"));
        foreach (TopologyBridge bridge in node.Bridges)
        {
            lines.Add(new("bridge", bridge.Bridge));
            Ports(lines, bridge, maximumPorts);
            foreach (TopologyPatch patch in node.Patches.Where(patch => patch.Bridge == bridge.Bridge))
            {
                lines.Add(patch.PeerBridge.Length > 0
                    ? new("port", $"{patch.Device} \u2194 {patch.Peer}", patch.PeerBridge, 1)
                    : new("broken", $"\u2715 {patch.Device} \u2194 {patch.Peer}", "no peer", 1));
            }
            Tunnels(lines, [.. tunnels.Where(tunnel => tunnel.Bridge == bridge.Bridge)], maximumTunnels);
        }
        return new TopologyCard(lines, tunnels.Count > 0);
    }

    private static void Ports(List<CardLine> lines, TopologyBridge bridge, int maximum)
    {
        // What has no VLAN comes first: it must not fall to the limit.
        TopologyPort[] ports = [.. bridge.Ports.OrderBy(port => port.IsUntagged ? 0 : 1)];
        foreach (TopologyPort port in ports.Take(maximum))
        {
            string chain = string.Join(" \u2013 ", port.Behind.Prepend(port.Device));
            lines.Add(new(port.IsUntagged ? "broken" : "port", port.IsUntagged ? "\u2715 " + port.Device : port.Device,
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
        foreach (TopologyTunnel tunnel in broken)
            lines.Add(new("broken", $"\u2715 {tunnel.Device} \u2192 {TopologyText.End(tunnel)}", "", 1));
        foreach (TopologyTunnel tunnel in whole.Take(whole.Length > maximum ? 0 : maximum))
            lines.Add(new("port", $"{tunnel.Device} \u2192 {tunnel.RemoteComputerName}", tunnel.Type, 1,
                $"{tunnel.Device} \u2192 {tunnel.RemoteComputerName}, {tunnel.RemoteDevice} there"));
        if (whole.Length > maximum)
            lines.Add(new("port", $"{Words.Count(whole.Length, "tunnel", "tunnels")}, both ends there", whole[0].Type,
                1, string.Join(", ", whole.Select(tunnel => tunnel.RemoteComputerName))));
    }
}
