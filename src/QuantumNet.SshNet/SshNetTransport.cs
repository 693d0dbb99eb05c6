using System.Net;
using QuantumNet.Access;
using QuantumNet.Access.Ssh;

namespace QuantumNet.SshNet;

/// <summary>The SSH.NET library: connections of this process, without an ssh program.
/// It reads ssh_config's everyday subset, known_hosts files, keys, certificates and ssh-agent as ssh does.</summary>
internal sealed class SshNetTransport : INodeTransport
{
    private readonly InventorySsh _settings;
    private readonly NetworkCredential? _credential;
    private readonly string _home;

    /// <summary>A transport, as the module makes it.</summary>
    /// <param name="settings">ssh_config and known_hosts file, whether new host keys are accepted, deadline.</param>
    /// <param name="credential">User and password, or passphrase; null for keys alone.</param>
    public SshNetTransport(InventorySsh settings, NetworkCredential? credential)
        : this(settings, credential, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))
    {
    }

    internal SshNetTransport(InventorySsh settings, NetworkCredential? credential, string home) =>
        (_settings, _credential, _home) = (settings, credential, home);

    public Task<INodeShell> OpenAsync(InventoryNode node, CancellationToken stop) => OpenAsync(node, null, stop);

    /// <summary>Connects, logs in and starts the shell. SSH.NET shakes hands without regard to a token,
    /// on the thread that calls it: that gets a thread of its own, and whoever stops does not wait for it. A login that
    /// waits is broken off; what is left of an exchange of keys ends at the deadline for connecting.</summary>
    public async Task<INodeShell> OpenAsync(InventoryNode node, Action<string>? debug, CancellationToken stop)
    {
        SshNetTarget target = new SshNetRoute(_settings, _credential, _home).To(node);
        SshNetTerms terms = new(_home, _credential?.Password, _settings.ConnectTimeoutSeconds,
            debug is null ? null : new SshNetLog(node.Name, debug));
        Task<INodeShell> opening = Task.Factory.StartNew(() => Open(target, terms, stop), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
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

    private static INodeShell Open(SshNetTarget target, SshNetTerms terms, CancellationToken stop)
    {
        SshNetConnection connection = SshNetConnection.Open(target, terms, stop);
        try
        {
            return SshNetShell.Start(connection, target.Subject.Node);
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw e is QuantumException ? e : SshNetFailure.Explain(target, e, []).ToException();
        }
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
