using QuantumNet.Commands;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Counters;
using QuantumNet.Tests.Pipeline;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Send-DhcpProbe in real clouds: answered where all is well, without taking a lease; otherwise lost
/// at the hop where the fault is. Four faults per cloud; all of them, and more clouds, with QUANTUMNET_LONG=1.
/// QUANTUMNET_FAULTS names codes, QUANTUMNET_REPEAT does each so often.</summary>
public sealed class ProbeLabTests(ITestOutputHelper log)
{
    private static readonly ProbeCase[] s_cases =
    [
        new("QN5006", "dhcp", DhcpProbeStatus.RequestLost, "D", "br-tun"),
        new("QN6005", "dead", DhcpProbeStatus.RequestLost, "D", "dnsmasq"),
        new("QN5007", "unicast", DhcpProbeStatus.ReplyLost, "K", "br-tun"),
        new("QN3002", "rule", DhcpProbeStatus.ReplyLost, "K", "sg-fallback"),
        new("QN5006", "compute", DhcpProbeStatus.ReplyLost, "K", "br-tun"),
        new("QN5018", "inbound", DhcpProbeStatus.RequestLost, "D", "br-int"),
        new("QN5018", "outbound", DhcpProbeStatus.RequestLost, "K", "br-eth1"),
        new("QN5018", "uplink", DhcpProbeStatus.RequestLost, "D", "br-eth1"),
        new("QN5008", "missing", DhcpProbeStatus.RequestLost, "K", "br-tun"),
        new("QN5008", "dhcp", DhcpProbeStatus.ReplyLost, "D", "br-tun"),
        new("QN5001", "compute", DhcpProbeStatus.RequestLost, "D", "br-tun"),
        new("QN5001", "dhcp", DhcpProbeStatus.RequestLost, "D", "br-tun"),
        new("QN6002", "tag", DhcpProbeStatus.RequestLost, "D", "tap"),
        new("QN6022", "input", DhcpProbeStatus.RequestLost, "D", "dnsmasq"),
        new("QN6008", "line", DhcpProbeStatus.ReplyLost, "D", "dnsmasq"),
        new("QN2001", "tap", DhcpProbeStatus.ReplyLost, "K", "openvswi-"),
    ];

    [SkippableTheory]
    [InlineData("grizzly", "gre", "hybrid", 1)]
    [InlineData("neutron", "vxlan", "hybrid", 1)]
    public void A_probe_is_answered_or_names_where_it_was_lost(string flavour, string network, string plug, int agents)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(new(flavour, network, plug, agents));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        List<string> wrong = [.. Healthy(lab), .. Choose(lab).SelectMany(fault => Lost(lab, fault))];
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SkippableTheory]
    [InlineData("grizzly", "vlan", "hybrid", 1)]
    [InlineData("grizzly", "gre", "direct", 1)]
    [InlineData("neutron", "gre", "hybrid", 1)]
    [InlineData("neutron", "vlan", "hybrid", 1)]
    [InlineData("neutron", "flat", "hybrid", 1)]
    [InlineData("neutron", "vxlan", "direct", 1)]
    [InlineData("neutron", "vlan", "direct", 1)]
    [InlineData("neutron", "vxlan", "hybrid", 2)]
    public void So_it_is_in_every_kind_of_cloud(string flavour, string network, string plug, int agents)
    {
        Skip.If(!Settings.IsLong, "more clouds are probed with QUANTUMNET_LONG=1");
        A_probe_is_answered_or_names_where_it_was_lost(flavour, network, plug, agents);
    }

    private IEnumerable<string> Healthy(LabCloud lab)
    {
        if (!lab.Lease(lab.Victim))
            yield return $"{lab.Kind}: {lab.Victim.Name} got no lease";
        string[] leases = Leases(lab);
        foreach (bool broadcast in (bool[])[false, true])
        {
            DhcpProbeResult result = Probe(lab, broadcast);
            if (result.Status != DhcpProbeStatus.Answered || result.Events.Length < 2
                || result.Events[^1].Type != "DHCPOFFER")
                yield return $"{lab.Kind}, healthy, broadcast {broadcast}: {Describe(result)}";
            if (result.Transaction is not { RequestFirstMissing: "", ReplyFirstMissing: "" } seen
                || !seen.ReplyLastSeen.Contains("/tap", StringComparison.Ordinal))
                yield return $"{lab.Kind}, healthy, broadcast {broadcast}: captured as {Captured(result)}";
        }
        if (!leases.SequenceEqual(Leases(lab)))
            yield return $"{lab.Kind}: the probe changed the leases";
    }

    private IEnumerable<string> Lost(LabCloud lab, ProbeCase fault)
    {
        lab.Put(fault.Fault);
        try
        {
            List<string> wrong = [];
            for (int i = 0; i < Settings.Repeats; i++)
                wrong.AddRange(Judge(lab, fault, Probe(lab, broadcast: false, fault.Code)));
            return wrong;
        }
        finally
        {
            lab.Undo(fault.Fault);
        }
    }

    private IEnumerable<string> Judge(LabCloud lab, ProbeCase fault, DhcpProbeResult result)
    {
        log.WriteLine($"{lab.Kind}, {fault}: {result.Summary}");
        var testimony = CounterTestimony.Read(result.Counters);
        DhcpCounterChange? first =
            (fault.Status == DhcpProbeStatus.RequestLost ? testimony.Request : testimony.Reply).FirstStill;
        string node = fault.Side == "K" ? lab.Victim.Node : lab.DhcpNodes[0];
        if (result.Status != fault.Status || first?.ComputerName != node
            || !first.Object.Contains(fault.Object, StringComparison.Ordinal))
            yield return $"{lab.Kind}, {fault}, not {fault.Status} at {node} {fault.Object}: {Describe(result)}";
        if (result.Transaction is null && result.Points.Any(point => point.IsCaptured && point.PacketCount > 0))
            yield return $"{lab.Kind}, {fault}, captures saw packets and not the probe: {Captured(result)}";
        if (result.Events is [{ Type: "DHCPDISCOVER" } only]
            && !result.Summary.Contains(only.RawText.Trim(), StringComparison.Ordinal))
            yield return $"{lab.Kind}, {fault}, what the server said is missing: {Describe(result)}";
    }

    // A fault of one agent's node loses nothing where another agent answers.
    private static IEnumerable<ProbeCase> Choose(LabCloud lab)
    {
        HashSet<string> possible = [.. lab.Faults().Where(fault => fault.TakesLease).Select(fault => fault.ToString())];
        IEnumerable<ProbeCase> cases = s_cases.Where(
            one => possible.Contains(one.Fault.ToString()) && (lab.Kind.DhcpAgents == 1 || one.Side == "K"));
        if (Settings.NamesFaults)
            return cases.Where(one => Settings.IsNamed(one.Fault));
        return Settings.IsLong ? cases : cases.Take(4);
    }

    // Without records a gather is cheaper, but a port that stands in no hosts file is then of no network.
    private static DhcpProbeResult Probe(LabCloud lab, bool broadcast, string code = "")
    {
        var cmdlet = new SendDhcpProbeCommand { Inventory = lab.InventoryWith(code == "QN6008" ? "client" : "none"),
            PortId = [lab.Victim.PortId], Broadcast = broadcast };
        TestHost host = new TestHost().Run(cmdlet);
        Assert.Single(host.Questions);
        return Assert.IsType<DhcpProbeResult>(Assert.Single(host.Objects));
    }

    private static string[] Leases(LabCloud lab) =>
        [.. lab.Run(new GetDhcpLeaseCommand()).Objects.Cast<DhcpLease>().Select(lease => lease.RawText)];

    private static string Captured(DhcpProbeResult result) =>
        $"{result.Transaction}: {string.Join(", ", result.Transaction?.Hops.Select(hop => hop.ToString()) ?? [])}; "
        + $"{string.Join(", ", result.Points.Select(point => point.ToString()))}";

    private static string Describe(DhcpProbeResult result) => $"{result.Status} {result.Summary}"
        + string.Concat(result.Counters
            .Select(change => $"\n      {change.Direction} {change.Sequence} {change} {change.ByteDelta} "
                + $"bytes{(change.IsExclusive ? " exclusive" : change.IsDecisive ? " decisive" : "")} {change.Detail}"))
        + string.Concat(result.Events.Select(line => $"\n      {line.RawText}"));

    /// <summary>A fault, and where it loses the probe.</summary>
    private sealed record ProbeCase(string Code, string Variant, DhcpProbeStatus Status, string Side, string Object)
    {
        public LabFault Fault { get; } = new(Code, Variant, Side, TakesLease: true);

        public override string ToString() => $"{Code} {Variant}";
    }
}
