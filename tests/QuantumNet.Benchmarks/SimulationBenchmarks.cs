using System.Text;
using BenchmarkDotNet.Attributes;
using QuantumNet.Core.Tests.Parsing.Ovs;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Benchmarks;

/// <summary>A DISCOVER through br-int of a node with the firewall of Open vSwitch, as recorded on Neutron's node,
/// with more and more ports: ours beside <c>ovs-appctl ofproto/trace</c> of a real switch that holds the same
/// flows.</summary>
[MemoryDiagnoser]
public class SimulationBenchmarks
{
    private const string Recording = "ovsfw+vxlan/compute1/ovs-ofctl-dump-flows-br-int.txt";
    private const int Entry = 11;

    private byte[] _dump = [];
    private SwitchNode _node = null!;
    private Packet _packet = null!;
    private PrivateSwitch _switch = null!;
    private string _packetText = "";

    /// <summary>About how many flows the bridge holds.</summary>
    [Params(1_000, 10_000, 100_000)]
    public int FlowCount { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        string dump = FlowDump.OfPorts(Recording, FlowCount, Entry);
        _dump = Encoding.UTF8.GetBytes(dump);
        _node = new SwitchNode([NewBridge(ParsedFlows())]);
        _packetText = $"udp,in_port={Entry},dl_src=fa:16:00:00:00:0b,dl_dst=ff:ff:ff:ff:ff:ff,nw_src=0.0.0.0,"
            + "nw_dst=255.255.255.255,nw_ttl=64,udp_src=68,udp_dst=67";
        _packet = PacketText.Read(_packetText, _node.Bridge("br0")!.NumberOf)!;

        _switch = new PrivateSwitch();
        _switch.Vsctl("add-port", "br0", "p11", "--", "set", "Interface", "p11", "type=dummy",
            $"ofport_request={Entry}");
        string file = _switch.FileOf("flows.txt");
        File.WriteAllText(file, FlowDump.WithoutStatistics(dump));
        _switch.Ofctl("del-flows", "br0");
        _switch.Ofctl("add-flows", "br0", file);
        if (Trace() != 3 || OfprotoTrace() < 20)
            throw new InvalidOperationException("the packet does not get through");
    }

    [GlobalCleanup]
    public void Cleanup() => _switch.Dispose();

    /// <summary>One packet; the number of ports that it leaves by.</summary>
    [Benchmark]
    public int Trace() =>
        Translation.Run(_node, _node.Bridge("br0")!, _packet.Clone(), TraceOptions.Default).Outputs.Count;

    /// <summary>The same packet by the switch itself; the process that asks is part of it.</summary>
    [Benchmark(Baseline = true)]
    public int OfprotoTrace() =>
        PeerProgram.CountLines(20, "ovs-appctl", "-t", _switch.ControlSocket, "ofproto/trace", "br0", _packetText);

    /// <summary>The dump to flows.</summary>
    [Benchmark]
    public object Parse() => ParsedFlows();

    /// <summary>The dump to flows, and these to tables that can be looked up in.</summary>
    [Benchmark]
    public int ParseAndCompile() => NewBridge(ParsedFlows()).Compile();

    private List<OvsFlow> ParsedFlows() => OvsFlowParser.ParseAll(_dump,
        new TextSource("node1", "ovs-ofctl dump-flows br0", new List<ParseIssue>()) { Bridge = "br0" });

    private static SwitchBridge NewBridge(List<OvsFlow> flows) => new("br0",
        [.. Ports().Select(port => new SwitchPort { Name = port.Name, Number = port.Number })], flows);

    private static IEnumerable<(string Name, int Number)> Ports() =>
        [("p1", 1), ("patch-tun", 2), ("tap1408934f-93", 3), ("p11", Entry)];
}
