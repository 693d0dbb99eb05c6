using QuantumNet.Access;
using QuantumNet.Commands;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Pipeline;

public sealed class MaxAgeTests
{
    private static readonly QuantumError s_unreachable = new() { Id = "NodeUnreachable", Target = "compute1",
        Category = QuantumErrorCategory.ConnectionError,
        Message = "Cannot reach it.", Advice = "Try ssh." };

    private readonly RecordingSource _source =
        new() { Answer = new() { Nodes = [new() { ComputerName = "compute1" }] } };
    private readonly SetClock _clock = new();
    private readonly QuantumConnection _connection;

    public MaxAgeTests() => _connection = TestHost.ConnectionTo(Cloud(), _source);

    [Fact]
    public void What_a_cmdlet_gathered_in_time_serves_the_next()
    {
        Get(maxAge: 0);
        _clock.Now += TimeSpan.FromSeconds(30);
        TestHost second = Get(maxAge: 60);
        Assert.Single(_source.Requests);
        Assert.Contains(second.VerboseLines, line => line.Contains("gathered 30 s ago", StringComparison.Ordinal));
        Assert.Single(second.Objects);
    }

    [Fact]
    public void Without_the_parameter_all_is_gathered_anew()
    {
        Get(maxAge: 60);
        Get(maxAge: 0);
        Assert.Equal(2, _source.Requests.Count);
    }

    [Fact]
    public void What_is_too_old_is_gathered_anew_and_then_new()
    {
        Get(maxAge: 60);
        _clock.Now += TimeSpan.FromSeconds(61);
        Get(maxAge: 60);
        Get(maxAge: 60);
        Assert.Equal(2, _source.Requests.Count);
    }

    [Fact]
    public void What_failed_in_part_is_gathered_anew()
    {
        RecordingSource failing = new() { OnGather = observer => observer.Failed(s_unreachable),
            Answer = _source.Answer };
        QuantumConnection connection = TestHost.ConnectionTo(Cloud(), failing);
        Get(maxAge: 60, connection);
        Get(maxAge: 60, connection);
        Assert.Equal(2, failing.Requests.Count);
    }

    [Fact]
    public void What_was_missing_is_told_again()
    {
        RecordingSource lacking = new() { OnGather = observer => observer.Missing("no agents"),
            Answer = _source.Answer };
        QuantumConnection connection = TestHost.ConnectionTo(Cloud(), lacking);
        Get(maxAge: 0, connection);
        Assert.Equal(["no agents"], Get(maxAge: 60, connection).Warnings);
        Assert.Single(lacking.Requests);
    }

    [Fact]
    public void A_second_look_is_never_an_old_one()
    {
        Assert.Throws<QuantumException>(() => new TestHost().Run(new TestDhcpServerCommand
        {
            Connection = _connection,
            SampleSeconds = 1,
            MaxAgeSeconds = 60,
        }));        // there is no network
        Assert.All(_source.Requests, request => Assert.True(request.IsLookAgain));
        Assert.Equal(2, _source.Requests.Count);
    }

    [Fact]
    public void A_connection_that_is_given_up_keeps_nothing()
    {
        TestHost host = new();
        host.Connections.Default = _connection;
        Get(maxAge: 0);
        host.Run(new DisconnectQuantumCommand());
        Get(maxAge: 60);
        Assert.Equal(2, _source.Requests.Count);
    }

    [Fact]
    public void Nothing_gathered_before_a_restart_is_used_after_it()
    {
        ChangedSource changed = new() { Answer = _source.Answer };
        QuantumConnection connection = new() { Name = "test", Source = changed, ReadCloud = _ => Cloud() };
        Get(maxAge: 0, connection);
        new TestHost().Run(
            new RestartQuantumAgentCommand { Connection = connection, ComputerName = ["compute1"], Agent = ["dhcp"] });
        Get(maxAge: 60, connection);
        Assert.Equal(2, changed.Count);
    }

    [Fact]
    public void What_was_interrupted_is_not_kept()
    {
        int count = 0;
        RecordingSource interrupted = new()
        {
            Answer = _source.Answer,
            OnGather = _ =>
            {
                if (count++ == 0)
                    throw new OperationCanceledException();
            },
        };
        QuantumConnection connection = TestHost.ConnectionTo(Cloud(), interrupted);
        Assert.Throws<OperationCanceledException>(() => Get(maxAge: 60, connection));
        Get(maxAge: 60, connection);
        Assert.Equal(2, interrupted.Requests.Count);
    }

    [Fact]
    public void Another_connection_keeps_its_own()
    {
        Get(maxAge: 60);
        RecordingSource other = new() { Answer = _source.Answer };
        Get(maxAge: 60, TestHost.ConnectionTo(Cloud(), other));
        Assert.Single(other.Requests);
    }

    [Fact]
    public void A_snapshot_has_no_age_that_could_be_asked_for()
    {
        QuantumException error = Assert.Throws<QuantumException>(
            () => Get(maxAge: 60, _connection with { Snapshot = "incident.zip" }));
        Assert.Equal("NeedsLiveNodes", error.Error.Id);
        Assert.Empty(_source.Requests);
    }

    private TestHost Get(int maxAge, QuantumConnection? connection = null) => new TestHost().Run(new GetNodeLinkCommand
    {
        Connection = connection ?? _connection,
        MaxAgeSeconds = maxAge,
        Clock = _clock,
    });

    private static Cloud Cloud()
    {
        var node = new NodeState { ComputerName = "compute1" };
        node.Links.Add(new() { ComputerName = "compute1", Device = "eth0" });
        return new Cloud { Nodes = new Dictionary<string, NodeState> { ["compute1"] = node } };
    }

    private sealed class ChangedSource : IQuantumSource, INodeChanger
    {
        public int Count { get; private set; }
        public QuantumSnapshot Answer { get; init; } = new();

        public Task<QuantumSnapshot> GatherAsync(
            GatherRequest request, IGatherObserver observer, CancellationToken stop)
        {
            Count++;
            return Task.FromResult(Answer);
        }

        public Task<CommandOutput[]> RunAsync(string computerName, IReadOnlyList<CommandTemplate> commands,
            IGatherObserver observer, CancellationToken stop) => Task.FromResult<CommandOutput[]>([]);
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 30, 6, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
