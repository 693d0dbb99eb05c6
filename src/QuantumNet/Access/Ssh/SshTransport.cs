using System.Diagnostics;
using System.Globalization;
using System.Net;

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
                (status, said) => SshFailure.Explain(node.Name, status, said));
            return Task.FromResult<INodeShell>(answers is null ? shell : new AnsweredShell(shell, answers));
        }
        catch
        {
            answers?.Dispose();
            throw;
        }
    }

    /// <summary>The client's arguments. Nothing secret is among them.</summary>
    /// <exception cref="QuantumException">The name or user could be taken for an option.</exception>
    internal IReadOnlyList<string> Arguments(InventoryNode node)
    {
        string host = node.Address.Length > 0 ? node.Address : node.Name;
        string user = credential?.UserName is { Length: > 0 } named ? named : node.User;
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
        if (!string.IsNullOrEmpty(settings.ConfigFile))
            arguments.AddRange(["-F", settings.ConfigFile]);
        if (!string.IsNullOrEmpty(settings.KnownHostsFile))
            arguments.AddRange(["-o", $"UserKnownHostsFile={settings.KnownHostsFile}"]);
        if (settings.StrictHostKeyChecking is { } strict)
            arguments.AddRange(["-o", strict ? "StrictHostKeyChecking=yes" : "StrictHostKeyChecking=accept-new"]);
        if (node.IdentityFile.Length > 0)
            arguments.AddRange(["-i", node.IdentityFile]);
        if (node.Port is { } port)
            arguments.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        if (user.Length > 0)
            arguments.AddRange(["-l", user]);
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
