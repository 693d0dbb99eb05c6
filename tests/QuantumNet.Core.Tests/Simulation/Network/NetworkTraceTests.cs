using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Paths;
using QuantumNet.Simulation.KernelBridge;
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
            PacketWay request = NetworkTrace.Dhcp(leg, leg.ComputeEnd, DhcpDirection.Request);
            Assert.True(Arrives(request, leg.ServerEnd!), Shown(request));
            PacketWay reply = NetworkTrace.Dhcp(leg, leg.ServerEnd!, DhcpDirection.Reply, request);
            Assert.True(Arrives(reply, leg.ComputeEnd), Shown(reply));
        }
    }

    // Faults of what the bridges, tunnels and physical networks hold.
    private static readonly string[] s_ofSwitches =
    [
        "QN1007", "QN1011", "QN1012", "QN4001", "QN4002", "QN4004", "QN4005", "QN4007", "QN5001", "QN5002", "QN5006",
        "QN5007", "QN5008", "QN5009", "QN5010", "QN5012", "QN5018",
    ];

    // Faults of what stands between tap and br-int, and where each loses the packet.
    private static readonly Dictionary<string, HopComponent> s_ofPlugs = new()
    {
        ["QN2001-qvb"] = HopComponent.LinuxBridge, ["QN2001-tap"] = HopComponent.LinuxBridge,
        ["QN2002-qbr"] = HopComponent.LinuxBridge, ["QN2002-qvb"] = HopComponent.Veth,
        ["QN2002-qvo"] = HopComponent.Veth, ["QN2002-tap"] = HopComponent.Tap, ["QN2003-tap"] = HopComponent.Tap,
        ["QN2004-netdev"] = HopComponent.LinuxBridge, ["QN2006-policy"] = HopComponent.Iptables,
        ["QN3002-rule"] = HopComponent.Iptables, ["QN3003-behind"] = HopComponent.Iptables,
        ["QN3003-missing"] = HopComponent.Iptables,
        // What the server offers, and from where, is not what the port's own rules allow. Grizzly's ask for the
        // server alone.
        ["QN6004-wrong"] = HopComponent.Iptables, ["neutron-vxlan/QN6011-other"] = HopComponent.Iptables,
    };

    // What no node's state shows: a switch between the nodes, and a device that is down.
    private static readonly string[] s_unseen = ["neutron-vlan/QN5018-trunk", "neutron-vlan/QN5018-down"];

    public static TheoryData<string> Faults => new(CorpusCase.All.Values
        .Where(one => !one.IsHealthy).Select(one => one.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_of_switches_or_plugs_loses_a_packet_where_it_is_and_no_other_fault_does(string name)
    {
        CorpusCase one = CorpusCase.All[name];
        foreach (DhcpLeg leg in Legs(one))
        {
            PacketWay request = NetworkTrace.Dhcp(leg, leg.ComputeEnd, DhcpDirection.Request),
                reply = NetworkTrace.Dhcp(leg, leg.ServerEnd!, DhcpDirection.Reply, request);
            HopComponent? part = leg.Plug == PlugKind.Hybrid && (s_ofPlugs.TryGetValue(name, out HopComponent own)
                || s_ofPlugs.TryGetValue(name.Split('/')[^1], out own)) ? own : null;
            bool isLost = one.LeaseLost && !s_unseen.Contains(name) && (part is not null
                || s_ofSwitches.Contains(one.Fault) || name.EndsWith("QN6002-tag", StringComparison.Ordinal));
            string shown = $"{Shown(request)}\n{Shown(reply)}";
            Assert.True(
                isLost != (Arrives(request, leg.ServerEnd!) && Arrives(reply, leg.ComputeEnd)), shown);
            KernelStep? lost = request.PlugSteps.Concat(reply.PlugSteps).FirstOrDefault(step => step.IsLost);
            Assert.True(part == lost?.Component, shown);
            if (part is not null)
                output.WriteLine(shown);
        }
    }

    [Theory]
    [InlineData("grizzly-gre/QN3002-rule", "iptables", "sg-fallback -j DROP")]
    [InlineData("grizzly-gre/QN3003-missing", "iptables", "/32 -j DROP")]
    [InlineData("grizzly-gre/QN2006-policy", "iptables", "by :FORWARD DROP")]
    [InlineData("grizzly-gre/QN2001-tap", "linux bridge", " is not in qbr")]
    [InlineData("grizzly-gre/QN2002-qvo", "device", " is down: it is dropped")]
    public void Last_step_of_a_way_that_ends_in_the_plug_quotes_what_loses_it(string name, string kind, string line)
    {
        CorpusCase one = CorpusCase.All[name];
        DhcpLeg leg = Legs(one).First();
        PacketWay request = NetworkTrace.Dhcp(leg, leg.ComputeEnd, DhcpDirection.Request),
            reply = NetworkTrace.Dhcp(leg, leg.ServerEnd!, DhcpDirection.Reply, request);
        PacketWay ended = request.Nodes.Count == 0 ? request : reply;
        OvsTraceStep last = TraceSteps.Of(ended).Last(step => step.Kind is "device" or "iptables" or "linux bridge");
        Assert.Equal((kind, leg.ComputeName, ""), (last.Kind, last.ComputerName, last.PacketAfter));
        Assert.Contains(line, last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Way_of_a_hybrid_plug_begins_and_ends_at_the_tap()
    {
        DhcpLeg leg = Legs(CorpusCase.All["grizzly-gre"]).First();
        PacketWay request = NetworkTrace.Dhcp(leg, leg.ComputeEnd, DhcpDirection.Request),
            reply = NetworkTrace.Dhcp(leg, leg.ServerEnd!, DhcpDirection.Reply, request);
        string[] kinds = ["device", "iptables", "linux bridge", "device", "bridge"];
        Assert.Equal(kinds, TraceSteps.Of(request).Take(5).Select(step => step.Kind));
        Assert.Equal(leg.Tap, TraceSteps.Of(request)[0].Device);
        Assert.Equal(leg.Tap, TraceSteps.Of(reply).Last(step => step.Kind == "device").Device);
        Assert.EndsWith("-j RETURN", TraceSteps.Of(request)[1].Text, StringComparison.Ordinal);
        Assert.NotNull(TraceSteps.Of(request)[1].Rule);
    }

    private static IEnumerable<DhcpLeg> Legs(CorpusCase one)
    {
        var cloud = new CloudView(CloudReader.Read(one.Load()));
        return cloud.Records.Ports.Where(port => one.Ports.Contains(port.PortId))
            .SelectMany(port => new LegFinder(cloud).Find(port))
            .Where(leg => leg is { ComputePort: not null, ServerPort: not null });
    }

    private static bool Arrives(PacketWay way, LegEnd at) => way.Nodes.Any(trace =>
        trace.Node == at.Node && trace.Trace.Outputs.Any(output => output.Port == at.Device
            && way.Exits.GetValueOrDefault(output, []).All(step => step.Action == HopAction.Forwarded)))
        && way.Entry.All(step => step.Action == HopAction.Forwarded);

    private static string Shown(PacketWay way) => string.Join('\n', TraceSteps.Of(way));
}
