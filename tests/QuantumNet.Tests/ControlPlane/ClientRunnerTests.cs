using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Gathering;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Access;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>The connection to the controller: one for all rounds of questions.</summary>
public sealed class ClientRunnerTests : IDisposable
{
    private readonly Bench _bench = new Bench().Program("neutron", "echo \"$@\"");

    public void Dispose() => _bench.Dispose();

    [SkippableTheory]
    [InlineData("sh")]
    [InlineData("bash --posix")]
    [InlineData("busybox sh")]
    public async Task Rounds_share_one_connection_until_it_is_closed(string shell)
    {
        GatherScriptTests.RequireShell(shell);
        ClientRunner runner = Runner(shell.Split(' '));
        for (int round = 0; round < 3; round++)
        {
            CommandOutput[] outputs = await runner.RunAsync(
                [.. Enumerable.Range(0, 6).Select(i => new ClientCommand("neutron", "port-show", $"{round}-{i}"))], "",
                CancellationToken.None);
            Assert.Equal(Enumerable.Range(0, 6).Select(i => $"port-show {round}-{i}\n"),
                outputs.Select(output => output.Text));
        }
        Assert.Single(_bench.Opened);

        await runner.CloseAsync();
        Assert.True(await GatherScriptTests.Becomes(() => !GatherScriptTests.HasProcessOf(_bench.Folder)),
            "the shell was left running");
        await runner.RunAsync([new("neutron", "--version")], "", CancellationToken.None);
        Assert.Equal(2, _bench.Opened.Count);
        await runner.CloseAsync();
    }

    [Fact]
    public async Task Connection_that_was_cut_between_rounds_is_opened_anew()
    {
        ClientRunner runner = Runner();
        await runner.RunAsync([new("neutron", "--version")], "", CancellationToken.None);
        await _bench.Opened[0].Input.WriteAsync("kill -9 $$\n"u8.ToArray());     // as after an idle timeout
        await _bench.Opened[0].Input.FlushAsync();
        await _bench.Opened[0].EndAsync(CancellationToken.None);

        CommandOutput[] outputs = await runner.RunAsync([new("neutron", "net-list")], "", CancellationToken.None);
        Assert.Equal("net-list\n", outputs[0].Text);
        Assert.Equal(2, _bench.Opened.Count);
        await runner.CloseAsync();
    }

    [Fact]
    public async Task Cancelled_round_leaves_no_connection()
    {
        _bench.Program("neutron", $": > {_bench.Folder}/begun; exec sleep 100");
        ClientRunner runner = Runner();
        using CancellationTokenSource stop = new();
        Task<CommandOutput[]> round = runner.RunAsync([new("neutron", "net-list")], "", stop.Token);
        while (!File.Exists(Path.Combine(_bench.Folder, "begun")))
            await Task.Delay(20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => round);
        Assert.True(await GatherScriptTests.Becomes(() => !GatherScriptTests.HasProcessOf(_bench.Folder)),
            "the client was left running");
    }

    private ClientRunner Runner(params string[] shell) =>
        new(new InventoryNode { Name = "controller" }, _bench.Transport(shell), new HeardObserver());
}
