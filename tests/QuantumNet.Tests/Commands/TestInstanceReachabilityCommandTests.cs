using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Cli;
using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

public sealed class TestInstanceReachabilityCommandTests
{
    private static readonly string s_healthy = Path.Combine(Repository.Root, "samples", "healthy-grizzly-gre");

    [Fact]
    public void Snapshot_is_judged_by_what_the_nodes_hold()
    {
        InstanceReachabilityResult result = Single(Run(new() { Snapshot = s_healthy, PortId = [Victim] }));
        Assert.Equal((DhcpPathStatus.Unknown, "netnode", 22), (result.Status, result.FromNode, result.TcpPort));
        Assert.Equal(3, result.Probes.Length);
        Assert.All(result.Probes, probe => Assert.Equal(ReachabilityAnswer.NotAsked, probe.Answer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packets_are_sent_only_after_a_question(bool agrees)
    {
        AskedSource source = new();
        TestHost host = new TestHost { Agrees = agrees }.Run(Live(source));
        Assert.StartsWith("Send 2 pings to 192.168.65.15 and connect once to its TCP port 22",
            Assert.Single(host.Questions), StringComparison.Ordinal);
        Assert.Equal(agrees ? 4 : 0, source.Sent.Count);        // nc is not there: curl is asked, too
        Assert.All(source.Sent, argv => Assert.True(AllowList.Allows(argv), string.Join(' ', argv)));
        Assert.All(source.Sent, argv => Assert.Equal(["ip", "netns", "exec"], argv[..3]));
        InstanceReachabilityResult result = Single(host);
        Assert.Equal(agrees ? DhcpPathStatus.Ok : DhcpPathStatus.Unknown, result.Status);
        Assert.Equal(agrees ? 0.4 : null, result.Probes[1].Milliseconds);
    }

    [Fact]
    public void Node_that_cannot_be_asked_is_reported_and_the_rest_judged()
    {
        AskedSource source = new() { Error = AccessErrors.CommandNotAllowed(["x"]) };
        TestHost host = new TestHost { Agrees = true }.Run(Live(source));
        Assert.Equal(source.Error.Id, Assert.Single(host.Errors).Id);
        Assert.Equal(DhcpPathStatus.Unknown, Single(host).Status);
    }

    [Theory]
    [InlineData("FAILED", ReachabilityAnswer.Silent)]
    [InlineData("REACHABLE", ReachabilityAnswer.Answered)]
    public void Old_neighbour_is_looked_at_until_the_kernel_has_asked_it_again(
        string atLast, ReachabilityAnswer answer)
    {
        AskedSource source = new() { States = ["DELAY", "PROBE", atLast] };
        TestInstanceReachabilityCommand cmdlet = Live(source);
        cmdlet.Clock = new HurriedClock();
        InstanceReachabilityResult result = Single(new TestHost { Agrees = true }.Run(cmdlet));
        Assert.Equal(answer, result.Probes[0].Answer);
        Assert.Equal(3, source.Sent.Count(argv => argv[4] == "ip"));
    }

    [Fact]
    public void Network_without_a_router_is_an_error_that_says_what_to_do()
    {
        AskedSource source = new();
        TestInstanceReachabilityCommand cmdlet = Live(source);
        cmdlet.From = ReachabilityOrigin.Router;
        TestHost host = new TestHost { Agrees = true }.Run(cmdlet);
        QuantumError error = Assert.Single(host.Errors);
        Assert.Equal(("RouterNotFound", Victim), (error.Id, error.Target));
        Assert.Contains("leave -From out", error.Advice, StringComparison.Ordinal);
        Assert.Empty(host.Objects);
        Assert.Empty(source.Sent);
        Assert.Empty(host.Questions);
        Assert.Equal([Victim], source.Request!.RoutersOf);
    }

    [Fact]
    public void Exit_status_tells_the_verdict()
    {
        Assert.Equal(ExitStatus.CouldNotTell, StatusOf(Victim, "-Snapshot", s_healthy));
        Assert.Equal(ExitStatus.Broken, StatusOf(Victim, "-Snapshot", s_healthy, "-TcpPort", "80", "-As", "List"));
        Assert.Equal(ExitStatus.Broken, StatusOf(Victim, "-Snapshot", s_healthy, "-TcpPort", "80", "-As", "JUnit"));
    }

    private static string Victim { get; } = CloudReader.Read(SnapshotReader.Load(s_healthy, _ => { }))
        .Records.Ports.First(port => port.IpAddress == "192.168.65.15").PortId;

    private static TestInstanceReachabilityCommand Live(AskedSource source)
    {
        Cloud cloud = CloudReader.Read(SnapshotReader.Load(s_healthy, _ => { }));
        return new() { Connection = TestHost.ConnectionTo(cloud) with { Source = source }, PortId = [Victim],
            Count = 2 };
    }

    private static int StatusOf(params string[] arguments) => Application.Run(
        ["Test-InstanceReachability", .. arguments],
        new() { Output = new StringWriter(), Error = new StringWriter() }, CancellationToken.None);

    private static TestHost Run(TestInstanceReachabilityCommand cmdlet) => new TestHost().Run(cmdlet);

    private static InstanceReachabilityResult Single(TestHost host) =>
        Assert.IsType<InstanceReachabilityResult>(Assert.Single(host.Objects));

    /// <summary>One whose waits are over at once.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
                base.CreateTimer(callback, state, dueTime.Ticks > 0 ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }

    /// <summary>A node without nc whose instance answers everything; or nothing, while it is an old neighbour.
    /// </summary>
    private sealed class AskedSource : IQuantumSource, INodeChanger
    {
        public List<string[]> Sent { get; } = [];

        public QuantumError? Error { get; init; }

        public string[] States { get; init; } = [];

        public Task<QuantumSnapshot> GatherAsync(
            GatherRequest request, IGatherObserver observer, CancellationToken stop)
        {
            Request = request;
            return Task.FromResult(new QuantumSnapshot());
        }

        public GatherRequest? Request { get; private set; }

        public Task<CommandOutput[]> RunAsync(string computerName, IReadOnlyList<CommandTemplate> commands,
            IGatherObserver observer, CancellationToken stop)
        {
            if (Error is not null)
                throw Error.ToException();
            Sent.AddRange(commands.Select(command => command.Argv));
            return Task.FromResult<CommandOutput[]>([.. commands.Select(command => Answer(command.Argv))]);
        }

        private CommandOutput Answer(string[] argv) => argv[4] switch
        {
            "ping" when States.Length > 0 => Said(1, "2 packets transmitted, 0 received, 100% packet loss"),
            "ip" when States.Length > 0 => Said(0, "192.168.65.15 dev tap1 lladdr fa:16:3e:dc:0f:7e "
                + States[Sent.Count(sent => sent[4] == "ip") - 1]),
            "curl" when States.Length > 0 => Said(28, "* Failed to connect: Timeout was reached"),
            "ping" => Said(0, "64 bytes from 192.168.65.15: icmp_seq=1 ttl=64 time=0.4 ms\n"),
            "ip" => Said(0, "192.168.65.15 dev tap1 lladdr fa:16:3e:dc:0f:7e REACHABLE\n"),
            "nc" => Said(1, "exec of \"nc\" failed: No such file or directory"),
            _ => Said(28, "* Connected to 192.168.65.15 (192.168.65.15) port 22 (#0)"),
        };

        private static CommandOutput Said(int status, string text) => new()
        {
            Argv = ["ip"], ExitStatus = status, StandardError = status == 0 ? "" : text,
            StandardOutput = System.Text.Encoding.UTF8.GetBytes(status == 0 ? text : ""),
        };
    }
}
