using System.Diagnostics;
using System.Net;
using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Access;

namespace QuantumNet.SshNet.Tests;

/// <summary>What the tests do with a real sshd.</summary>
internal static class Server
{
    /// <summary>A real sshd, or the reason why there is none.</summary>
    public static SshServer Start(params string[] settings)
    {
        Skip.If(SshServer.Missing is not null, SshServer.Missing);
        return SshServer.Start(settings);
    }

    /// <summary>The transport to it. The user's folder is the server's: nothing of the tester's own is
    /// read or written.</summary>
    public static SshNetTransport Reach(this SshServer server, string knownHosts = "known_hosts", bool? strict = true,
        NetworkCredential? credential = null, int timeout = 15) =>
            new(new() { ConfigFile = server.Config, KnownHostsFile = Path.Combine(server.Folder, knownHosts),
                StrictHostKeyChecking = strict, ConnectTimeoutSeconds = timeout }, credential, server.Folder);

    /// <summary>Adds a key that the server takes.</summary>
    public static InventoryNode AddKey(
        this SshServer server, string name, string type, string passphrase, params string[] more)
    {
        string file = Path.Combine(server.Folder, name);
        Run("ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-f", file, .. more]);
        File.AppendAllText(Path.Combine(server.Folder, "authorized_keys"), File.ReadAllText(file + ".pub"));
        return server.Node(key: name);
    }

    public static Task<NodeGathering> GatherAsync(INodeTransport transport, InventoryNode node,
        CommandTemplate? command = null, int timeout = 30, CancellationToken stop = default) =>
            new NodeGatherer(transport, new Listener()).GatherAsync(node,
                GatherPlan.For([new Declared("Test", command ?? new CommandTemplate("uname", "-a"))]), timeout, stop);

    /// <summary>Gathers, and is refused.</summary>
    public static async Task<QuantumError> FailsAsync(string id, INodeTransport transport, InventoryNode node)
    {
        NodeGathering gathering = await GatherAsync(transport, node);
        Assert.Equal(id, gathering.Error?.Id);
        Assert.NotEmpty(gathering.Error!.Advice);
        Assert.Equal("QN9002", gathering.Node.FailureCode);
        return gathering.Error;
    }

    /// <summary>Gathers, and gets what was asked for.</summary>
    public static async Task WorksAsync(INodeTransport transport, InventoryNode node)
    {
        NodeGathering gathering = await GatherAsync(transport, node);
        Assert.Null(gathering.Error);
        Assert.StartsWith("Linux", gathering.Outputs.Single().Text, StringComparison.Ordinal);
    }

    public static void Run(string program, string[] arguments, string input = "")
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {said}");
    }

    public static async Task<bool> BecomesAsync(Func<bool> condition, int tries = 100)
    {
        for (int i = 0; i < tries; i++)
        {
            if (condition())
                return true;
            await Task.Delay(50);
        }
        return false;
    }
}
