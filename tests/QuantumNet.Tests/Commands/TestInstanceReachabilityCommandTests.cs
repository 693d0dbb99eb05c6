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

    /// <summary>A node without nc whose instance answers everything.</summary>
    private sealed class AskedSource : IQuantumSource, INodeChanger
    {
        public List<string[]> Sent { get; } = [];

        public QuantumError? Error { get; init; }

        public Task<QuantumSnapshot> GatherAsync(
            GatherRequest request, IGatherObserver observer, CancellationToken stop) =>
                Task.FromResult(new QuantumSnapshot());

        public Task<CommandOutput[]> RunAsync(string computerName, IReadOnlyList<CommandTemplate> commands,
            IGatherObserver observer, CancellationToken stop)
        {
            if (Error is not null)
                throw Error.ToException();
            Sent.AddRange(commands.Select(command => command.Argv));
            return Task.FromResult<CommandOutput[]>([.. commands.Select(command => Answer(command.Argv))]);
        }

        private static CommandOutput Answer(string[] argv) => argv[4] switch
        {
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
