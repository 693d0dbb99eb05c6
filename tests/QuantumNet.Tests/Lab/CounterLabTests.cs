using QuantumNet.Observations.Counters;
using QuantumNet.Diagnosis;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Counters of two samples in real clouds: a lease moves every hop that counts, a silence none,
/// and what is lost is lost where the fault is. Two clouds; more of them with QUANTUMNET_LONG=1.</summary>
public sealed class CounterLabTests(ITestOutputHelper log)
{
    private static readonly (string Code, string Variant, DhcpDirection Direction, string Side,
        string Object)[] s_losses =
        [
            ("QN3003", "missing", DhcpDirection.Request, "K", "openvswi-"),
            ("QN5006", "dhcp", DhcpDirection.Request, "D", "br-tun"),
            ("QN5018", "inbound", DhcpDirection.Request, "D", "br-int"),
            ("QN3002", "rule", DhcpDirection.Reply, "K", "sg-fallback"),
        ];

    [SkippableTheory]
    [InlineData("grizzly", "gre", "hybrid", 1)]
    [InlineData("neutron", "vxlan", "hybrid", 1)]
    public void Counters_tell_how_far_a_lease_came(string flavour, string network, string plug, int agents)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(new(flavour, network, plug, agents));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        List<string> wrong = [.. Healthy(lab), .. Silent(lab),
            .. s_losses.SelectMany(loss => Lost(lab, loss)), .. Respawning(lab)];
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SkippableTheory]
    [InlineData("grizzly", "vlan", "hybrid", 1)]
    [InlineData("grizzly", "gre", "direct", 1)]
    [InlineData("neutron", "gre", "hybrid", 1)]
    [InlineData("neutron", "flat", "hybrid", 1)]
    [InlineData("neutron", "vxlan", "direct", 1)]
    [InlineData("neutron", "vlan", "direct", 1)]
    [InlineData("neutron", "vxlan", "hybrid", 2)]
    public void So_they_do_in_every_kind_of_cloud(string flavour, string network, string plug, int agents)
    {
        Skip.If(!Settings.IsLong, "more clouds are measured with QUANTUMNET_LONG=1");
        Counters_tell_how_far_a_lease_came(flavour, network, plug, agents);
    }

    private static IEnumerable<string> Healthy(LabCloud lab)
    {
        DhcpCounterChange[] changes = lab.Measure(() => lab.Lease(lab.Victim));
        var testimony = CounterTestimony.Read(changes);
        if (!testimony.IsWhole || !testimony.IsCertain)
            yield return $"{lab.Kind}, a lease does not look whole: {Show(changes)}";
        else if (testimony.Request.LastMoved!.Component != HopComponent.Dnsmasq
            || testimony.Reply.LastMoved!.Component != HopComponent.Tap)
            yield return $"{lab.Kind}, a lease does not end where it should: {Show(changes)}";
    }

    private static IEnumerable<string> Silent(LabCloud lab)
    {
        DhcpCounterChange[] changes = lab.Measure(() => Thread.Sleep(TimeSpan.FromSeconds(2)));
        var testimony = CounterTestimony.Read(changes);
        if (testimony.NeverAsked is null || testimony.Lost is not null)
            yield return $"{lab.Kind}, nobody asked, and it does not look so: {Show(changes)}";
    }

    private static IEnumerable<string> Lost(
        LabCloud lab, (string Code, string Variant, DhcpDirection Direction, string Side, string Object) loss)
    {
        LabFault fault = new(loss.Code, loss.Variant, loss.Side, TakesLease: true);
        if (!lab.Faults().Any(one => one.ToString() == fault.ToString())
            || (loss.Side == "D" && lab.Kind.DhcpAgents > 1))
            yield break;
        lab.Put(fault);
        DhcpCounterChange[] changes = lab.Measure(() => lab.Lease(lab.Victim));
        lab.Undo(fault);
        DhcpCounterChange? first = CounterTestimony.Read(changes).Lost?.FirstStill;
        string node = loss.Side == "K" ? lab.Victim.Node : lab.DhcpNodes[0];
        if (first?.Direction != loss.Direction || first.ComputerName != node
            || !first.Object.Contains(loss.Object, StringComparison.Ordinal))
            yield return $"{lab.Kind}, {fault}, not lost at {node} {loss.Object}: {Show(changes)}";
    }

    private static IEnumerable<string> Respawning(LabCloud lab)
    {
        LabFault respawn = new("QN6006", "respawn", "D", TakesLease: false);
        lab.Put(respawn);
        Cloud before = lab.Sample();
        Dictionary<string, string> servers = lab.DhcpNodes.ToDictionary(node => node, node => Servers(lab, node));
        bool changed = lab.DhcpNodes
            .All(node => Becomes(() => Servers(lab, node) is { Length: > 0 } now && now != servers[node]));
        // Which starts it once more, for good: the second sample does not fall between an end and a start
        lab.Undo(respawn);
        IReadOnlyList<Finding> findings = DhcpServerRestarts.Find(before, lab.Sample());
        if (!changed)
            yield return $"{lab.Kind}: dnsmasq was never started again";
        if (findings.Count != lab.DhcpNodes.Count
            || findings.Any(finding => finding.Code != "QN6006" || !lab.DhcpNodes.Contains(finding.ComputerName)))
            yield return $"{lab.Kind}, respawning dnsmasq: {findings.Count} findings {string.Join(", ", findings)}";
    }

    /// <summary>The process numbers of a node's dnsmasq.</summary>
    private static string Servers(LabCloud lab, string node) => lab.Enter(node, "pgrep", "-x", "dnsmasq");

    private static bool Becomes(Func<bool> condition)
    {
        for (int i = 0; i < 600; i++)
        {
            if (condition())
                return true;
            Thread.Sleep(100);
        }
        return false;
    }

    private static string Show(IEnumerable<DhcpCounterChange> changes) =>
        string.Concat(changes.Where(change => change.IsOnPath)
            .Select(change => $"\n      {change.Direction} {change.Sequence} {change} {change.ByteDelta} bytes"
                + $"{(change.IsExclusive ? " exclusive" : change.IsDecisive ? " decisive" : "")} {change.Detail}"));
}
