using System.Net;
using QuantumNet.Access;
using QuantumNet.Access.Ssh;
using Renci.SshNet;

namespace QuantumNet.SshNet;

/// <summary>The SSH.NET library: connections of this process, without an ssh program. It reads no ssh_config and asks no agent:
/// address, port, user and key are the inventory's, known_hosts files are those of ssh.</summary>
internal sealed class SshNetTransport : INodeTransport
{
    private const int LoginSeconds = 30;

    private readonly InventorySsh _settings;
    private readonly NetworkCredential? _credential;
    private readonly string _home;

    /// <summary>A transport, as the module makes it.</summary>
    /// <param name="settings">known_hosts file, whether new host keys are taken, deadline.</param>
    /// <param name="credential">User and password, or passphrase; null for keys alone.</param>
    public SshNetTransport(InventorySsh settings, NetworkCredential? credential)
        : this(settings, credential, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))
    {
    }

    internal SshNetTransport(InventorySsh settings, NetworkCredential? credential, string home) =>
        (_settings, _credential, _home) = (settings, credential, home);

    /// <summary>Connects, logs in and starts the shell. SSH.NET shakes hands without regard to a token, on the thread that calls it: that gets
    /// a thread of its own, and whoever stops does not wait for it. What is left of it ends at the deadline for connecting.</summary>
    public async Task<INodeShell> OpenAsync(InventoryNode node, CancellationToken stop)
    {
        SshNetTarget target = SshNetTarget.Of(node, _credential);
        Task<INodeShell> opening = Task.Factory.StartNew(() => Open(target, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await opening.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _ = CloseLaterAsync(opening);
            throw;
        }
    }

    private INodeShell Open(SshNetTarget target, CancellationToken stop)
    {
        HostKeyGuard guard = new(target.Node, target.Host, target.Port, _settings, _home);
        using SshNetLogin login = new(target, _credential, _home);
        ConnectionInfo connection = new(target.Host, target.Port, target.User, login.Methods)
        {
            Timeout = TimeSpan.FromSeconds(_settings.ConnectTimeoutSeconds),
            ChannelCloseTimeout = SshNetShell.Farewell,
        };
        SshNetAlgorithms.Choose(connection, guard.KnownTypes);
        SshClient client = new(connection) { KeepAliveInterval = TimeSpan.FromSeconds(5) };
        client.HostKeyReceived += (_, shown) =>
        {
            shown.CanTrust = guard.Trusts(shown.HostKey);
            // From here on the node answers: what it takes to look a user up is not the network's delay.
            connection.Timeout = TimeSpan.FromSeconds(Math.Max(LoginSeconds, _settings.ConnectTimeoutSeconds));
        };
        try
        {
            Connect(client, guard);
            stop.ThrowIfCancellationRequested();
            return SshNetShell.Start(client, target.Node);
        }
        catch (Exception e)
        {
            client.Dispose();
            // Whatever a node makes SSH.NET throw is this node's failure; the other nodes go on.
            if (e is OperationCanceledException or QuantumException)
                throw;
            throw (guard.Refusal ?? SshNetFailure.Explain(target, e, login.Remarks)).ToException();
        }
    }

    /// <summary>A new host key is kept when the handshake has proven it, whether or not the node then lets the user in.</summary>
    private static void Connect(SshClient client, HostKeyGuard guard)
    {
        try
        {
            client.Connect();
        }
        catch (Renci.SshNet.Common.SshAuthenticationException)
        {
            guard.Keep();
            throw;
        }
        guard.Keep();
    }

    private static async Task CloseLaterAsync(Task<INodeShell> opening)
    {
        try
        {
            INodeShell shell = await opening.ConfigureAwait(false);
            await shell.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or QuantumException)
        {
            // It came to nothing, and nobody waits for it.
        }
    }
}
