using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>The connection to the controller: one for all rounds of questions.</summary>
public sealed class ClientRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("client-").FullName;
    private readonly Counted _transport;

    public ClientRunnerTests()
    {
        _transport = new(_folder);
        string path = Path.Combine(_folder, "neutron");
        File.WriteAllText(path, "#!/bin/sh\necho \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("sh")]
    [InlineData("bash --posix")]
    [InlineData("busybox sh")]
    public async Task Rounds_share_one_connection_until_it_is_closed(string shell)
    {
        Access.GatherScriptTests.RequireShell(shell);
        _transport.Shell = shell.Split(' ');
        ClientRunner runner = Runner();
        for (int round = 0; round < 3; round++)
        {
            CommandOutput[] outputs = await runner.RunAsync(
                [.. Enumerable.Range(0, 6).Select(i => new ClientCommand("neutron", "port-show", $"{round}-{i}"))], "",
                CancellationToken.None);
            Assert.Equal(Enumerable.Range(0, 6).Select(i => $"port-show {round}-{i}\n"),
                outputs.Select(output => output.Text));
        }
        Assert.Single(_transport.Opened);

        await runner.CloseAsync();
        Assert.True(await Access.GatherScriptTests.Becomes(() => !Access.GatherScriptTests.HasProcessOf(_folder)),
            "the shell was left running");
        await runner.RunAsync([new("neutron", "--version")], "", CancellationToken.None);
        Assert.Equal(2, _transport.Opened.Count);
        await runner.CloseAsync();
    }

    [Fact]
    public async Task Connection_that_was_cut_between_rounds_is_opened_anew()
    {
        ClientRunner runner = Runner();
        await runner.RunAsync([new("neutron", "--version")], "", CancellationToken.None);
        await _transport.Opened[0].Input.WriteAsync("kill -9 $$\n"u8.ToArray());     // as after an idle timeout
        await _transport.Opened[0].Input.FlushAsync();
        await _transport.Opened[0].EndAsync(CancellationToken.None);

        CommandOutput[] outputs = await runner.RunAsync([new("neutron", "net-list")], "", CancellationToken.None);
        Assert.Equal("net-list\n", outputs[0].Text);
        Assert.Equal(2, _transport.Opened.Count);
        await runner.CloseAsync();
    }

    [Fact]
    public async Task Cancelled_round_leaves_no_connection()
    {
        File.WriteAllText(Path.Combine(_folder, "neutron"), $"#!/bin/sh\n: > {_folder}/begun; exec sleep 100\n");
        ClientRunner runner = Runner();
        using CancellationTokenSource stop = new();
        Task<CommandOutput[]> round = runner.RunAsync([new("neutron", "net-list")], "", stop.Token);
        while (!File.Exists(Path.Combine(_folder, "begun")))
            await Task.Delay(20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => round);
        Assert.True(await Access.GatherScriptTests.Becomes(() => !Access.GatherScriptTests.HasProcessOf(_folder)),
            "the client was left running");
    }

    private ClientRunner Runner() => new(
        new InventoryNode { Name = "controller", Environment = { ["PATH"] = $"{_folder}:/usr/bin:/bin" } }, _transport,
        new HeardObserver());

    /// <summary>Shells of this machine, each remembered.</summary>
    private sealed class Counted(string mark) : INodeTransport
    {
        public string[] Shell { get; set; } = ["sh"];

        public List<INodeShell> Opened { get; } = [];

        public Task<INodeShell> OpenAsync(InventoryNode node, CancellationToken stop)
        {
            System.Diagnostics.ProcessStartInfo start = new(Shell[0]);
            foreach (string word in Shell.Skip(1).Append("-s"))
                start.ArgumentList.Add(word);
            start.Environment["QUANTUMNET_TEST"] = mark;
            INodeShell shell = ProcessShell.Start(start,
                (status, said) => status == 0 ? null : AccessErrors.ShellFailed(node.Name, said));
            Opened.Add(shell);
            return Task.FromResult(shell);
        }
    }
}
