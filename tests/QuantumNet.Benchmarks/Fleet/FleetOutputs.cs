using System.Text;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>The outputs of a kind of node, for any node of that kind.</summary>
internal sealed class FleetOutputs
{
    private static readonly string[] s_bridges = ["br-int", "br-tun", "br-vlan", "br-phy"];

    private readonly string _folder;
    private readonly string _recordedAddress;
    private readonly FleetDatabase _database;
    private readonly RecordedText _links, _addresses, _iptables, _bridges, _bridgeLinks, _macs, _numbers;
    private readonly Dictionary<string, string> _unchanged = [];

    /// <summary>Reads what was recorded on a kind of node.</summary>
    public FleetOutputs(FleetNode kind)
    {
        _folder = Recording.FolderOf(kind);
        _recordedAddress = Recording.AddressOf(kind);
        string[] words = Recording.WordsOf(kind);
        Flows = new FleetFlows(kind);
        _database = new FleetDatabase(kind);
        _links = new RecordedText(Recording.LinkLines(_folder), words, line => char.IsAsciiDigit(line[0]));
        _addresses = new RecordedText(Lines("ip-addr.txt"), words, line => char.IsAsciiDigit(line[0]));
        _iptables = new RecordedText(Lines("iptables-save-c.txt"), words);
        _bridges = new RecordedText(Lines("brctl-show.txt"), words, line => line[0] != '\t');
        _bridgeLinks = new RecordedText(Lines("bridge-link.txt"), words);
        _macs = new RecordedText(Lines("fdb-show-br-int.txt"), words);
        _numbers = new RecordedText(Lines("ovs-ofctl-show-br-int.txt"), words,
            line => !line.StartsWith("     ", StringComparison.Ordinal));
        foreach (string file in s_bridges.SelectMany(bridge => new[] { $"ovs-ofctl-dump-flows-{bridge}.txt",
            $"ovs-ofctl-show-{bridge}.txt", $"fdb-show-{bridge}.txt" }).Append("ps-ef.txt"))
            _unchanged[file] = Recording.Text($"{_folder}/{file}");
    }

    /// <summary>Its flows.</summary>
    public FleetFlows Flows { get; }

    /// <summary>What every node prints.</summary>
    public IEnumerable<(string Command, string Text)> Of(FleetNode node, FleetPlan plan, int members)
    {
        FleetPort[] astray = [.. node.Ports.Where(port => port.Fault == FleetFault.OutOfBridge)];
        yield return ("ip -s -d link", OutOfBridge(astray, Recording.Numbered(_links.For(node.PortWords))));
        yield return ("ip address", OutOfBridge(astray, Recording.Numbered(_addresses.For(node.PortWords)))
            .Replace($"{_recordedAddress}/24", $"{node.Address}/16", StringComparison.Ordinal));
        yield return ("brctl show", OutOfBridge(astray, _bridges.For(node.PortWords)));
        yield return ("bridge link", OutOfBridge(astray, _bridgeLinks.For(node.PortWords)));
        yield return ("iptables-save -c", _iptables.For(node.PortWords));
        yield return ("cat /proc/sys/net/bridge/bridge-nf-call-iptables", "1\n");
        if (!node.IsServer)
            yield return ("ps -efww", _unchanged["ps-ef.txt"]);
        yield return ("ovs-vsctl --format=json list Bridge -- list Port -- list Interface -- list Controller "
            + "-- list Open_vSwitch", _database.For(node));
        foreach ((string command, string text) in Bridges(node, plan, members))
            yield return (command, text);
        yield return ("tail -n 2000 /var/log/neutron/neutron-openvswitch-agent.log", AgentLog(node));
        yield return ("cat /etc/neutron/plugins/ml2/openvswitch_agent.ini", Recording.Text(
                $"{(node.IsHybrid || node.IsServer ? "hybrid" : "ovsfw")}+vxlan/netnode/conf/openvswitch_agent.ini")
            .Replace(Recording.ServerAddress, node.Address, StringComparison.Ordinal));
    }

    private IEnumerable<(string Command, string Text)> Bridges(FleetNode node, FleetPlan plan, int members)
    {
        foreach (string bridge in s_bridges)
        {
            yield return ($"ovs-ofctl dump-flows {bridge}", bridge switch
            {
                "br-int" => Flows.Integration(node, plan, members),
                "br-tun" => Flows.Tunnels(node),
                _ => _unchanged[$"ovs-ofctl-dump-flows-{bridge}.txt"],
            });
            yield return ($"ovs-ofctl show {bridge}", bridge switch
            {
                "br-int" => _numbers.For(node.PortWords),
                "br-tun" => TunnelNumbers(node),
                _ => _unchanged[$"ovs-ofctl-show-{bridge}.txt"],
            });
            yield return ($"ovs-appctl fdb/show {bridge}",
                bridge == "br-int" ? _macs.For(node.PortWords) : _unchanged[$"fdb-show-{bridge}.txt"]);
        }
    }

    private string TunnelNumbers(FleetNode node)
    {
        string recorded = _unchanged["ovs-ofctl-show-br-tun.txt"];
        int start = recorded.IndexOf(" 2(vxlan-", StringComparison.Ordinal);
        int end = recorded.IndexOf(" LOCAL(", StringComparison.Ordinal);
        var mold = new Mold(recorded[start..end], [recorded[start..recorded.IndexOf(')', start)]]);
        var text = new StringBuilder(recorded[..start]);
        foreach (FleetNode other in node.Mesh.Where(other => other != node))
            mold.Write(text, [$" {FleetFlows.TunnelTo(node, other)}({FleetDatabase.TunnelName(other)}"]);
        return text.Append(recorded, end, recorded.Length - end).ToString();
    }

    // What the agent says of each port that it wires (ovs_neutron_agent.py).
    private static string AgentLog(FleetNode node)
    {
        const string Logger = "INFO neutron.plugins.ml2.drivers.openvswitch.agent.ovs_neutron_agent";
        var text = new StringBuilder();
        foreach (FleetPort port in node.Ports)
        {
            text.Append($"2026-11-22 05:30:02.927 80 {Logger} [-] Assigning {node.VlanOf(port.Network)} as local vlan "
                + $"for net-id={port.Network.Id}\n2026-11-22 05:30:03.045 80 {Logger} [-] "
                + $"Configuration for devices up ['{port.Id}'] and devices down [] completed.\n");
        }
        return text.ToString();
    }

    /// <summary>An output in which the taps of some ports are in no Linux bridge.</summary>
    private static string OutOfBridge(FleetPort[] ports, string output)
    {
        foreach (FleetPort port in ports)
        {
            string tap = "tap" + port.Id[..11];
            bool isOfTap = false;
            var text = new StringBuilder(output.Length);
            foreach (string line in output.Split('\n'))
            {
                isOfTap = line.Contains(tap, StringComparison.Ordinal) || (isOfTap && line.StartsWith(' '));
                bool isMembership = isOfTap && (line[0] == '\t'
                    || line.Contains("bridge_slave", StringComparison.Ordinal)
                    || line.Contains(" state forwarding", StringComparison.Ordinal));
                if (!isMembership)
                    text.Append(isOfTap ? line.Replace($" master qbr{port.Id[..11]}", "", StringComparison.Ordinal)
                        : line).Append('\n');
            }
            output = text.ToString(0, text.Length - 1);
        }
        return output;
    }

    private string[] Lines(string file) => Recording.Lines($"{_folder}/{file}");
}
