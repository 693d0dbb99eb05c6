namespace QuantumNet.Core.Tests.Simulation.OpenFlow;

/// <summary>Makes cases from a seed: one to three bridges in a row with ports of every VLAN mode,
/// flows that send packets hither and thither, and packets of which many meet them.</summary>
internal sealed class CaseGenerator(int seed)
{
    private const int PortsPerBridge = 4;
    private static readonly string[] s_names = ["brA", "brB", "brC"];
    private static readonly string[] s_destinations =
        [.. FlowGenerator.Macs, "ff:ff:ff:ff:ff:ff", "01:80:c2:00:00:0e", "01:00:5e:00:00:05"];

    private readonly Random _random = new(seed);

    /// <summary>Bridges with flows, without a packet yet.</summary>
    public TraceCase Network()
    {
        var made = new TraceCase();
        int count = _random.Next(1, s_names.Length + 1);
        var flows = new FlowGenerator(_random, hasOneBridge: count == 1);
        for (int i = 0; i < s_names.Length; i++)
            AddPorts(made, i);
        for (int i = 0; i < s_names.Length; i++)
        {
            string bridge = s_names[i];
            bool isInPlay = i < count;
            made.Groups.AddRange(FlowGenerator.Groups.Select(group => (bridge, group)));
            if (isInPlay)
                flows.AddTo(made, bridge);
            for (int mac = 0; isInPlay && mac < _random.Next(4); mac++)
                AddMac(made, bridge);
            if (isInPlay && _random.Next(10) == 0)
                made.Bpdu.Add(bridge);
        }
        return made;
    }

    /// <summary>The case with a packet.</summary>
    public TraceCase WithPacket(TraceCase network)
    {
        string bridge = _random.Next(4) == 0 ? Pick(s_names) : s_names[0];
        return network with { EntryBridge = bridge, Packet = [.. Packet()] };
    }

    private void AddPorts(TraceCase made, int index)
    {
        string bridge = s_names[index];
        made.Ports.Add(new CasePort(bridge, bridge, 65534, Settings()));
        for (int number = 1; number <= PortsPerBridge; number++)
            made.Ports.Add(new CasePort(bridge, $"{bridge[2..].ToLowerInvariant()}{number}", number, Settings()));
        if (index > 0)
            made.Ports.Add(new CasePort(bridge, $"back{index}", 9, [$"peer=on{index - 1}", .. Settings(rarely: true)]));
        if (index < s_names.Length - 1)
            made.Ports.Add(new CasePort(bridge, $"on{index}", 10,
                [$"peer=back{index + 1}", .. Settings(rarely: true)]));
    }

    private string[] Settings(bool rarely = false)
    {
        if (_random.Next(rarely ? 6 : 2) > 0 && rarely)
            return [];
        var settings = new List<string>();
        string tag = $"tag={Pick(FlowGenerator.Vlans)}";
        settings.AddRange(_random.Next(9) switch
        {
            0 or 1 => [tag],
            2 => ["trunks=" + string.Join(',', FlowGenerator.Vlans.Where(_ => _random.Next(2) == 0).DefaultIfEmpty(0))],
            3 => ["vlan_mode=native-tagged", tag],
            4 => ["vlan_mode=native-untagged", tag],
            5 => ["vlan_mode=native-untagged", tag, "trunks=5,7"],
            6 => ["vlan_mode=dot1q-tunnel", tag, .. _random.Next(2) == 0 ? (string[])["cvlans=5,9"] : []],
            _ => (string[])[],
        });
        if (_random.Next(8) == 0)
            settings.Add("protected=true");
        if (_random.Next(8) == 0)
            settings.Add("other_config:priority-tags=" + Pick(["always", "if-nonzero"]));
        if (_random.Next(30) == 0)
            settings.Add("no-flood");
        return [.. settings];
    }

    private void AddMac(TraceCase made, string bridge)
    {
        string port = Pick([.. made.Ports.Where(port => port.Bridge == bridge).Select(port => port.Name)]);
        (string, string, int, string) mac = (bridge, port, Pick(FlowGenerator.Vlans), Pick(FlowGenerator.Macs));
        if (!made.Macs.Exists(other => (other.Bridge, other.Vlan, other.Mac) == (mac.Item1, mac.Item3, mac.Item4)))
            made.Macs.Add(mac);
    }

    private IEnumerable<string> Packet()
    {
        string protocol = Pick(["udp", "udp", "tcp", "icmp", "arp", "udp6", "ip", ""]);
        if (protocol.Length > 0)
            yield return protocol;
        yield return $"in_port={Pick([1, 1, 1, 2, 3, 4, 10, 65534])}";
        if (_random.Next(2) == 0)
        {
            yield return $"dl_vlan={Pick(FlowGenerator.Vlans)}";
            yield return $"dl_vlan_pcp={_random.Next(0, 4)}";
        }
        yield return $"dl_src={Pick(FlowGenerator.Macs)}";
        yield return $"dl_dst={Pick(s_destinations)}";
        if (protocol is "ip")
            yield return "nw_proto=47";   // a switch rewrites nothing of a packet of protocol 0
        if (protocol is "udp" or "tcp" or "icmp" or "ip")
        {
            yield return $"nw_src={Pick(FlowGenerator.Addresses)}";
            yield return $"nw_dst={Pick(FlowGenerator.Addresses)}";
            yield return $"nw_tos={Pick([0, 32, 184])}";
        }
        if (protocol is "udp" or "tcp" or "icmp" or "ip" or "udp6")
            yield return $"nw_ttl={Pick([1, 2, 64, 64])}";
        if (protocol is "udp" or "tcp" or "udp6")
        {
            yield return $"{protocol[..3]}_src={Pick(FlowGenerator.Ports)}";
            yield return $"{protocol[..3]}_dst={Pick(FlowGenerator.Ports)}";
        }
        if (protocol is "arp")
            yield return "arp_op=1";      // nor of an ARP packet of operation 0
        if (protocol is "arp")
            yield return $"arp_spa={Pick(FlowGenerator.Addresses)}";
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
