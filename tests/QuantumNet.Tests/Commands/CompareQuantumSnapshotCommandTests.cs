using QuantumNet.Cli;
using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

public sealed class CompareQuantumSnapshotCommandTests
{
    private static readonly string s_healthy = Sample("healthy-neutron-vxlan"),
        s_broken = Sample("broken-QN5006-no-inbound-flow");

    [Fact]
    public void Flow_that_is_gone_is_one_difference_and_the_verdict()
    {
        TestHost host = new TestHost().Run(Command(s_healthy, s_broken));
        QuantumDifference gone = Assert.IsType<QuantumDifference>(Assert.Single(host.Objects));
        Assert.Equal((1, "Tunnel", "netnode", "flow", DifferenceChange.Removed, true),
            (gone.Rank, gone.Layer, gone.ComputerName, gone.What, gone.Change, gone.IsOnPath));
        Assert.Equal("One difference: netnode: br-tun table 4 priority 1 tun_id=0xcf90: flow is gone: "
            + "mod_vlan_vid:31,resubmit(,10)", gone.Verdict);
        Assert.Equal(["compute2 was gathered in the reference only, and not compared."], host.Warnings);
    }

    [Fact]
    public void Snapshot_and_connection_are_taken_as_they_are()
    {
        QuantumSnapshot snapshot = SnapshotReader.Load(s_healthy) with { Path = "" };
        Cloud after = CloudReader.Read(snapshot);
        after.Nodes["compute2"].DhcpServers.Clear();
        after.Nodes["netnode"].DhcpServers.Clear();
        TestHost host = new TestHost().Run(Command(snapshot, TestHost.ConnectionTo(after)));
        Assert.Equal("dnsmasq", Assert.IsType<QuantumDifference>(Assert.Single(host.Objects)).What);
    }

    [Fact]
    public void Difference_that_is_left_out_is_what_the_other_parameters_name()
    {
        TestHost host = new TestHost().Run(new CompareQuantumSnapshotCommand
            { Reference = s_healthy, Snapshot = s_broken });
        Assert.Single(host.Objects);
    }

    [Fact]
    public void Equal_clouds_are_silent_and_verbose_tells_what_was_compared()
    {
        TestHost host = new TestHost().Run(Command(s_healthy, s_healthy));
        Assert.Empty(host.Objects);
        Assert.Empty(host.Warnings);
        Assert.Contains(host.VerboseLines, line =>
            line.StartsWith("No difference that matters", StringComparison.Ordinal)
            && line.EndsWith("compute1, compute2, netnode.", StringComparison.Ordinal));
    }

    [Fact]
    public void Port_that_neither_time_has_is_an_error()
    {
        TestHost host = new TestHost().Run(Command(s_healthy, s_broken, "nope"));
        Assert.Equal("PortNotFound", Assert.Single(host.Errors).Id);
        Assert.Empty(host.Objects);
    }

    [Fact]
    public void Port_that_is_gone_since_is_known_by_the_reference()
    {
        Cloud after = CloudReader.Read(SnapshotReader.Load(s_healthy));
        QuantumPort port = after.Records.Ports.First(one => one.ComputerName == "compute1" && !one.IsDhcp);
        Cloud without = new()
        {
            Nodes = after.Nodes,
            Records = after.Records with { Ports = [.. after.Records.Ports.Where(one => one != port)] },
        };
        TestHost host = new TestHost().Run(Command(s_healthy, TestHost.ConnectionTo(without), port.PortId));
        Assert.Equal(("ControlPlane", DifferenceChange.Removed, port.PortId),
            host.Objects.Cast<QuantumDifference>().Select(one => (one.Layer, one.Change, one.PortId)).First());
    }

    [Theory]
    [InlineData("")]
    public void What_is_piped_without_a_port_is_no_silence(string port) => Assert.Equal("NothingCompared",
        Assert.Throws<QuantumException>(() => new TestHost().Run(Command(s_healthy, s_broken, port))).Error.Id);

    [Fact]
    public void Two_clouds_without_anything_in_common_are_an_error() => Assert.Equal("NothingCompared",
        Assert.Throws<QuantumException>(() => new TestHost().Run(
            Command(s_healthy, TestHost.ConnectionTo(new Cloud())))).Error.Id);

    [Fact]
    public void Difference_by_two_names_is_an_error() => Assert.Equal("AmbiguousSource",
        Assert.Throws<QuantumException>(() => new TestHost().Run(new CompareQuantumSnapshotCommand
            { Reference = s_healthy, Difference = s_broken, Snapshot = s_broken })).Error.Id);

    [Fact]
    public void Node_that_lacks_a_flow_is_told_by_the_other()
    {
        Cloud cloud = CloudReader.Read(SnapshotReader.Load(s_healthy));
        cloud.Nodes["compute1"].OvsFlows.RemoveAll(flow => flow.Match == "tun_id=0xcf90");
        TestHost host = new TestHost().Run(new CompareQuantumSnapshotCommand
        {
            Connection = TestHost.ConnectionTo(cloud), ReferenceNode = "compute2", DifferenceNode = "compute1",
        });
        QuantumDifference missing = Assert.IsType<QuantumDifference>(Assert.Single(host.Objects));
        Assert.Equal(("compute1", "compute2", "flow", DifferenceChange.Removed),
            (missing.ComputerName, missing.ReferenceComputerName, missing.What, missing.Change));
        Assert.StartsWith("flow is missing: mod_vlan_vid:", missing.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Healthy_peers_are_silent_wherever_their_cloud_is_named()
    {
        TestHost one = new TestHost().Run(new CompareQuantumSnapshotCommand
            { Reference = s_healthy, ReferenceNode = "compute1", DifferenceNode = "compute2" });
        TestHost other = new TestHost().Run(new CompareQuantumSnapshotCommand
            { Snapshot = s_healthy, ReferenceNode = "compute1", DifferenceNode = "compute2" });
        Assert.Empty(one.Objects.Concat(other.Objects));
        Assert.Contains("No difference that matters: compute1 with compute2.", one.VerboseLines);
    }

    [Fact]
    public void Unknown_nodes_are_errors()
    {
        TestHost host = new TestHost().Run(new CompareQuantumSnapshotCommand
            { Snapshot = s_healthy, ReferenceNode = "compute1", DifferenceNode = "compute77" });
        Assert.Equal("NodeNotFound", Assert.Single(host.Errors).Id);
        Assert.Empty(host.Objects);
    }

    [Fact]
    public void Executable_prints_the_verdict_above_the_table_and_ends_with_0()
    {
        var output = new StringWriter();
        var terminal = new CliTerminal { Output = output, Error = TextWriter.Null, Width = 200 };
        int status = Application.Run(
            ["Compare-QuantumSnapshot", s_healthy, s_broken], terminal, CancellationToken.None);
        Assert.Equal(ExitStatus.Fine, status);
        Assert.Matches(@"(?s)Verdict: One difference: netnode: br-tun.*Rank +Node +Layer", output.ToString());
    }

    private static CompareQuantumSnapshotCommand Command(object reference, object difference, params string[] ports) =>
        new() { Reference = reference, Difference = difference, PortId = ports };

    private static string Sample(string name) => Path.Combine(Repository.Root, "samples", name);
}
