using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

public sealed class SshTransportTests
{
    [SkippableFact]
    public async Task A_node_is_gathered_over_one_connection()
    {
        using SshServer server = StartServer();
        NodeGathering gathering = await GatherAsync(server.Transport(), server.Node());
        Assert.Null(gathering.Error);
        Assert.StartsWith("Linux", gathering.Outputs.Single().Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Each_refusal_has_its_own_error_and_advice()
    {
        using SshServer server = StartServer();
        await Fails("HostKeyUnknown", server.Transport("no_hosts"), server.Node());
        QuantumError changed = await Fails("HostKeyChanged", server.Transport("other_hosts"), server.Node());
        Assert.Contains("has changed; this may be an attack: it shows SHA256:", changed.Message,
            StringComparison.Ordinal);
        Assert.Contains($"line 1 out of '{server.Folder}/other_hosts'", changed.Advice, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(server.Folder, "revoked_hosts"),
            File.ReadAllText(Path.Combine(server.Folder, "known_hosts")) + "@revoked * "
                + File.ReadAllText(Path.Combine(server.Folder, "host.pub")));
        await Fails("HostKeyRevoked", server.Transport("revoked_hosts"), server.Node());
        await Fails("AuthenticationFailed", server.Transport(), server.Node(key: "stranger"));
        await Fails("NodeUnreachable", server.Transport(), server.Node() with { Port = SshServer.FreePort() });
        await Fails("NodeUnreachable", server.Transport(), server.Node() with { Address = "no-such-host.invalid" });
        await Fails("SshMissing", new SshTransport(new(), null, "/no/such/ssh"), server.Node());
        File.WriteAllText(server.Config, "NoSuchOption yes\n");
        await Fails("SshConfigInvalid", server.Transport(), server.Node());
    }

    [SkippableFact]
    public async Task An_unknown_host_key_is_kept_when_asked_for_and_a_changed_one_never_taken()
    {
        using SshServer server = StartServer();
        Assert.Null((await GatherAsync(server.Transport("new_hosts", strict: false), server.Node())).Error);
        Assert.Null((await GatherAsync(server.Transport("new_hosts"), server.Node())).Error);
        await Fails("HostKeyChanged", server.Transport("other_hosts", strict: false), server.Node());
    }

    [SkippableFact]
    public async Task A_wrong_password_is_refused_and_told_to_nobody()
    {
        using SshServer server = StartServer();
        SshTransport transport = server.Transport(credential: new("root", "wrong s3cret"));
        Assert.DoesNotContain(transport.Arguments(server.Node(key: "")),
            argument => argument.Contains("s3cret", StringComparison.Ordinal));
        await using var sampler = new ProcessSampler("wrong s3cret", "cmdline", "environ");
        QuantumError error = await Fails("AuthenticationFailed", transport, server.Node(key: ""));
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(await sampler.StopAsync());
        Assert.True(sampler.Samples > 1);
    }

    [SkippableFact]
    public async Task Twenty_nodes_are_asked_side_by_side_and_a_dead_one_stops_none()
    {
        using SshServer server = StartServer();
        InventoryNode[] nodes = [.. Enumerable.Range(1, 20).Select(i => server.Node($"n{i}")),
            server.Node("dead") with { Port = SshServer.FreePort() }];
        Listener listener = new();
        LiveSource source = new(new() { Nodes = nodes }, null,
            _ => server.Transport(), [new Declared("Test", new CommandTemplate("uname", "-n"))]);
        QuantumSnapshot snapshot = await source.GatherAsync(new() { ThrottleLimit = 16 }, listener, default);

        Assert.Equal(20, snapshot.Outputs.Count(output => output.ExitStatus == 0));
        Assert.Equal(["dead"],
            snapshot.Nodes.Where(node => node.FailureCode == "QN9002").Select(node => node.ComputerName));
        Assert.Equal("NodeUnreachable", Assert.Single(listener.Errors).Id);
    }

    [SkippableFact]
    public async Task Nothing_runs_on_the_node_two_seconds_after_cancelling()
    {
        using SshServer server = StartServer();
        using CancellationTokenSource stop = new();
        GatherPlan plan = GatherPlan.For([new Declared("Test",
            new CommandTemplate("ping", "-i", "7", "-c", "1000", "127.0.0.1") { TimeoutSeconds = 500 })]);
        Task<NodeGathering> gathering = new NodeGatherer(server.Transport(), new Listener())
            .GatherAsync(server.Node(), plan, 600, stop.Token);
        Assert.True(await Becomes(() => Pings() == 1, 100), "the command never began");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathering);
        Assert.True(await Becomes(() => Pings() == 0 && server.Sessions() == 0, 60), "something is left on the node");
    }

    [Theory]
    [InlineData("-oProxyCommand=id")]
    [InlineData("a b")]
    [InlineData("$(id)")]
    public void A_name_that_could_be_an_option_is_refused(string address) => Assert.Equal("NodeNameInvalid",
        Assert.Throws<QuantumException>(
            () => new SshTransport(new()).Arguments(new() { Name = "x", Address = address })).Error.Id);

    private static SshServer StartServer()
    {
        Skip.If(SshServer.Missing is not null, SshServer.Missing);
        return SshServer.Start();
    }

    private static async Task<QuantumError> Fails(string id, INodeTransport transport, InventoryNode node)
    {
        NodeGathering gathering = await GatherAsync(transport, node);
        Assert.Equal(id, gathering.Error?.Id);
        Assert.NotEmpty(gathering.Error!.Advice);
        Assert.Equal("QN9002", gathering.Node.FailureCode);
        return gathering.Error;
    }

    private static Task<NodeGathering> GatherAsync(INodeTransport transport, InventoryNode node) =>
        new NodeGatherer(transport, new Listener()).GatherAsync(node,
            GatherPlan.For([new Declared("Test", new CommandTemplate("uname", "-a"))]), 30, default);

    private static int Pings() => Directory.EnumerateDirectories("/proc").Count(folder =>
    {
        try
        {
            return File.ReadAllText(folder + "/cmdline").StartsWith("ping\0-i\07\0", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private static async Task<bool> Becomes(Func<bool> condition, int tries)
    {
        for (int i = 0; i < tries && !condition(); i++)
            await Task.Delay(50);
        return condition();
    }
}
