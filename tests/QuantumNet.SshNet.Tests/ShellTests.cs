using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Access;

namespace QuantumNet.SshNet.Tests;

/// <summary>A shell on a real sshd: its streams, its end, and what happens when the way to it fails.</summary>
public sealed class ShellTests
{
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(2);

    [SkippableFact]
    public async Task Fifty_megabytes_of_any_bytes_arrive_as_they_are()
    {
        using SshServer server = Server.Start();
        byte[] sent = RandomNumberGenerator.GetBytes(50 * 1024 * 1024);
        string file = Path.Combine(server.Folder, "big");
        await File.WriteAllBytesAsync(file, sent);
        await using INodeShell shell = await server.Reach().OpenAsync(server.Node(), default);
        await WriteAsync(shell, $"exec cat {file}\n");
        using MemoryStream received = new(sent.Length);
        await shell.Output.CopyToAsync(received);
        Assert.True(received.GetBuffer().AsSpan(0, (int)received.Length).SequenceEqual(sent));
        Assert.Null(await shell.EndAsync(default));
        Assert.Equal(0, shell.ExitStatus);
    }

    [SkippableFact]
    public async Task A_script_larger_than_the_channels_window_is_read_to_its_end()
    {
        using SshServer server = Server.Start();
        await using INodeShell shell = await server.Reach().OpenAsync(server.Node(), default);
        StringBuilder script = new();
        for (int i = 0; i < 60_000; i++)
            script.Append("# line ").Append(i).Append(" of a script that says nothing but that it is long\n");
        await WriteAsync(shell, script.Append("echo done; exit 0\n").ToString());
        Assert.True(script.Length > 3_000_000);
        Assert.Equal("done\n", await ReadAsync(shell));
    }

    [SkippableFact]
    public async Task Standard_error_and_the_exit_status_are_told()
    {
        using SshServer server = Server.Start();
        await using INodeShell shell = await server.Reach().OpenAsync(server.Node(), default);
        Assert.Null(shell.ExitStatus);
        await WriteAsync(shell, "echo out; echo 'it went wrong.' >&2; exit 7\n");
        Assert.Equal("out\n", await ReadAsync(shell));
        QuantumError error = (await shell.EndAsync(default))!;
        Assert.Equal(7, shell.ExitStatus);
        Assert.Equal("it went wrong.\n", shell.Said);
        Assert.Equal("NodeShellFailed", error.Id);
        Assert.Contains("it went wrong", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Much_on_standard_error_holds_nothing_up_and_is_cut()
    {
        using SshServer server = Server.Start();
        await using INodeShell shell = await server.Reach().OpenAsync(server.Node(), default);
        await WriteAsync(shell, "yes error | head -c 20000000 >&2; echo done; exit 0\n");
        Assert.Equal("done\n", await ReadAsync(shell));
        Assert.Null(await shell.EndAsync(default));
        Assert.Equal(64 * 1024, shell.Said.Length);
    }

    [SkippableFact]
    public async Task Twenty_nodes_are_asked_side_by_side_and_a_dead_one_stops_none()
    {
        using SshServer server = Server.Start();
        InventoryNode[] nodes = [.. Enumerable.Range(1, 20).Select(i => server.Node($"n{i}")),
            server.Node("dead") with { Port = SshServer.FreePort() }];
        Listener listener = new();
        LiveSource source = new(new() { Nodes = nodes }, null,
            _ => server.Reach(timeout: 20), [new Declared("Test", new CommandTemplate("uname", "-n"))]);
        QuantumSnapshot snapshot = await source.GatherAsync(new() { ThrottleLimit = 16 }, listener, default);

        Assert.Equal(20, snapshot.Outputs.Count(output => output.ExitStatus == 0));
        Assert.Equal(["dead"],
            snapshot.Nodes.Where(node => node.FailureCode == "QN9002").Select(node => node.ComputerName));
        Assert.Equal("NodeUnreachable", Assert.Single(listener.Errors).Id);
        Assert.True(await Server.BecomesAsync(() => server.Sessions() == 0), "a connection is left open");
    }

    [SkippableFact]
    public async Task A_node_that_is_not_there_is_unreachable()
    {
        using SshServer server = Server.Start();
        QuantumError refused = await Server.FailsAsync("NodeUnreachable", server.Reach(),
            server.Node() with { Port = SshServer.FreePort() });
        Assert.Contains("refused", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sshd runs", refused.Advice, StringComparison.Ordinal);
        QuantumError unknown = await Server.FailsAsync("NodeUnreachable", server.Reach(),
            server.Node() with { Address = "no-such-host.invalid" });
        Assert.Contains("\"address\"", unknown.Advice, StringComparison.Ordinal);
        QuantumError noServer = await Server.FailsAsync("NodeUnreachable", server.Reach(timeout: 1),
            server.Node() with { Port = Mute() });
        Assert.Contains("inventory", noServer.Advice, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(0)]         // not even a banner
    [InlineData(60)]        // a banner, half a list of algorithms
    [InlineData(1300)]      // in the key exchange
    [InlineData(1900)]      // after it, at the login
    public async Task A_server_that_falls_silent_is_given_up_and_who_stops_does_not_wait(int bytes)
    {
        using SshServer server = Server.Start();
        using Relay relay = new(Relay.To(server.Port), bytes);
        File.AppendAllText(Path.Combine(server.Folder, "known_hosts"),
            $"[127.0.0.1]:{relay.Port} {File.ReadAllText(Path.Combine(server.Folder, "host.pub"))}");
        InventoryNode node = server.Node() with { Port = relay.Port };

        using CancellationTokenSource stop = new();
        Task<INodeShell> opening = server.Reach(timeout: 60).OpenAsync(node, stop.Token);
        Assert.True(await Server.BecomesAsync(() => relay.Connections == 1), "nobody connected");
        await Task.Delay(300);
        Assert.False(opening.IsCompleted);
        Stopwatch clock = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.True(clock.Elapsed < s_prompt, $"it took {clock.Elapsed}");
    }

    [SkippableFact]
    public async Task What_is_left_of_a_handshake_that_was_stopped_ends_at_the_deadline()
    {
        using SshServer server = Server.Start();
        using Relay relay = new(Relay.To(server.Port), 60);
        using CancellationTokenSource stop = new();
        Task<INodeShell> opening = server.Reach(timeout: 2)
            .OpenAsync(server.Node() with { Port = relay.Port }, stop.Token);
        // The look whether sshd is up may still count as a session.
        Assert.True(await Server.BecomesAsync(() => relay.Connections == 1 && server.Sessions() == 1),
            "nobody connected");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.True(await Server.BecomesAsync(() => server.Sessions() == 0), "the connection is left open");
    }

    [SkippableFact]
    public async Task A_silent_server_is_an_error_after_the_deadline_for_connecting()
    {
        using SshServer server = Server.Start();
        using Relay relay = new(Relay.To(server.Port), 60);
        QuantumError error = await Server.FailsAsync("NodeUnreachable", server.Reach(timeout: 1),
            server.Node() with { Port = relay.Port });
        Assert.DoesNotContain("'ssh ", error.Advice, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_connection_that_is_cut_keeps_what_arrived()
    {
        using SshServer server = Server.Start();
        using Relay relay = new(Relay.To(server.Port));
        File.AppendAllText(Path.Combine(server.Folder, "known_hosts"),
            $"[127.0.0.1]:{relay.Port} {File.ReadAllText(Path.Combine(server.Folder, "host.pub"))}");
        Listener heard = new();
        Task<NodeGathering> gathering = GatherForeverAsync(server, server.Node() with { Port = relay.Port },
            default, observer: heard);
        Assert.True(await Server.BecomesAsync(() => Pings() == 1 && heard.Outputs.Count == 1),
            "the command never began");
        relay.Cut();
        NodeGathering given = await gathering.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("ConnectionLost", given.Error?.Id);
        Assert.Equal(0, given.Outputs[0].ExitStatus);
        Assert.True(await Server.BecomesAsync(() => Pings() == 0 && server.Sessions() == 0),
            "something is left on the node");
    }

    [SkippableFact]
    public async Task A_node_that_closes_the_connection_is_told_from_one_that_answers()
    {
        using SshServer server = Server.Start();
        await using INodeShell shell = await server.Reach().OpenAsync(server.Node(), default);
        await WriteAsync(shell, "kill -9 $PPID; sleep 5\n");
        Assert.Equal("", await ReadAsync(shell));
        Assert.Equal("NodeUnreachable", (await shell.EndAsync(default))?.Id);
        Assert.Contains("closed", shell.Said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_connection_that_goes_dead_ends_with_the_nodes_deadline()
    {
        using SshServer server = Server.Start();
        using Relay relay = new(Relay.To(server.Port));
        File.AppendAllText(Path.Combine(server.Folder, "known_hosts"),
            $"[127.0.0.1]:{relay.Port} {File.ReadAllText(Path.Combine(server.Folder, "host.pub"))}");
        Task<NodeGathering> gathering = GatherForeverAsync(server,
            server.Node() with { Port = relay.Port }, default, timeout: 6);
        Assert.True(await Server.BecomesAsync(() => Pings() == 1), "the command never began");
        relay.IsSilent = true;
        Assert.Equal("NodeTimedOut", (await gathering.WaitAsync(TimeSpan.FromSeconds(15))).Error?.Id);
        relay.Cut();
        Assert.True(await Server.BecomesAsync(() => Pings() == 0 && server.Sessions() == 0),
            "something is left on the node");
    }

    [SkippableFact]
    public async Task Nothing_runs_on_the_node_two_seconds_after_cancelling()
    {
        using SshServer server = Server.Start();
        using CancellationTokenSource stop = new();
        Task<NodeGathering> gathering = GatherForeverAsync(server, server.Node(), stop.Token);
        Assert.True(await Server.BecomesAsync(() => Pings() == 1), "the command never began");
        Stopwatch clock = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathering);
        Assert.True(clock.Elapsed < s_prompt, $"it took {clock.Elapsed}");
        Assert.True(await Server.BecomesAsync(() => Pings() == 0 && server.Sessions() == 0, 60),
            "something is left on the node");
    }

    [SkippableFact]
    public async Task Disposing_a_shell_that_does_not_listen_does_not_wait_for_it()
    {
        using SshServer server = Server.Start();
        INodeShell shell = await server.Reach().OpenAsync(server.Node(), default);
        await WriteAsync(shell, "trap '' HUP TERM PIPE; exec sleep 3\n");
        Stopwatch clock = Stopwatch.StartNew();
        await shell.DisposeAsync();
        Assert.True(clock.Elapsed < s_prompt, $"it took {clock.Elapsed}");
        Assert.True(await Server.BecomesAsync(() => server.Sessions() == 0), "a connection is left open");
    }

    [Theory]
    [InlineData("-oProxyCommand=id")]
    [InlineData("a b")]
    [InlineData("$(id)")]
    public async Task A_name_that_cannot_be_a_hosts_is_refused(string address) => Assert.Equal("NodeNameInvalid",
        (await Assert.ThrowsAsync<QuantumException>(() =>
            new SshNetTransport(new(), null).OpenAsync(new() { Name = "x", Address = address }, default))).Error.Id);

    /// <summary>A command that answers at once, and one that goes on.</summary>
    private static Task<NodeGathering> GatherForeverAsync(
        SshServer server, InventoryNode node, CancellationToken stop, int timeout = 600, Listener? observer = null)
    {
        GatherPlan plan = GatherPlan.For([new Declared("Test", new CommandTemplate("uname", "-n"),
            new CommandTemplate("ping", "-i", "9", "-c", "1000", "127.0.0.1") { TimeoutSeconds = 500 })]);
        return new NodeGatherer(server.Reach(), observer ?? new Listener()).GatherAsync(node, plan, timeout, stop);
    }

    private static async Task WriteAsync(INodeShell shell, string script)
    {
        await shell.Input.WriteAsync(Encoding.UTF8.GetBytes(script));
        await shell.Input.FlushAsync();
    }

    private static async Task<string> ReadAsync(INodeShell shell)
    {
        using StreamReader reader = new(shell.Output);
        return await reader.ReadToEndAsync();
    }

    /// <summary>A port that takes connections and says nothing. It listens until the tests end.</summary>
    private static int Mute()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static int Pings() => Directory.EnumerateDirectories("/proc").Count(folder =>
    {
        try
        {
            return File.ReadAllText(folder + "/cmdline").StartsWith("ping\0-i\09\0", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
