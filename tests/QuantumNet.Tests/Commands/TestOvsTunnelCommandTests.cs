using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Cli;
using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

public sealed class TestOvsTunnelCommandTests
{
    private static readonly string s_healthy =
        Path.Combine(Repository.Root, "tests", "corpus", "neutron-vxlan", "snapshot");

    [Fact]
    public void Healthy_mesh_is_one_result()
    {
        OvsMeshResult result = Single(Run(new() { Snapshot = s_healthy }));
        Assert.Equal((DhcpPathStatus.Ok, 3, 3), (result.Status, result.Nodes.Length, result.Pairs.Length));
        Assert.Equal("           1 2 3\n1 compute1 - . .\n2 compute2 . - .\n3 netnode  . . -",
            OvsMeshText.Matrix(result));
    }

    [Fact]
    public void Matrix_shows_which_end_is_broken()
    {
        Cloud cloud = CloudReader.Read(SnapshotReader.Load(s_healthy, _ => { }));
        cloud.Nodes["compute1"].OvsPorts.RemoveAll(port => port.Type == "vxlan");
        OvsMeshResult result = Single(Run(new() { Connection = TestHost.ConnectionTo(cloud) }));
        Assert.Equal("           1 2 3\n1 compute1 - X X\n2 compute2 . - .\n3 netnode  . . -",
            OvsMeshText.Matrix(result));
    }

    [Fact]
    public void Port_narrows_it_to_its_own_tunnels_and_goes_before_its_network()
    {
        Cloud cloud = CloudReader.Read(SnapshotReader.Load(s_healthy, _ => { }));
        QuantumPort port = cloud.Records.Ports.First(one => one.ComputerName == "compute1" && !one.IsDhcp);
        OvsMeshResult result = Single(Run(new()
        {
            Snapshot = s_healthy, PortId = [port.PortId], NetworkId = [port.NetworkId],
        }));
        OvsTunnelPair pair = Assert.Single(result.Pairs);
        Assert.Equal(("compute1", "netnode", port.NetworkId),
            (pair.ComputerName, pair.RemoteComputerName, result.NetworkId));
        Assert.Equal(2, Single(Run(new() { Snapshot = s_healthy, NetworkId = [port.NetworkId[..8]] })).Pairs.Length);
    }

    [Fact]
    public void What_is_piped_without_a_name_is_no_silence() => Assert.Equal("NoTunnelTested", Assert.Throws<
        QuantumException>(() => Run(new() { Snapshot = s_healthy, NetworkId = [""] })).Error.Id);

    [Fact]
    public void Network_without_tunnels_is_an_error() => Assert.Equal("NoTunnelTested", Assert.Throws<QuantumException>(
        () => Run(new() { Snapshot = s_healthy.Replace("neutron-vxlan", "neutron-vlan", StringComparison.Ordinal) }))
        .Error.Id);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Live_pings_only_after_a_question(bool agrees)
    {
        Cloud cloud = CloudReader.Read(SnapshotReader.Load(s_healthy, _ => { }));
        PingingSource source = new();
        var cmdlet = new TestOvsTunnelCommand { Connection = TestHost.ConnectionTo(cloud) with { Source = source } };
        cmdlet.SetSwitch(nameof(cmdlet.Live), true);
        TestHost host = new TestHost { Agrees = agrees }.Run(cmdlet);
        Assert.Equal(3, host.Questions.Count);
        Assert.All(host.Questions, question => Assert.StartsWith("Ping 10.47.62.", question, StringComparison.Ordinal));
        OvsMeshResult result = Single(host);
        Assert.Equal(agrees ? 12 : 0, result.Pairs.Sum(pair => pair.Pings.Length));
        Assert.Equal(agrees ? 12 : 0, source.Sent.Count);
        Assert.Equal(agrees ? DhcpPathStatus.Degraded : DhcpPathStatus.Ok, result.Status);
        Assert.All(source.Sent, argv => Assert.True(AllowList.Allows(argv), string.Join(' ', argv)));
    }

    [Fact]
    public void Exit_status_tells_the_verdict()
    {
        Assert.Equal(ExitStatus.Fine, StatusOf("-Snapshot", s_healthy, "-As", "JUnit"));
        Assert.Equal(ExitStatus.Broken, StatusOf("-As", "List", "-Snapshot",
            Path.Combine(Repository.Root, "samples", "broken-QN5002-wrong-local-ip")));
    }

    [Fact]
    public void Quiet_says_true_or_false()
    {
        var cmdlet = new TestOvsTunnelCommand { Snapshot = s_healthy };
        cmdlet.SetSwitch(nameof(cmdlet.Quiet), true);
        Assert.Equal([true], Run(cmdlet).Objects);
    }

    private static int StatusOf(params string[] arguments) => Application.Run(["Test-OvsTunnel", .. arguments],
        new() { Output = new StringWriter(), Error = new StringWriter() }, CancellationToken.None);

    private static TestHost Run(TestOvsTunnelCommand cmdlet) => new TestHost().Run(cmdlet);

    private static OvsMeshResult Single(TestHost host) => Assert.IsType<OvsMeshResult>(Assert.Single(host.Objects));

    /// <summary>Answers small pings, and no large ones.</summary>
    private sealed class PingingSource : IQuantumSource, INodeChanger
    {
        public List<string[]> Sent { get; } = [];

        public Task<QuantumSnapshot> GatherAsync(
            GatherRequest request, IGatherObserver observer, CancellationToken stop) =>
                Task.FromResult(new QuantumSnapshot());

        public Task<CommandOutput[]> RunAsync(string computerName, IReadOnlyList<CommandTemplate> commands,
            IGatherObserver observer, CancellationToken stop)
        {
            lock (Sent)
                Sent.AddRange(commands.Select(command => command.Argv));
            return Task.FromResult<CommandOutput[]>([.. commands.Select(command => new CommandOutput
            {
                ComputerName = computerName, Argv = command.Argv, ExitStatus = command.Argv.Contains("-M") ? 1 : 0,
                StandardError = command.Argv.Contains("-M") ? "ping: local error: message too long, mtu=1400" : "",
            })]);
        }
    }
}
