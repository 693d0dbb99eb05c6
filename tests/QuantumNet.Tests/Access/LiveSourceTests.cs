using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Gathering;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

public sealed class LiveSourceTests : IDisposable
{
    private const string Router = "0d9a6d3a-3b0f-4ea2-9d0b-3ad4f4c9d6b1";

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

    /// <summary>A router's interface bound to no node, as old releases leave it, may be anywhere; a distributed one is
    /// where the instance is.</summary>
    [Theory]
    [InlineData("network:router_interface", "netnode2", true)]
    [InlineData("network:ha_router_replicated_interface", "netnode2", true)]
    [InlineData("network:router_interface", "", false)]
    [InlineData("network:router_interface_distributed", "", true)]
    public void A_routers_node_is_one_of_the_ports_when_it_is_wanted(string owner, string node, bool isComplete)
    {
        CloudRecords records = new()
        {
            Ports =
            [
                new() { PortId = "1408934f-a", NetworkId = "net", ComputerName = "compute1", DeviceId = "vm" },
                new() { PortId = "77", NetworkId = "net", ComputerName = node, DeviceOwner = owner,
                    DeviceId = Router },
                new() { PortId = "78", NetworkId = "other", ComputerName = "x", DeviceOwner = owner },
                new() { PortId = "79", NetworkId = "net", ComputerName = "y",
                    DeviceOwner = "network:router_gateway" },
            ],
        };
        IReadOnlyList<QuantumPort> routers = PortRouters.Of(records, ["1408934f"]);
        PortNodes nodes = PortNodes.Of(records, "1408934f").With(routers);
        Assert.Equal(node.Length > 0 ? ["compute1", node] : ["compute1"], nodes.ComputerNames);
        Assert.Equal(isComplete, nodes.IsComplete);
        Assert.Equal(["compute1"], PortNodes.Of(records, "1408934f").With(PortRouters.Of(records, [])).ComputerNames);
        CommandTemplate asked = Assert.Single(Assert.Single(PortRouters.Collectors(routers)).Commands);
        Assert.Equal($"ip netns exec qrouter-{Router} ip address", string.Join(' ', asked.Argv));
        AllowList.Demand(asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b; reboot")]
    [InlineData("{0d9a6d3a-3b0f-4ea2-9d0b-3ad4f4c9d6b1}")]
    public void A_router_without_an_id_becomes_no_command(string id) =>
        Assert.Empty(PortRouters.Collectors([new() { DeviceId = id, DeviceOwner = "network:router_interface" }]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_routers_namespace_is_looked_into_only_when_it_is_wanted(bool isWanted)
    {
        _bench.Program("ip", "echo");
        Listener listener = new();
        await Source(new() { Nodes = [new() { Name = "compute1" }, new() { Name = "netnode" }] }, new Routed())
            .GatherAsync(new() { Port = "1408934f", RoutersOf = isWanted ? ["1408934f"] : [] }, listener, default);
        Assert.Equal(isWanted ? ["compute1", "netnode"] : [], listener.Outputs
            .Where(output => output.Command.Contains("qrouter", StringComparison.Ordinal))
            .Select(output => output.ComputerName).Order(StringComparer.Ordinal));
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

    /// <summary>One whose network has a router.</summary>
    private sealed class Routed : IControlPlane
    {
        public RecordSource Source => RecordSource.Api;

        public Task<CommandOutput[]> FetchAsync(
            RecordRequest request, IGatherObserver observer, CancellationToken stop) =>
                Task.FromResult<CommandOutput[]>([new()
                {
                    Collector = "port", Argv = ["GET", "http://c:9696/v2.0/ports"], ExitStatus = 200,
                    StandardOutput = System.Text.Encoding.UTF8.GetBytes($$"""
                        {"ports": [{"id": "1408934f-8a1c-4b0c-9c5e-5d9a0f3f2a11", "network_id": "net",
                         "binding:host_id": "compute1", "device_owner": "compute:nova", "device_id": "vm"},
                         {"id": "77c1fd5b-46f3-4a2e-8d3d-64b8dbb33a51", "network_id": "net",
                         "binding:host_id": "netnode", "device_owner": "network:router_interface",
                         "device_id": "{{Router}}"}]}
                        """),
                }]);
    }

    private sealed class Dead : IControlPlane
    {
        public RecordSource Source => RecordSource.Api;

        public Task<CommandOutput[]> FetchAsync(
            RecordRequest request, IGatherObserver observer, CancellationToken stop) =>
                throw new QuantumError { Id = "Dead", Category = QuantumErrorCategory.ConnectionError, Message = "m",
                    Advice = "a" }.ToException();
    }
}
