using QuantumNet.Faults.ControlPlane;
using QuantumNet.Diagnosis;
using QuantumNet.Parsing.Logs;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Faults;

/// <summary>What the kernel and neutron-server say stands beside the findings that it explains,
/// and decides nothing.</summary>
public sealed class KernelLogTests
{
    private const string Mac = "fa:16:3e:02:ea:33";
    private const string Loss = "openvswitch: ovs-system: deferred action limit reached, drop recirc action";
    private const string Conntrack = "nf_conntrack: nf_conntrack: table full, dropping packet";

    private static readonly DateTime s_time = new(2026, 11, 22, 10, 38, 9, DateTimeKind.Utc);

    [Theory]
    [InlineData("[Sun Nov 22 10:38:09 2026] " + Loss)]
    [InlineData("2026-11-22T10:38:09+0000 compute1 kernel: " + Loss)]
    [InlineData("Nov 22 10:38:09 compute1 kernel: [   58.586597] " + Loss)]
    public void Line_of_each_program_gives_time_and_message(string line)
    {
        AgentLog entry = Assert.Single(Parse(line, out List<ParseIssue> issues));
        Assert.Equal((s_time, Loss, "WARNING", AgentRole.Kernel),
            (entry.Time, entry.Message, entry.Level, AgentWords.RoleOf(entry)));
        Assert.Empty(issues);
    }

    [Fact]
    public void Line_without_a_time_of_day_has_none() =>
        Assert.Null(Assert.Single(Parse("[   58.586597] " + Loss, out _)).Time);

    [Fact]
    public void Lines_of_other_programs_are_skipped_and_what_is_no_log_is_reported()
    {
        Assert.Empty(Parse("Nov 22 10:38:09 compute1 sshd[9]: kernel: no", out List<ParseIssue> issues));
        Assert.Empty(issues);
        Assert.Empty(Parse("what is this", out issues));
        Assert.Single(issues);
    }

    [Theory]
    [InlineData("dmesg")]
    [InlineData("dmesg -T")]
    [InlineData("journalctl -k --no-pager")]
    [InlineData("journalctl --no-pager --dmesg")]
    [InlineData("cat /var/log/kern.log.1")]
    [InlineData("cat /var/log/dmesg")]
    public void Output_of_the_kernels_log_is_recognised(string command) =>
        Assert.Equal(["KernelLog"], new CollectorIndex(Collectors.All)
            .ReadersOf(new() { ComputerName = "n", Argv = command.Split(' ') })
            .Select(reader => reader.Collector.Name));

    [Fact]
    public void Messages_of_a_layer_stand_beside_its_findings_and_no_other()
    {
        DhcpPathResult result = Kernel(Untagged(), Loss, Conntrack).Test(Mac);
        Finding untagged = Assert.Single(result.Findings, finding => finding.Code == "QN4001");
        Assert.Contains(untagged.Evidence, line => line.Text.EndsWith(Loss, StringComparison.Ordinal));
        Assert.DoesNotContain(untagged.Evidence, line => line.Text.EndsWith(Conntrack, StringComparison.Ordinal));
    }

    [Fact]
    public void Healthy_cloud_stays_Ok_whatever_the_kernel_says() =>
        Assert.Equal(DhcpPathStatus.Ok, Kernel(new SampleCloud(), Loss, Conntrack).Test(Mac).Status);

    [Fact]
    public void Server_names_its_refusal_and_is_no_agent()
    {
        Assert.Equal(AgentRole.Server, AgentWords.RoleOf(
            new() { Path = "/var/log/kolla/neutron/neutron-server.log", Logger = "neutron.plugins.ml2.managers" }));
        Assert.Equal(["ServerLog"], new CollectorIndex(Collectors.All)
            .ReadersOf(new() { ComputerName = "n", Argv = ["cat", "/var/log/kolla/neutron/neutron-server.log"] })
            .Select(reader => reader.Collector.Name));
    }

    private static List<AgentLog> Parse(string text, out List<ParseIssue> issues) =>
        KernelLogParser.ParseAll(text, new("compute1", "dmesg -T", issues = []) { TakenAt = s_time.AddMinutes(1) });

    private static SampleCloud Untagged() => new SampleCloud()
        .With("compute1", "ovs-vsctl show", text => text.Replace("        Port qvoa6f5a96d-ce\n            tag: 41\n",
            "        Port qvoa6f5a96d-ce\n", StringComparison.Ordinal))
        .Without("compute1", "ovs-vsctl --format=json");

    private static SampleCloud Kernel(SampleCloud cloud, params string[] messages) =>
        cloud.Printing("compute1", "cat /var/log/kern.log",
            string.Concat(messages.Select(text => $"2026-11-22T10:38:09+00:00 compute1 kernel: {text}\n")));
}
