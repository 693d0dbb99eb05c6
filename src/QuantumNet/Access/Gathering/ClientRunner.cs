using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>Runs a client's commands on a controller: up to four connections at once, since a client takes a second
/// or two for each.</summary>
internal sealed class ClientRunner(InventoryNode node, INodeTransport transport, IGatherObserver observer)
    : IClientRunner
{
    private const int MaximumConnections = 4;

    public string ComputerName => node.Name;

    public async Task<CommandOutput[]> RunAsync(
        IReadOnlyList<ClientCommand> commands, string environmentFile, CancellationToken stop)
    {
        foreach (ClientCommand command in commands)
        {
            if (!ClientAllowList.Allows(command))
                throw AccessErrors.CommandNotAllowed(command.Argv).ToException();
        }
        CommandOutput[] outputs = new CommandOutput[commands.Count];
        int connections = Math.Min(MaximumConnections, commands.Count);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(first => RunSomeAsync(
            [.. Enumerable.Range(0, commands.Count).Where(i => i % connections == first)], commands, outputs,
            environmentFile, stop))).ConfigureAwait(false);
        return outputs;
    }

    private async Task RunSomeAsync(int[] numbers, IReadOnlyList<ClientCommand> commands, CommandOutput[] outputs,
        string environmentFile, CancellationToken stop)
    {
        CommandTemplate[] templates = [.. numbers.Select(
            number => new CommandTemplate(commands[number].Argv) { TimeoutSeconds = commands[number].TimeoutSeconds })];
        CommandOutput[] given = await new NodeGatherer(transport, observer).RunCommandsAsync(
            node, templates, [.. numbers.Select(number => commands[number].StandardInput)], environmentFile, stop)
            .ConfigureAwait(false);
        for (int i = 0; i < numbers.Length; i++)
            outputs[numbers[i]] = given[i];
    }
}
