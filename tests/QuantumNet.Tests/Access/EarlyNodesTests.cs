using System.Text;
using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

/// <summary>Nodes are gathered while the control plane is still asked, where its answers cannot change which.</summary>
public sealed class EarlyNodesTests : IDisposable
{
    private const string Port = "1408934f-8a1c-4b0c-9c5e-5d9a0f3f2a11",
        Server = "77c1fd5b-46f3-4a2e-8d3d-64b8dbb33a51", Net = "5f0e6a3c-8c1b-4f5e-9d0a-1b2c3d4e5f60",
        Other = "00000000-1111-2222-3333-444444444444";
    private static readonly Inventory s_inventory = new()
        { Nodes = [new() { Name = "compute1" }, new() { Name = "compute2" }, new() { Name = "netnode" }] };

    private readonly Bench _bench = new();

    public EarlyNodesTests() => _bench.Program("ip",
        $"case $* in 'netns list') printf 'qdhcp-{Net}\\nqdhcp-{Other}\\n' ;; *) echo \"$*\" ;; esac");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task All_nodes_are_begun_with_before_the_records_of_a_whole_cloud_are_there()
    {
        QuantumSnapshot snapshot = await GatherAsync(new(), Answers(Net), nodes: 3);
        Assert.Equal(["compute1", "compute2", "netnode"], snapshot.Nodes.Select(node => node.ComputerName));
        Assert.Single(snapshot.RecordOutputs);
    }

    [Fact]
    public async Task Nodes_of_a_port_are_begun_with_once_an_answer_names_them_and_no_others()
    {
        QuantumSnapshot snapshot = await GatherAsync(new() { Port = Port }, Answers(Net), nodes: 2);
        Assert.Equal(["compute1", "netnode"],
            snapshot.Nodes.Select(node => node.ComputerName).Order(StringComparer.Ordinal));
        Assert.Equal([$"ip netns exec qdhcp-{Net} ip address"],
            snapshot.Outputs.Select(output => output.Command).Distinct());
        Assert.Equal(2, _bench.Opened.Count);
    }

    [Fact]
    public async Task What_later_answers_contradict_is_gathered_anew()
    {
        QuantumSnapshot snapshot = await GatherAsync(new() { Port = Port }, Answers(Net), nodes: 2, Answers(Other));
        Assert.Equal([$"ip netns exec qdhcp-{Other} ip address"],
            snapshot.Outputs.Select(output => output.Command).Distinct());
    }

    [Theory]
    [InlineData("1408934f"), InlineData("compute-port")]
    public async Task Port_that_a_later_answer_may_make_ambiguous_waits_for_all(string port)
    {
        Slow plane = new([Answers(Net)], () => Task.Delay(300));
        Task<QuantumSnapshot> gathering = Source(plane).GatherAsync(new() { Port = port }, new Listener(), default);
        await plane.Told;
        Assert.Empty(_bench.Opened);
        Assert.NotEmpty((await gathering).Nodes);
    }

    [Fact]
    public async Task Control_plane_that_fails_for_good_ends_the_nodes()
    {
        _bench.Program("ip", "exec sleep 600");
        Slow plane = new([], () => throw new InvalidOperationException("broken"));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Source(plane).GatherAsync(new(), new Listener(), default));
        Assert.True(await GatherScriptTests.Becomes(() => !GatherScriptTests.HasProcessOf(_bench.Folder)));
    }

    /// <summary>The control plane answers, and goes on only when so many nodes are asked.</summary>
    private async Task<QuantumSnapshot> GatherAsync(
        GatherRequest request, CommandOutput first, int nodes, CommandOutput? second = null)
    {
        Slow plane = new(second is null ? [first] : [first, second], async () =>
        {
            while (_bench.Opened.Count < nodes)
                await Task.Delay(10);
        });
        return await Source(plane).GatherAsync(request, new Listener(), default).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private LiveSource Source(Slow plane) => new(s_inventory, plane, _ => _bench.Transport(),
        [new Declared("Test", new CommandTemplate("ip", "netns", "exec", "{namespace}", "ip", "address")
            { Scope = CommandScope.DhcpNamespace })]);

    private static CommandOutput Answers(string network) => new()
    {
        Collector = "port", Argv = ["GET", "http://c:9696/v2.0/ports"], ExitStatus = 200,
        StandardOutput = Encoding.UTF8.GetBytes($$"""
            {"ports": [{"id": "{{Port}}", "name": "compute-port", "network_id": "{{network}}",
              "binding:host_id": "compute1", "device_owner": "compute:nova", "device_id": "vm"},
             {"id": "{{Server}}", "network_id": "{{network}}", "binding:host_id": "netnode",
              "device_owner": "network:dhcp"}]}
            """),
    };

    private sealed class Slow(CommandOutput[] answers, Func<Task> between) : IControlPlane
    {
        private readonly TaskCompletionSource _told = new();

        public Task Told => _told.Task;
        public RecordSource Source => RecordSource.Api;

        public async Task<CommandOutput[]> FetchAsync(
            RecordRequest request, IGatherObserver observer, CancellationToken stop)
        {
            foreach (CommandOutput answer in answers[..Math.Min(1, answers.Length)])
                observer.CommandFinished(answer);
            _told.SetResult();
            await between();
            foreach (CommandOutput answer in answers.Skip(1))
                observer.CommandFinished(answer);
            return [.. answers.TakeLast(1)];
        }
    }
}
