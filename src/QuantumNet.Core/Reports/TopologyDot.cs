using System.Text;

namespace QuantumNet.Reports;

/// <summary>Writes a topology for Graphviz (the DOT language of graphviz.org/doc/info/lang.html):
/// a cluster per node.</summary>
public static class TopologyDot
{
    /// <summary>The graph.</summary>
    public static string Write(TopologyGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder("graph topology {\n  rankdir=LR;\n  fontname=\"sans-serif\";\n  node "
            + "[fontname=\"sans-serif\", fontsize=10, shape=box];\n  edge [fontname=\"sans-serif\", fontsize=9];\n");
        for (int i = 0; i < graph.Nodes.Count; i++)
            Node(text, graph.Nodes[i], i);
        for (int i = 0; i < graph.Lines.Count; i++)
            Tunnel(text, graph.Lines[i], i);
        foreach ((string node, string bridge, int count) in graph.Meetings)
        {
            string label = Quote(Words.Count(count, "tunnel", "tunnels"));
            Append(text, $"  {BridgeId(node, bridge)} -- \"underlay\" [label={label}];\n");
        }
        return text.Append("}\n").ToString();
    }

    private static void Node(StringBuilder text, TopologyNode node, int number)
    {
        string roles = node.Roles.Length > 0 ? $" ({string.Join(", ", node.Roles)})" : "";
        Append(text,
            $"  subgraph \"cluster_{number}\" {{\n    label={Quote(node.ComputerName + roles)};\n    style=rounded;\n");
        foreach (TopologyBridge bridge in node.Bridges)
        {
            string id = BridgeId(node.ComputerName, bridge.Bridge);
            Append(text, $"    {id} [label={Quote(bridge.Bridge)}, style=\"rounded,bold\"];\n");
            foreach (TopologyPort port in bridge.Ports)
                Port(text, node.ComputerName, id, port);
        }
        foreach (TopologyPatch patch in node.Patches)
            Patch(text, node.ComputerName, patch);
        text.Append("  }\n");
    }

    private static void Port(StringBuilder text, string node, string bridge, TopologyPort port)
    {
        string id = Quote($"{node}/port/{port.Device}");
        Append(text, $"    {id} [label={Quote(TopologyText.Label(port))}{(port.IsUntagged ? ", color=red" : "")}];\n");
        Append(text, $"    {bridge} -- {id} [label={Quote(TopologyText.Tag(port))}];\n");
        string last = id;
        foreach (string name in port.Behind)
        {
            string next = Quote($"{node}/behind/{port.Device}/{name}");
            Append(text, $"    {next} [label={Quote(name)}, style=rounded];\n    {last} -- {next};\n");
            last = next;
        }
    }

    private static void Patch(StringBuilder text, string node, TopologyPatch patch)
    {
        string from = BridgeId(node, patch.Bridge);
        if (patch.PeerBridge.Length > 0)
        {
            string label = Quote($"{patch.Device} - {patch.Peer}");
            Append(text, $"    {from} -- {BridgeId(node, patch.PeerBridge)} [label={label}, style=bold];\n");
            return;
        }
        string missing = Quote($"{node}/missing/{patch.Device}");
        Append(text, $"    {missing} [label={Quote($"{patch.Peer} is missing")}, color=red, style=dashed];\n");
        Append(text, $"    {from} -- {missing} [label={Quote(patch.Device)}, color=red, style=dashed];\n");
    }

    private static void Tunnel(StringBuilder text, TopologyTunnel tunnel, int number)
    {
        string to = tunnel.IsWhole ? BridgeId(tunnel.RemoteComputerName, tunnel.RemoteBridge) : Quote($"end/{number}");
        if (!tunnel.IsWhole)
            Append(text, $"  {to} [label={Quote(TopologyText.End(tunnel))}, color=red, style=dashed];\n");
        string ports = tunnel.IsWhole ? $"{tunnel.Device} - {tunnel.RemoteDevice}" : tunnel.Device;
        string label = Quote($"{tunnel.Type}: {ports}"),
            style = tunnel.IsWhole ? "constraint=false" : "color=red, style=dashed";
        Append(text, $"  {BridgeId(tunnel.ComputerName, tunnel.Bridge)} -- {to} [label={label}, {style}];\n");
    }

    private static string BridgeId(string node, string bridge) => Quote($"{node}/bridge/{bridge}");

    // Between quotes only the quote needs a backslash; a backslash of the data is doubled,
    // lest a label read it as an escape.
    private static string Quote(string text) =>
        "\"" + VisibleText.Of(text).Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal) + "\"";

    private static void Append(StringBuilder text, FormattableString line) =>
        text.Append(FormattableString.Invariant(line));
}
