using QuantumNet.Cli;
using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

public sealed class TestDhcpServerCommandTests
{
    private static readonly string s_healthy = Sample("healthy-neutron-vxlan"),
        s_broken = Sample("broken-QN6005-dnsmasq-is-dead");

    [Fact]
    public void Every_server_is_tested_when_none_is_named()
    {
        DhcpServerResult result =
            Assert.IsType<DhcpServerResult>(Assert.Single(Run(new() { Snapshot = s_healthy }).Objects));
        Assert.Equal((DhcpPathStatus.Ok, "netnode"), (result.Status, result.ComputerName));
        Assert.True(result.DurationSeconds > 0);
    }

    [Theory]
    [InlineData("a1908d8a")]
    [InlineData("DELTA-69")]
    [InlineData("*-69")]
    [InlineData("a1908d8a-cb49-4c35-9f16-4bb57efc0606")]
    public void Network_is_named_by_prefix_name_or_wildcard(string text) =>
        Assert.Single(Run(new() { Snapshot = s_healthy, NetworkId = [text] }).Objects);

    [Fact]
    public void What_is_piped_without_a_network_is_no_silence()
    {
        var cmdlet = new TestDhcpServerCommand { Snapshot = s_healthy, NetworkId = [""] };
        Assert.Equal("NoServerTested", Assert.Throws<QuantumException>(() => Run(cmdlet)).Error.Id);
    }

    [Theory]
    [InlineData("fa:16:3e:02:ea:33")]
    [InlineData("FA-16-3E-02-EA-33")]
    public void Answer_takes_a_MAC_in_any_spelling(string mac)
    {
        DhcpServerResult result = Assert.IsType<DhcpServerResult>(Assert.Single(
            Run(new() { Snapshot = s_healthy, Answer = [mac] }).Objects));
        Assert.Equal(3, result.Answers.Length);
        Assert.Contains("192.168.138.2.", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_says_true_or_false()
    {
        Assert.Equal([true], Run(new() { Snapshot = s_healthy, Quiet = true }, quiet: true).Objects);
        Assert.Equal([false], Run(new() { Snapshot = s_broken }, quiet: true).Objects);
    }

    [Fact]
    public void Unknown_server_is_false_and_an_error_with_Quiet()
    {
        TestHost host = Run(new() { Connection = TestHost.ConnectionTo(Unreached()) }, quiet: true);
        Assert.Equal([false], host.Objects);
        Assert.Equal("ServerUnknown", Assert.Single(host.Errors).Id);
    }

    [Fact]
    public void Node_that_was_not_reached_is_Unknown_though_nothing_tells_its_networks()
    {
        Cloud cloud = new() { Failures = [new() { ComputerName = "netnode", Code = "QN9002", Message = "refused" }] };
        TestHost host = Run(new() { Connection = TestHost.ConnectionTo(cloud) });
        DhcpServerResult result = Assert.IsType<DhcpServerResult>(Assert.Single(host.Objects));
        Assert.Equal((DhcpPathStatus.Unknown, "QN9002", "netnode", ""),
            (result.Status, result.Cause, result.ComputerName, result.NetworkId));
    }

    [Fact]
    public void Snapshots_are_two_samples()
    {
        DhcpServerResult result = Assert.IsType<DhcpServerResult>(Assert.Single(Run(new()
        {
            Snapshot = Sample("broken-QN5006-no-inbound-flow-later"), Before = Sample("broken-QN5006-no-inbound-flow"),
        }).Objects));
        Assert.Equal((DhcpPathStatus.Ok, true), (result.Status, result.IsStable));
    }

    [Fact]
    public void Live_samples_are_taken_one_after_another_and_the_first_asks_for_processes_alone()
    {
        RecordingSource source = new();
        Cloud cloud = CloudReader.Read(SnapshotReader.Load(s_healthy, _ => { }));
        TestHost host = Run(new()
        {
            Connection = TestHost.ConnectionTo(cloud, source), SampleSeconds = 1, NetworkId = ["a1908d8a"],
        });
        Assert.Equal(true, Assert.IsType<DhcpServerResult>(Assert.Single(host.Objects)).IsStable);
        Assert.Equal(2, source.Requests.Count);
        Assert.Equal(["DhcpServer"], source.Requests[0].Collectors);
        Assert.All(source.Requests, request => Assert.Equal(["a1908d8a"], request.NetworkId));
    }

    [Theory]
    [InlineData("healthy-neutron-vxlan", ExitStatus.Fine)]
    [InlineData("broken-QN6005-dnsmasq-is-dead", ExitStatus.Broken)]
    public void Exit_status_tells_the_verdict(string sample, int expected) =>
        Assert.Equal(expected, StatusOf("Test-DhcpServer", "-Snapshot", Sample(sample), "-As", "JUnit"));

    private static int StatusOf(params string[] arguments)
    {
        var terminal = new CliTerminal { Output = new StringWriter(), Error = new StringWriter() };
        return Application.Run(arguments, terminal, CancellationToken.None);
    }

    private static Cloud Unreached()
    {
        Cloud cloud = CloudReader.Read(SnapshotReader.Load(s_healthy, _ => { }));
        return new() { Records = cloud.Records, CollectedAt = cloud.CollectedAt,
            Failures = [new() { ComputerName = "netnode", Code = "QN9002", Message = "refused" }] };
    }

    private static string Sample(string name) => Path.Combine(Repository.Root, "samples", name);

    private static TestHost Run(TestDhcpServerCommand cmdlet, bool quiet = false)
    {
        cmdlet.SetSwitch(nameof(cmdlet.Quiet), quiet);
        return new TestHost().Run(cmdlet);
    }
}
