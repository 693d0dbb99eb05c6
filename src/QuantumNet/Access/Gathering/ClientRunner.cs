using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>Runs a client's commands on a controller: a few at once, since a client takes a second or two for each,
/// and over one connection, which is kept from round to round until it is closed.</summary>
internal sealed class ClientRunner(InventoryNode node, INodeTransport transport, IGatherObserver observer)
    : IClientRunner
{
    private readonly NodeGatherer _gatherer = new(transport, observer);
    private INodeShell? _kept;

    public string ComputerName => node.Name;

    public async Task<CommandOutput[]> RunAsync(
        IReadOnlyList<ClientCommand> commands, string environmentFile, CancellationToken stop)
    {
        foreach (ClientCommand command in commands)
        {
            if (!ClientAllowList.Allows(command))
                throw AccessErrors.CommandNotAllowed(command.Argv).ToException();
        }
        INodeShell? kept = Interlocked.Exchange(ref _kept, null);
        if (kept is not null
            && await RoundAsync(kept, commands, environmentFile, stop).ConfigureAwait(false) is (not null, _) round)
            return round.Outputs;
        // There is none, or it was cut since the last round.
        INodeShell shell = await _gatherer.OpenAsync(node, stop).ConfigureAwait(false);
        (CommandOutput[]? outputs, QuantumError? error) =
            await RoundAsync(shell, commands, environmentFile, stop).ConfigureAwait(false);
        return outputs ?? throw error!.ToException();
    }

    public ValueTask CloseAsync() => Interlocked.Exchange(ref _kept, null)?.DisposeAsync() ?? default;

    /// <summary>One script in a shell, which is kept when it came to the script's end.</summary>
    private async Task<(CommandOutput[]? Outputs, QuantumError? Error)> RoundAsync(INodeShell shell,
        IReadOnlyList<ClientCommand> commands, string environmentFile, CancellationToken stop)
    {
        CommandTemplate[] templates = [.. commands.Select(
            command => new CommandTemplate(command.Argv) { TimeoutSeconds = command.TimeoutSeconds })];
        string[] inputs = [.. commands.Select(command => command.StandardInput)];
        bool canGoOn = false;
        try
        {
            (CommandOutput[]? outputs, QuantumError? error) = await _gatherer.RunCommandsAsync(
                shell, node, templates, inputs, environmentFile, stop).ConfigureAwait(false);
            canGoOn = error is null && Interlocked.CompareExchange(ref _kept, shell, null) is null;
            return (outputs, error);
        }
        finally
        {
            if (!canGoOn)
                await shell.DisposeAsync().ConfigureAwait(false);
        }
    }
}
