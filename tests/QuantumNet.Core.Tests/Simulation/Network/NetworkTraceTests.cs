using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Paths;
using QuantumNet.Simulation;
using QuantumNet.Simulation.Network;
using QuantumNet.Snapshots;
using QuantumNet.Topology;
using Xunit.Abstractions;

namespace QuantumNet.Core.Tests.Simulation.Network;

/// <summary>A packet sent over the nodes of the corpus's clouds: what the bridges, tunnels and wires hold
/// takes it where it went in the lab.</summary>
public sealed class NetworkTraceTests(ITestOutputHelper output)
{
    public static TheoryData<string> Healthy => new(CorpusCase.All.Values
        .Where(one => one.IsHealthy && !one.LeaseLost).Select(one => one.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Healthy))]
    public void In_a_healthy_cloud_request_and_reply_arrive(string name)
    {
        CorpusCase one = CorpusCase.All[name];
        foreach (DhcpLeg leg in Legs(one))
        {
            output.WriteLine($"{leg.Port.PortId} {leg.ComputeName} - {leg.Server!.NodeName}");
            IReadOnlyList<NodeTrace> request = Send(leg, leg.ComputeEnd, DhcpDirection.Request, []);
            Assert.True(Arrives(request, leg.ServerEnd!), Shown(request));
            IReadOnlyList<NodeTrace> reply = Send(leg, leg.ServerEnd!, DhcpDirection.Reply, request);
            Assert.True(Arrives(reply, leg.ComputeEnd), Shown(reply));
        }
    }

    // Faults of what the bridges, tunnels and physical networks hold.
    private static readonly string[] s_ofSwitches =
    [
        "QN1007", "QN1011", "QN1012", "QN4001", "QN4002", "QN4004", "QN4005", "QN4007", "QN5001", "QN5002", "QN5006",
        "QN5007", "QN5008", "QN5009", "QN5010", "QN5012", "QN5018",
    ];

    // What no node's state shows: a switch between the nodes, and a device that is down.
    private static readonly string[] s_unseen = ["neutron-vlan/QN5018-trunk", "neutron-vlan/QN5018-down"];

    public static TheoryData<string> Faults => new(CorpusCase.All.Values
        .Where(one => !one.IsHealthy).Select(one => one.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_of_the_switches_loses_a_packet_and_no_other_fault_does(string name)
    {
        CorpusCase one = CorpusCase.All[name];
        foreach (DhcpLeg leg in Legs(one))
        {
            IReadOnlyList<NodeTrace> request = Send(leg, leg.ComputeEnd, DhcpDirection.Request, []);
            IReadOnlyList<NodeTrace> reply = Send(leg, leg.ServerEnd!, DhcpDirection.Reply, request);
            bool isLost = one.LeaseLost && !s_unseen.Contains(name)
                && (s_ofSwitches.Contains(one.Fault) || name.EndsWith("QN6002-tag", StringComparison.Ordinal));
            Assert.True(isLost != (Arrives(request, leg.ServerEnd!) && Arrives(reply, leg.ComputeEnd)),
                $"{Shown(request)}\n{Shown(reply)}");
        }
    }

    private static IEnumerable<DhcpLeg> Legs(CorpusCase one)
    {
        var cloud = new CloudView(CloudReader.Read(one.Load()));
        return cloud.Records.Ports.Where(port => one.Ports.Contains(port.PortId))
            .SelectMany(port => new LegFinder(cloud).Find(port))
            .Where(leg => leg is { ComputePort: not null, ServerPort: not null });
    }

    private static IReadOnlyList<NodeTrace> Send(
        DhcpLeg leg, LegEnd from, DhcpDirection direction, IReadOnlyList<NodeTrace> before) =>
        NetworkTrace.Run(leg.Cloud, from.Node!, from.Port!, DhcpPackets.Of(direction, leg), leg, before);

    private static bool Arrives(IReadOnlyList<NodeTrace> traces, LegEnd at) => traces.Any(trace =>
        trace.Node == at.Node && trace.Trace.Outputs.Any(output => output.Port == at.Device));

    private static string Shown(IReadOnlyList<NodeTrace> traces) => string.Join('\n', TraceSteps.Of(traces));
}
