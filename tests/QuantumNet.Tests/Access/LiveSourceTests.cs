using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

public sealed class LiveSourceTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_ports_nodes_are_found_by_its_records()
    {
        CloudRecords records = new()
        {
            Ports =
            [
                new() { PortId = "1408934f-a", NetworkId = "net",
                    ComputerName = "compute1.example.org", DeviceId = "vm" },
                new() { PortId = "99", NetworkId = "net", ComputerName = "netnode", DeviceOwner = "network:dhcp" },
                new() { PortId = "55", NetworkId = "other", ComputerName = "compute2" },
            ],
            DhcpAgentBindings = [new() { NetworkId = "net", ComputerName = "netnode2" }],
        };
        PortNodes nodes = PortNodes.Of(records, "1408934f");
        Assert.Equal(["compute1.example.org", "netnode", "netnode2"],
            nodes.ComputerNames.Order(StringComparer.Ordinal));
        Assert.Equal(["net"], nodes.NetworkIds);
        Assert.True(nodes.IsComplete);
        Assert.False(PortNodes.Of(records, "no such").IsComplete);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Without_records_all_nodes_but_the_controller_are_asked()
    {
        InventoryNode[] nodes = [new() { Name = "a" }, new() { Name = "b", Roles = ["network"] },
            new() { Name = "c", Roles = ["controller"] }];
        QuantumSnapshot snapshot = await Source(new() { Nodes = nodes })
            .GatherAsync(new() { Port = "1408" }, new Listener(), default);
        Assert.Equal(["a", "b"], snapshot.Nodes.Select(node => node.ComputerName));
        Assert.All(snapshot.Outputs, output => Assert.Equal(0, output.ExitStatus));
    }

    [Fact]
    public async Task A_control_plane_that_fails_does_not_keep_the_nodes_back()
    {
        Listener listener = new();
        QuantumSnapshot snapshot = await Source(new() { Nodes = [new() { Name = "a" }] }, new Dead())
            .GatherAsync(new(), listener, default);
        Assert.Single(snapshot.Outputs);
        Assert.Equal("Dead", Assert.Single(listener.Errors).Id);
    }

    [Fact]
    public async Task Nothing_to_ask_and_unknown_collectors_are_errors()
    {
        Assert.Equal("NothingToAsk", (await Assert.ThrowsAsync<QuantumException>(
            () => Source(new()).GatherAsync(new(), new Listener(), default))).Error.Id);
        Assert.Equal("CollectorUnknown",
            (await Assert.ThrowsAsync<QuantumException>(() => Source(new() { Nodes = [new() { Name = "a" }] })
                .GatherAsync(new() { Collectors = ["Nonsense"] }, new Listener(), default))).Error.Id);
    }

    private LiveSource Source(Inventory inventory, IControlPlane? plane = null) =>
        new(inventory, plane, _ => _bench.Transport(), [new Declared("Test", new CommandTemplate("uname", "-n"))]);

    private sealed class Dead : IControlPlane
    {
        public RecordSource Source => RecordSource.Api;

        public Task<CommandOutput[]> FetchAsync(
            RecordRequest request, IGatherObserver observer, CancellationToken stop) =>
                throw new QuantumError { Id = "Dead", Category = QuantumErrorCategory.ConnectionError, Message = "m",
                    Advice = "a" }.ToException();
    }
}
