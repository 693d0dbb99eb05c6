using System.Globalization;
using System.Text;

namespace QuantumNet.Reports;

/// <summary>Writes a topology as a Mermaid flowchart (mermaid.js.org/syntax/flowchart.html):
/// a subgraph per node.</summary>
public sealed class TopologyMermaid
{
    private readonly StringBuilder _text = new("flowchart LR\n");
    private readonly Dictionary<string, string> _ids = [];
    private readonly HashSet<string> _broken = [];

    private TopologyMermaid()
    {
    }

    /// <summary>The chart.</summary>
    public static string Write(TopologyGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var chart = new TopologyMermaid();
        for (int i = 0; i < graph.Nodes.Count; i++)
            chart.Node(graph.Nodes[i], i);
        for (int i = 0; i < graph.Lines.Count; i++)
            chart.Tunnel(graph.Lines[i], i);
        foreach ((string node, string bridge, int count) in graph.Meetings)
        {
            string from = chart.Id(node, "bridge", bridge), tunnels = Quote(Words.Count(count, "tunnel", "tunnels"));
            chart.Append($"  {from} <-->|{tunnels}| underlay\n");
        }
        if (chart._broken.Count > 0)
            chart._text.Append("  classDef broken stroke:#c5221f,stroke-width:2px,stroke-dasharray:4 3\n  class ")
                .AppendJoin(',', chart._broken).Append(" broken\n");
        return chart._text.ToString();
    }

    private void Node(TopologyNode node, int number)
    {
        string roles = node.Roles.Length > 0 ? $" ({string.Join(", ", node.Roles)})" : "";
        Append($"  subgraph n{number}[{Quote(node.ComputerName + roles)}]\n");
        foreach (TopologyBridge bridge in node.Bridges)
        {
            string id = Id(node.ComputerName, "bridge", bridge.Bridge);
            Append($"    {id}[[{Quote(bridge.Bridge)}]]\n");
            foreach (TopologyPort port in bridge.Ports)
                Port(node.ComputerName, id, port);
        }
        foreach (TopologyPatch patch in node.Patches)
            Patch(node.ComputerName, patch);
        _text.Append("  end\n");
    }

    private void Port(string node, string bridge, TopologyPort port)
    {
        string id = Id(node, "port", port.Device);
        if (port.IsUntagged)
            _broken.Add(id);
        string tag = TopologyText.Tag(port);
        Append($"    {id}[{Quote(port.Device)}]\n    {bridge} ---{(tag.Length > 0 ? $"|{Quote(tag)}|" : "")} {id}\n");
        string last = id;
        foreach (string name in port.Behind)
        {
            string next = Id(node, "behind", port.Device + "/" + name);
            Append($"    {next}({Quote(name)})\n    {last} --- {next}\n");
            last = next;
        }
    }

    private void Patch(string node, TopologyPatch patch)
    {
        string from = Id(node, "bridge", patch.Bridge);
        if (patch.PeerBridge.Length > 0)
        {
            Append(
                $"    {from} ===|{Quote($"{patch.Device} - {patch.Peer}")}| {Id(node, "bridge", patch.PeerBridge)}\n");
            return;
        }
        string missing = Id(node, "missing", patch.Device);
        _broken.Add(missing);
        Append(
            $"    {missing}[{Quote($"{patch.Peer} is missing")}]\n    {from} -.-|{Quote(patch.Device)}| {missing}\n");
    }

    private void Tunnel(TopologyTunnel tunnel, int number)
    {
        string from = Id(tunnel.ComputerName, "bridge", tunnel.Bridge);
        if (tunnel.IsWhole)
        {
            string to = Id(tunnel.RemoteComputerName, "bridge", tunnel.RemoteBridge);
            Append($"  {from} <-->|{Quote($"{tunnel.Type}: {tunnel.Device} - {tunnel.RemoteDevice}")}| {to}\n");
            return;
        }
        string end = string.Create(CultureInfo.InvariantCulture, $"e{number}");
        _broken.Add(end);
        Append($"  {end}[{Quote(TopologyText.End(tunnel))}]\n");
        Append($"  {from} -.->|{Quote($"{tunnel.Type}: {tunnel.Device}")}| {end}\n");
    }

    /// <summary>Names of data never stand as ids: a device may be called <c>end</c>.</summary>
    private string Id(string node, string kind, string name)
    {
        string key = $"{node}/{kind}/{name}";
        if (!_ids.TryGetValue(key, out string? id))
            _ids[key] = id = string.Create(CultureInfo.InvariantCulture, $"x{_ids.Count}");
        return id;
    }

    // Mermaid knows no backslash: what it would read is written as an entity code (#35; and so on).
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char sign in VisibleText.Of(text))
        {
            if (sign is '"' or '#' or '&' or '<' or '>' or '`' or '\\' or ';' or '%' or '*' or '$')
                quoted.Append(CultureInfo.InvariantCulture, $"#{(int)sign};");
            else
                quoted.Append(sign);
        }
        return quoted.Append(quoted.Length == 1 ? " \"" : "\"").ToString();
    }

    private void Append(FormattableString line) => _text.Append(FormattableString.Invariant(line));
}
