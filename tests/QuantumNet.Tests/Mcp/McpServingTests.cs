using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using QuantumNet.Access;
using QuantumNet.Cli.Mcp;
using QuantumNet.Pipeline;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Mcp;

/// <summary>The server, asked by the SDK's own client.</summary>
public sealed class McpServingTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(2));
    private readonly Pipe _toServer = new(), _toClient = new();
    private Task _serving = Task.CompletedTask;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _stop.Dispose();
    }

    [Fact]
    public async Task Tools_are_the_reading_cmdlets_with_schemas()
    {
        await using McpClient client = await StartAsync("fleet-three-causes");
        IList<McpClientTool> tools = await client.ListToolsAsync(cancellationToken: _stop.Token);
        Assert.Contains("Test-DhcpPath", tools.Select(tool => tool.Name));
        Assert.DoesNotContain(tools, tool => tool.Name is "Restart-QuantumAgent" or "Send-DhcpProbe"
            or "Save-QuantumSnapshot" or "Connect-Quantum" or "Get-DhcpPacket");
        Assert.All(tools, tool =>
        {
            Assert.True(tool.ProtocolTool.Annotations!.ReadOnlyHint);
            Assert.NotEmpty(tool.Description);
            JsonElement arguments = tool.JsonSchema.GetProperty("properties");
            Assert.DoesNotContain(arguments.EnumerateObject(), argument => argument.Name is "Inventory" or "Snapshot"
                or "Credential" or "SaveTo" or "Path" or "Before" or "Connection");
            Assert.All(arguments.EnumerateObject(),
                argument => Assert.True(argument.Value.TryGetProperty("description", out _), argument.Name));
        });
    }

    [Fact]
    public async Task With_changes_allowed_the_changing_cmdlets_are_tools_too()
    {
        await using McpClient client = await StartAsync("fleet-three-causes", allowsChanges: true);
        IList<McpClientTool> tools = await client.ListToolsAsync(cancellationToken: _stop.Token);
        McpClientTool restart = Assert.Single(tools, tool => tool.Name == "Restart-QuantumAgent");
        Assert.True(restart.ProtocolTool.Annotations!.DestructiveHint);
        Assert.DoesNotContain(tools, tool => tool.Name is "Save-QuantumSnapshot" or "Export-DhcpPathReport");
    }

    [Fact]
    public async Task Verdicts_are_structured_and_hold_the_properties_asked_for()
    {
        await using McpClient client = await StartAsync("broken-QN4001-port-has-no-tag");
        JsonElement answer = await CallAsync(client, "Test-DhcpPath",
            new() { ["All"] = true, ["Property"] = new[] { "Status", "cause" } });
        JsonElement broken = Assert.Single(answer.GetProperty("results").EnumerateArray(),
            one => one.GetProperty("Status").GetString() == "Broken");
        Assert.Equal("QN4001", broken.GetProperty("Cause").GetString());
        Assert.Equal(2, broken.EnumerateObject().Count());
        Assert.Equal(0, answer.GetProperty("left_out").GetInt32());
    }

    [Fact]
    public async Task Many_results_are_given_in_pages()
    {
        await using McpClient client = await StartAsync("healthy-neutron-vxlan");
        Dictionary<string, object?> page = new() { ["First"] = 3, ["Skip"] = 2, ["Property"] = new[] { "LineNumber" } };
        JsonElement answer = await CallAsync(client, "Get-OvsFlow", page);
        JsonElement all = await CallAsync(client, "Get-OvsFlow",
            new() { ["First"] = 1000, ["Property"] = "LineNumber" });
        string[] lines = [.. all.GetProperty("results").EnumerateArray().Select(one => one.GetRawText())];
        Assert.Equal(lines[2..5], answer.GetProperty("results").EnumerateArray().Select(one => one.GetRawText()));
        Assert.Equal(lines.Length - 5, answer.GetProperty("left_out").GetInt32());
    }

    [Theory]
    [InlineData("Test-DhcpPath", "PortIdd", "x", "UnknownParameter", "Did you mean -PortId?")]
    [InlineData("Test-DhcpPath", "PortId", "ffffffff", "PortNotFound", "ffffffff")]
    [InlineData("Test-DhcpPath", "Snapshot", "/etc", "UnknownParameter", "-Snapshot")]
    [InlineData("Get-QuantumCheck", "Layer", "nonsense", "LayerNotFound", "nonsense")]
    public async Task What_is_wrong_is_an_error_of_the_tool(
        string tool, string argument, string value, string id, string said)
    {
        await using McpClient client = await StartAsync("broken-QN4001-port-has-no-tag");
        CallToolResult result = await client.CallToolAsync(tool, new Dictionary<string, object?> { [argument] = value },
            cancellationToken: _stop.Token);
        Assert.True(result.IsError);
        JsonElement error = result.StructuredContent!.Value.GetProperty("errors")[0];
        Assert.Equal(id, error.GetProperty("Id").GetString());
        Assert.Contains(said, error.GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_names_the_node_and_a_cancelled_call_stops_the_cmdlet()
    {
        var stopped = new TaskCompletionSource();
        await using McpClient client = await StartAsync(Connections(new WaitingSource(stopped)), false);
        ConcurrentQueue<string> heard = [];
        using CancellationTokenSource enough = new();
        Task call = client.CallToolAsync("Get-OvsFlow", new Dictionary<string, object?>(),
            new Progress<ProgressNotificationValue>(value =>
            {
                heard.Enqueue(value.Message ?? "");
                enough.Cancel();
            }), cancellationToken: enough.Token).AsTask();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await stopped.Task.WaitAsync(_stop.Token);
        Assert.Contains(heard, text => text.Contains("waiting for compute1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_of_its_own_serves_over_standard_input_and_output()
    {
        var transport = new StdioClientTransport(new()
        {
            Command = "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll"), "mcp", "-Snapshot",
                Sample("broken-QN4001-port-has-no-tag")],
        });
        await using McpClient client = await McpClient.CreateAsync(transport, cancellationToken: _stop.Token);
        JsonElement answer = await CallAsync(client, "Test-DhcpPath", new() { ["Property"] = "Cause" });
        Assert.Contains("QN4001", answer.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("Test-DhcpPath", client.ServerInstructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_may_use_what_an_earlier_one_gathered()
    {
        RecordingSource source = new() { Answer = new() { Nodes = [new() { ComputerName = "compute1" }] } };
        await using McpClient client = await StartAsync(Connections(source), allowsChanges: false);
        Dictionary<string, object?> young = new() { ["MaxAgeSeconds"] = 60 };
        await CallAsync(client, "Get-NodeLink", []);
        await CallAsync(client, "Get-NodeLink", young);
        Assert.Single(source.Requests);
        await CallAsync(client, "Get-OvsFlow", young);
        Assert.Equal(2, source.Requests.Count);
    }

    private async Task<JsonElement> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        CallToolResult result = await client.CallToolAsync(tool, arguments, cancellationToken: _stop.Token);
        Assert.NotEqual(true, result.IsError);
        return result.StructuredContent!.Value;
    }

    private Task<McpClient> StartAsync(string sample, bool allowsChanges = false) =>
        StartAsync(new ConnectionStore { Default = Sources.OpenSnapshot(Sample(sample)) }, allowsChanges);

    private async Task<McpClient> StartAsync(ConnectionStore connections, bool allowsChanges)
    {
        McpServerOptions options = McpServing.Options(connections, allowsChanges);
        _serving = McpServing.ServeAsync(new StreamServerTransport(
            _toServer.Reader.AsStream(), _toClient.Writer.AsStream(), "quantumnet"), options, _stop.Token);
        return await McpClient.CreateAsync(new StreamClientTransport(
            _toServer.Writer.AsStream(), _toClient.Reader.AsStream()), cancellationToken: _stop.Token);
    }

    private static ConnectionStore Connections(IQuantumSource source) =>
        new() { Default = new QuantumConnection { Name = "live", Source = source } };

    private static string Sample(string name) => Path.Combine(Repository.Root, "samples", name);

    /// <summary>A node that never answers.</summary>
    private sealed class WaitingSource(TaskCompletionSource stopped) : IQuantumSource
    {
        public async Task<QuantumSnapshot> GatherAsync(
            GatherRequest request, IGatherObserver observer, CancellationToken stop)
        {
            observer.Planned(1);
            using IDisposable? asking = observer.Asking("compute1");
            using CancellationTokenRegistration heard = stop.Register(stopped.SetResult);
            await Task.Delay(Timeout.Infinite, stop);
            return new();
        }
    }
}
