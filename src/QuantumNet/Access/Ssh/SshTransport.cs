using System.Diagnostics;
using System.Globalization;
using System.Net;
using QuantumNet.Access.Gathering;

namespace QuantumNet.Access.Ssh;

/// <summary>The OpenSSH client: one process per node, so that ssh_config, agents, jump hosts,
/// certificates and known_hosts work as ever.</summary>
internal sealed class SshTransport(InventorySsh settings, NetworkCredential? credential = null, string program = "ssh")
    : INodeTransport
{
    private const int AliveCount = 3;

    /// <summary>How often a silent host is asked whether it is there.</summary>
    public const int AliveIntervalSeconds = 5;

    /// <summary>How long a connection may be dead before ssh says so.</summary>
    public const int GivesUpAfterSeconds = AliveIntervalSeconds * AliveCount;

    public Task<INodeShell> OpenAsync(InventoryNode node, CancellationToken stop)
    {
        ProcessStartInfo start = new(program);
        foreach (string argument in Arguments(node))
            start.ArgumentList.Add(argument);
        AskPass? answers = credential is null ? null : AskPass.For(node.Name, credential, start);
        try
        {
            ProcessShell shell = ProcessShell.Start(start,
                (status, said) => new SshFailure(node.Name, Typed(node), settings.ConfigFile).Explain(status, said));
            return Task.FromResult<INodeShell>(answers is null ? shell : new AnsweredShell(shell, answers));
        }
        catch
        {
            answers?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Typed(InventoryNode node) =>
        string.Join(' ', ["ssh", .. Given(node).Select(ShellQuote.IfNeeded), HostOf(node)]);

    /// <summary>What the user gave, as options of the client.</summary>
    private List<string> Given(InventoryNode node)
    {
        List<string> options = [];
        if (!string.IsNullOrEmpty(settings.ConfigFile))
            options.AddRange(["-F", settings.ConfigFile]);
        if (!string.IsNullOrEmpty(settings.KnownHostsFile))
            options.AddRange(["-o", $"UserKnownHostsFile={settings.KnownHostsFile}"]);
        if (node.IdentityFile.Length > 0)
            options.AddRange(["-i", node.IdentityFile]);
        if (node.Port is { } port)
            options.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        if (UserOf(node) is { Length: > 0 } user)
            options.AddRange(["-l", user]);
        return options;
    }

    private static string HostOf(InventoryNode node) => node.Address.Length > 0 ? node.Address : node.Name;

    private string UserOf(InventoryNode node) =>
        credential?.UserName is { Length: > 0 } named ? named : node.User;

    /// <summary>The client's arguments. Nothing secret is among them.</summary>
    /// <exception cref="QuantumException">The name or user could be taken for an option.</exception>
    internal IReadOnlyList<string> Arguments(InventoryNode node)
    {
        (string host, string user) = (HostOf(node), UserOf(node));
        if (!HostName.IsSafe(host))
            throw AccessErrors.NameUnsafe(host).ToException();
        if (user.StartsWith('-') || user.Any(char.IsControl))
            throw AccessErrors.UserNameUnsafe(user).ToException();

        List<string> arguments = ["-T", "-a", "-x", "-o", credential is null ? "BatchMode=yes" : "BatchMode=no",
            "-o", string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={settings.ConnectTimeoutSeconds}"),
            "-o", $"ServerAliveInterval={AliveIntervalSeconds}", "-o", $"ServerAliveCountMax={AliveCount}", "-o",
            "ClearAllForwardings=yes", "-o", "EscapeChar=none"];
        if (credential is not null)
            arguments.AddRange(["-o", "NumberOfPasswordPrompts=1"]);
        if (settings.StrictHostKeyChecking is { } strict)
            arguments.AddRange(["-o", strict ? "StrictHostKeyChecking=yes" : "StrictHostKeyChecking=accept-new"]);
        arguments.AddRange(Given(node));
        arguments.AddRange(["--", host, "exec sh -s"]);
        return arguments;
    }

    /// <summary>Takes the answering program away with the shell.</summary>
    private sealed class AnsweredShell(ProcessShell shell, AskPass answers) : INodeShell
    {
        public Stream Input => shell.Input;
        public Stream Output => shell.Output;
        public int? ExitStatus => shell.ExitStatus;
        public string Said => shell.Said;
        public Task<QuantumError?> EndAsync(CancellationToken stop) => shell.EndAsync(stop);

        public async ValueTask DisposeAsync()
        {
            await shell.DisposeAsync().ConfigureAwait(false);
            answers.Dispose();
        }
    }
}
