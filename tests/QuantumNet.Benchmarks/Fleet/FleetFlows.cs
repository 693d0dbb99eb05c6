using System.Text;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>The flows of a kind of node: br-int's for its ports, br-tun's for its networks and the
/// other nodes.</summary>
internal sealed class FleetFlows
{
    private const int FirstTunnel = 2;      // patch-int is port 1 of br-tun

    private static readonly string[] s_tunnelled = ["in_port=2", "output:2"];

    private readonly RecordedText _integration;
    private readonly Mold[] _ofMember;
    private readonly List<(TunnelFlow Kind, Mold Line)> _tunnels = [];

    private enum TunnelFlow
    {
        Once,
        OfTunnel,
        OfNetwork,
        Learned,
    }

    /// <summary>Reads the flows that were recorded on a kind of node.</summary>
    public FleetFlows(FleetNode kind)
    {
        string folder = Recording.FolderOf(kind);
        string[] words = Recording.WordsOf(kind);
        string[] lines = Recording.Lines($"{folder}/ovs-ofctl-dump-flows-br-int.txt");
        _ofMember = [.. lines.Where(IsOfMember).Select(line => new Mold(line + "\n", words))];
        _integration = new RecordedText(lines.Where(line => !IsOfMember(line)), words);
        foreach (string line in Recording.Lines($"{folder}/ovs-ofctl-dump-flows-br-tun.txt"))
        {
            TunnelFlow of = KindOf(line);
            string[] differing = of == TunnelFlow.Once ? [] : [.. words, .. s_tunnelled,
                kind.IsServer ? Recording.HybridPort[4] : PeerMac(kind)];
            _tunnels.Add((of, new Mold(line + "\n", differing)));
        }
    }

    /// <summary>How many flows a node has where every security group has no member.</summary>
    public int Count(FleetNode node)
    {
        (int ofPort, int once) = _integration.Counts;
        int networks = node.Networks.Count();
        return once - 1 + (ofPort * node.Ports.Count) + _tunnels.Sum(flow => flow.Kind switch
        {
            TunnelFlow.OfTunnel => node.Mesh.Count - 1,
            TunnelFlow.OfNetwork => networks,
            TunnelFlow.Learned => Remote(node).Count(),
            _ => 1,
        }) - 1;
    }

    /// <summary>How many flows one member of a security group adds for each network of a node.</summary>
    public int FlowsOfMember => _ofMember.Length;

    /// <summary>br-int's flows. All ports share one security group, as those of one project often do: each of its
    /// members stands in the flows of each network of the node.</summary>
    public string Integration(FleetNode node, FleetPlan plan, int members)
    {
        var text = new StringBuilder();
        _integration.Write(text, node.PortWords);
        foreach (FleetNetwork network in node.Networks)
        {
            for (int i = 0; _ofMember.Length > 0 && i < members; i++)
            {
                FleetPort member = plan.Ports[(network.Ports[0].Number + i) % plan.Ports.Count];
                string[] words = PortWords.Of(member.Id, member.Mac, member.Address, "", network.Id, network.SubnetId,
                    network.Segment, node.VlanOf(network), 0);
                foreach (Mold line in _ofMember)
                    line.Write(text, words);
            }
        }
        return text.ToString();
    }

    /// <summary>br-tun's flows: a full mesh, and the MACs that were learned from it.</summary>
    public string Tunnels(FleetNode node)
    {
        var text = new StringBuilder();
        string flood = string.Join(',', Enumerable.Range(FirstTunnel, node.Mesh.Count - 1).Select(i => $"output:{i}"));
        foreach ((TunnelFlow kind, Mold line) in _tunnels)
        {
            switch (kind)
            {
                case TunnelFlow.Once:
                    line.Write(text, []);
                    break;
                case TunnelFlow.OfTunnel:
                    for (int i = 0; i < node.Mesh.Count - 1; i++)
                        line.Write(text, [.. node.Ports[0].Words, $"in_port={i + FirstTunnel}", "", ""]);
                    break;
                case TunnelFlow.OfNetwork:
                    foreach (FleetPort port in node.Ports.DistinctBy(port => port.Network))
                        line.Write(text, [.. port.Words, "", flood, ""]);
                    break;
                default:
                    foreach ((FleetPort own, FleetPort far) in Remote(node))
                        line.Write(text, [.. own.Words, "", $"output:{TunnelTo(node, far.Node)}", far.Mac[3..]]);
                    break;
            }
        }
        return text.ToString();
    }

    /// <summary>The number of the tunnel from a node to another.</summary>
    public static int TunnelTo(FleetNode node, FleetNode other) =>
        FirstTunnel + other.Rank - (other.Rank > node.Rank ? 1 : 0);

    // An instance talks to its DHCP server; the server to all instances.
    private static IEnumerable<(FleetPort Own, FleetPort Far)> Remote(FleetNode node) => node.IsServer
        ? node.Ports.SelectMany(port => port.Network.Ports.Select(far => (port, far)))
        : node.Ports.DistinctBy(port => port.Network).Select(port => (port, port.Network.Server));

    private static string PeerMac(FleetNode kind) => kind.IsHybrid ? Recording.ServerPort[4] : "16:3e:98:4b:5d";

    private static bool IsOfMember(string line) => line.Contains("reg6=0x1,nw_src=", StringComparison.Ordinal);

    private static TunnelFlow KindOf(string line) =>
        line.Contains("in_port=2 ", StringComparison.Ordinal) ? TunnelFlow.OfTunnel
        : line.Contains("dl_dst=fa:16:3e", StringComparison.Ordinal) ? TunnelFlow.Learned
        : line.Contains("priority=1,tun_id=", StringComparison.Ordinal)
            || line.Contains("priority=1,dl_vlan=", StringComparison.Ordinal) ? TunnelFlow.OfNetwork
        : TunnelFlow.Once;
}
