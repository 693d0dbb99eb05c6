using System.Globalization;
using QuantumNet.Comparison;
using QuantumNet.Parsing;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Comparison;

/// <summary>What counts as a difference between two times of a node, and what does not.</summary>
public sealed class SnapshotComparisonTests
{
    private static readonly string s_samples = Path.Combine(Samples.Folder, "..", "..", "samples");

    [Fact]
    public void Cloud_and_itself_differ_in_nothing() => Assert.Empty(Compare(Healthy(), Healthy()));

    // The same cloud, three requests later: counters, ages, learned entries, log lines.
    [Fact]
    public void Time_that_passes_is_no_difference() =>
        Assert.Empty(Compare(Sample("broken-QN5006-no-inbound-flow"), Sample("broken-QN5006-no-inbound-flow-later")));

    [Fact]
    public void Time_that_passes_is_told_when_it_is_asked_for()
    {
        QuantumDifference[] told = Compare(Sample("broken-QN5006-no-inbound-flow"),
            Sample("broken-QN5006-no-inbound-flow-later"), [ComparisonDetail.Counter]);
        Assert.NotEmpty(told);
        Assert.All(told, one => Assert.Contains(one.What, (string[])["packets", "received", "sent"]));
    }

    [Fact]
    public void Numbers_dealt_out_anew_are_no_difference()
    {
        Cloud after = Changed(node =>
        {
            Replace(node.OvsPorts, port => port.Bridge == "br-tun", port => port with { OfPort = port.OfPort + 7 });
            Replace(node.OpenFlowPorts, port => port.Bridge == "br-tun",
                port => port with { OfPort = port.OfPort + 7 });
            Replace(node.OvsFlows, flow => flow.Bridge == "br-tun", Renumbered);
        });
        Assert.Empty(Compare(Healthy(), after));
        Assert.All(Compare(Healthy(), after, [ComparisonDetail.Order]), one => Assert.Equal("number", one.What));
    }

    // An agent that is restarted deals out local VLANs again.
    [Fact]
    public void Local_VLANs_dealt_out_anew_are_told_once()
    {
        QuantumDifference one = Assert.Single(Compare(Healthy(), Changed(node => Retag(node, 41, 7))));
        Assert.Equal(("compute1", "local VLANs", "numbers"), (one.ComputerName, one.Object, one.What));
        Assert.EndsWith(": 41", one.Before, StringComparison.Ordinal);
        Assert.EndsWith(": 7", one.After, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_tag_is_told_among_VLANs_dealt_out_anew()
    {
        QuantumDifference[] told = Compare(Healthy(), Changed(node =>
        {
            Retag(node, 41, 7);
            Replace(node.OvsPorts, port => port.Tag == 7, port => port with { Tag = 41 });
        }));
        Assert.Equal("tag", told[0].What);
        Assert.Equal(["tag", "numbers"], told.Select(one => one.What).Distinct());
    }

    [Fact]
    public void Version_of_dnsmasq_is_a_difference_of_little_weight()
    {
        Cloud after = Changed(node => Replace(node.DhcpEvents, line => line.Type == "started", line => line with
        {
            Message = line.Message.Replace("2.90", "2.91", StringComparison.Ordinal),
        }), "netnode");
        QuantumDifference one = Assert.Single(Compare(Healthy(), after));
        Assert.Equal(("version", "2.90", "2.91"), (one.What, one.Before, one.After));
    }

    [Fact]
    public void Cookie_is_told_only_when_it_is_asked_for()
    {
        Cloud after = Changed(node => Replace(node.OvsFlows, _ => true, flow => flow with { Cookie = 7 }));
        Assert.Empty(Compare(Healthy(), after));
        Assert.Contains(Compare(Healthy(), after, [ComparisonDetail.Cookie]),
            one => one is { What: "cookie", After: "0x7" });
    }

    [Fact]
    public void Flow_that_is_gone_is_told_with_its_line_and_the_output_that_lacks_it()
    {
        Cloud after = Changed(node => node.OvsFlows.RemoveAll(flow => flow.Match == "tun_id=0xcf90"));
        QuantumDifference gone = Assert.Single(Compare(Healthy(), after));
        Assert.Equal(("Tunnel", "compute1", "br-tun", "flow", DifferenceChange.Removed),
            (gone.Layer, gone.ComputerName, gone.Bridge, gone.What, gone.Change));
        Assert.Contains("tun_id=0xcf90", gone.BeforeEvidence!.Text, StringComparison.Ordinal);
        Assert.Equal(("ovs-ofctl dump-flows br-tun", 0), (gone.AfterEvidence!.Command, gone.AfterEvidence.LineNumber));
        Assert.StartsWith("One difference: compute1: br-tun table 4", gone.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_time_did_not_collect_is_not_gone()
    {
        Cloud after = Changed(node =>
        {
            node.OvsFlows.RemoveAll(flow => flow.Bridge == "br-tun");
            node.Commands.RemoveAll(command => command is { Collector: "OvsFlow", Subject: "br-tun" });
        });
        SnapshotComparison comparison = new(Healthy(), after, new());
        Assert.Empty(comparison.Compare());
        Assert.Equal("OvsFlow was not collected in the difference (compute1, br-tun): "
            + "cannot determine whether anything of it is gone.", Assert.Single(comparison.Gaps));
    }

    [Fact]
    public void Of_a_bridge_that_is_gone_ports_and_flows_are_not_told_one_by_one()
    {
        Cloud after = Changed(node =>
        {
            node.OvsBridges.RemoveAll(bridge => bridge.Bridge == "br-tun");
            node.OvsPorts.RemoveAll(port => port.Bridge == "br-tun");
            node.OpenFlowPorts.RemoveAll(port => port.Bridge == "br-tun");
            node.OvsFlows.RemoveAll(flow => flow.Bridge == "br-tun");
        });
        Assert.Equal("bridge", Assert.Single(Compare(Healthy(), after)).What);
    }

    [Fact]
    public void Version_comes_behind_what_is_gone_and_what_is_new_behind_what_drops()
    {
        Cloud after = Changed(node =>
        {
            Replace(node.OvsBridges, _ => true, bridge => bridge with { OvsVersion = "9.9" });
            node.Links.RemoveAll(link => link.Device.StartsWith("tap", StringComparison.Ordinal));
            node.OvsFlows.Add(Flow("priority=3,udp actions=drop"));
            node.OvsFlows.Add(Flow("priority=2,tcp actions=NORMAL"));
        });
        string[] told = Array.ConvertAll(Compare(Healthy(), after), one => one.What + one.After);
        Assert.Equal(["device", "flowdrop", "flowNORMAL"], told[..3]);
        Assert.All(told[3..], one => Assert.StartsWith("Open vSwitch version", one, StringComparison.Ordinal));
    }

    [Fact]
    public void Getting_well_is_not_what_broke()
    {
        Cloud before = Changed(node => Replace(node.Links, link => link.Device == "br-phy",
                link => link with { Flags = ["BROADCAST"], OperState = "DOWN" })),
            after = Changed(node => Replace(node.OvsFlows, flow => flow.Match == "tun_id=0xcf90",
                flow => flow with { Actions = ["drop"], ActionList = [] }));
        Assert.Equal(["actions", "state"], Compare(before, after).Select(one => one.What));
    }

    [Fact]
    public void Rule_that_passed_one_that_drops_is_told_and_other_orders_are_not()
    {
        string chain = Healthy().Nodes["compute1"].IptablesRules.First(rule => rule.Target == "DROP").Chain;
        Cloud reversed = Changed(node => node.IptablesRules.Reverse());
        Assert.Contains(Compare(Healthy(), reversed), one => one.What == "order" && one.Object == chain);

        Cloud harmless = Changed(node =>
        {
            List<IptablesRule> rules = node.IptablesRules;
            int first = Enumerable.Range(0, rules.Count - 1).First(i => rules[i].Target == "RETURN"
                && rules[i + 1].Target == "RETURN" && rules[i].Chain == rules[i + 1].Chain);
            (rules[first], rules[first + 1]) = (rules[first + 1], rules[first]);
        });
        Assert.Empty(Compare(Healthy(), harmless));
    }

    [Fact]
    public void Port_keeps_to_its_path()
    {
        Cloud before = Healthy(), after = Changed(node =>
        {
            node.OvsFlows.RemoveAll(flow => flow.Match == "tun_id=0xcf90");
            node.Links.Clear();
        }, "compute2");
        QuantumPort port = before.Records.Ports.First(one => one.ComputerName == "compute1" && !one.IsDhcp);
        Assert.NotEmpty(Compare(before, after));
        Assert.Empty(new SnapshotComparison(before, after, new() { Ports = [port] }).Compare());
    }

    [Fact]
    public void Records_of_one_port_alone_prove_no_other_gone()
    {
        Cloud after = Healthy();
        QuantumPort[] kept = [after.Records.Ports[0]];
        Cloud scoped = new()
        {
            Nodes = after.Nodes, Scope = kept[0].PortId, Records = after.Records with { Ports = kept },
        };
        SnapshotComparison comparison = new(Healthy(), scoped, new());
        Assert.Empty(comparison.Compare());
    }

    private static QuantumDifference[] Compare(Cloud before, Cloud after, params ComparisonDetail[] details) =>
        new SnapshotComparison(before, after, new() { Details = details.ToHashSet() }).Compare();

    private static Cloud Healthy() => Sample("healthy-neutron-vxlan");

    private static Cloud Sample(string name) =>
        CloudReader.Read(SnapshotReader.Load(Path.Combine(s_samples, name), error => Assert.Fail(error.ToString())));

    private static Cloud Changed(Action<NodeState> change, string node = "compute1")
    {
        Cloud cloud = Healthy();
        change(cloud.Nodes[node]);
        return cloud;
    }

    private static void Replace<T>(List<T> list, Predicate<T> which, Func<T, T> with)
    {
        for (int i = 0; i < list.Count; i++)
            list[i] = which(list[i]) ? with(list[i]) : list[i];
    }

    private static void Retag(NodeState node, int from, int to)
    {
        Replace(node.OvsPorts, port => port.Tag == from, port => port with { Tag = to });
        Replace(node.OvsFlows, _ => true, flow => Assert.Single(OvsFlowParser.ParseAll(
            flow.RawText.Replace($"dl_vlan={from} ", $"dl_vlan={to} ", StringComparison.Ordinal)
                .Replace($"mod_vlan_vid:{from},", $"mod_vlan_vid:{to},", StringComparison.Ordinal),
            new TextSource("compute1", $"ovs-ofctl dump-flows {flow.Bridge}", []) { Bridge = flow.Bridge })));
    }

    private static OvsFlow Flow(string text) => Assert.Single(OvsFlowParser.ParseAll($" {text}",
        new TextSource("compute1", "ovs-ofctl dump-flows br-int", []) { Bridge = "br-int" }));

    private static OvsFlow Renumbered(OvsFlow flow) => flow with
    {
        Match = Renumbered(flow.Match, "in_port="),
        MatchFields = Array.ConvertAll(flow.MatchFields, field => field.Name == "in_port"
            ? field with { Value = $"{int.Parse(field.Value, CultureInfo.InvariantCulture) + 7}" } : field),
        Actions = Array.ConvertAll(flow.Actions, action => Renumbered(action, "output:")),
    };

    private static string Renumbered(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(text[prefix.Length..], out int number) ? $"{prefix}{number + 7}" : text;
}
