using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Observations.Connections;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

public sealed class ConnectionProbeTests : IDisposable
{
    private static readonly DateTime s_asked = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("1767229200.250000000", 3600.2, 0.05)]      // 2026-01-01 01:00:00.25, asked over 0.1 s
    [InlineData("1767225600.%N", 0.45, 0.55)]               // busybox: somewhere in the second
    [InlineData("1767225600", 0.45, 0.55)]
    [InlineData("", null, null)]
    [InlineData("date: not found", null, null)]
    public void Clock_is_the_nodes_time_less_the_middle_of_question_and_answer(
        string text, double? offset, double? error)
    {
        NodeClock? clock = ClockExchange.Of(text, s_asked, TimeSpan.FromSeconds(0.1));
        Assert.Equal(offset, clock is null ? null : Math.Round(clock.OffsetSeconds, 6));
        Assert.Equal(error, clock is null ? null : Math.Round(clock.ErrorSeconds, 6));
    }

    [Fact]
    public async Task Own_clock_agrees_within_the_error()
    {
        NodeProbe probe = await LookAsync();
        Assert.Null(probe.Error);
        Assert.InRange(probe.Clock!.OffsetSeconds, -probe.Clock.ErrorSeconds, probe.Clock.ErrorSeconds);
        Assert.Equal(probe.Clock.RoundTripSeconds / 2, probe.Clock.ErrorSeconds, 6);
    }

    [Fact]
    public async Task Clock_an_hour_behind_is_seen_to_a_fraction_of_a_second()
    {
        _bench.Program("date", "t=$(/bin/date +%s.%N); echo $((${t%.*} - 3600)).${t#*.}");
        NodeClock clock = (await LookAsync()).Clock!;
        Assert.InRange(clock.OffsetSeconds, -3600 - clock.ErrorSeconds, -3600 + clock.ErrorSeconds);
    }

    [Fact]
    public async Task Nothing_but_the_facts_is_run()
    {
        string ran = Path.Combine(_bench.Folder, "ran");
        foreach (string tool in (string[])["iptables-save", "ovs-ofctl", "tcpdump", "ping", "nft", "ip"])
            _bench.Program(tool, $"echo \"{tool} $*\" >> '{ran}'; echo v1");
        NodeProbe probe = await LookAsync();
        Assert.Equal(["ip -V", "nft --version", "tcpdump --version"], File.ReadAllLines(ran).Order());
        Assert.Contains(probe.Commands, command => command.Answer.Text == Path.Combine(_bench.Folder, "iptables-save")
            && command.Answer.ExitStatus == 0);
    }

    [Fact]
    public async Task Sudo_is_asked_about_each_command_that_needs_root_and_runs_none()
    {
        string asked = Path.Combine(_bench.Folder, "asked");
        // A user who is not root, whose sudo lets him run all but iptables-save.
        _bench.Program("id", "[ \"$1\" = -un ] && echo stack || echo 1000").Program("sudo",
            $"shift; [ \"$1\" = -l ] || exec \"$@\"; echo \"$*\" >> '{asked}'\n"
                + "case $* in *iptables-save*) exit 1 ;; esac");
        NodeProbe probe = await LookAsync(sudo: true);
        string[] questions = File.ReadAllLines(asked);
        Assert.All(questions, question => Assert.Matches("^-l timeout (--foreground )?-k 2 [0-9]+ /", question));
        Assert.Equal(probe.Commands.Where(command => command.NeedsRoot && command.Answer.ExitStatus != 127)
            .Select(command => command.Answer.Command).Distinct().Count(), questions.Distinct().Count());
        Assert.All(probe.Commands.Where(command => command.NeedsRoot && command.Answer.ExitStatus != 127), command =>
            Assert.Equal(command.Answer.Command.Contains("iptables-save", StringComparison.Ordinal) ? 1 : 0,
                command.Answer.ExitStatus));
    }

    [SkippableFact]
    public async Task Tool_that_only_a_container_has_is_found_there()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root to hide a program");
        _bench.Program("docker",
            "case $1 in ps) echo openvswitch_vswitchd ;; exec) shift 2; echo 'ovs 2.17.9' ;; esac");
        NodeProbe probe = await LookAsync(shell: ContainerGatherTests.Without("ovs-vsctl", "ovs-ofctl"));
        Assert.Contains(probe.Commands, command => command.Answer.ExitStatus == 0
            && command.Answer.Command == "docker exec openvswitch_vswitchd ovs-vsctl show");
        Assert.Equal("ovs 2.17.9", probe.Fact("ovs-vsctl --version"));
    }

    [Fact]
    public async Task Shell_that_ends_at_once_is_told_by_its_error()
    {
        NodeProbe probe = await LookAsync(shell: ["false"]);
        Assert.NotNull(probe.Error);
        Assert.Null(probe.Clock);
        Assert.Empty(probe.Commands);
    }

    [Fact]
    public void All_that_is_asked_about_is_on_the_reading_list_and_costs_some_cmdlet()
    {
        foreach (CommandTemplate template in ProbePlan.For("network").Templates)
            AllowList.Demand(template);
        Assert.All(Collectors.All, collector => Assert.NotEmpty(CmdletNeeds.Of(collector.Name)));
        Assert.Equal(["Trace-OvsFlow"], CmdletNeeds.Of("Trace-OvsFlow"));
        Assert.Contains("Test-DhcpPath", CmdletNeeds.Of("OvsFlow"));
        Assert.Contains("Get-QuantumPort", CmdletNeeds.Of("record:port"));
    }

    private async Task<NodeProbe> LookAsync(bool sudo = false, string[]? shell = null) =>
        await new ConnectionProbe(new(), null, _ => _bench.Transport(shell ?? []))
            .LookAtAsync(new() { Name = "n1", Sudo = sudo }, new Listener(), 60, CancellationToken.None);
}
