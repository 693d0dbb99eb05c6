using QuantumNet.Observations.Connections;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Asks through the client on a controller: <c>openstack</c>, or <c>neutron</c>/<c>quantum</c> and <c>nova</c>
/// where that is all there is. At most three round trips for one port (four where nothing fits it at once),
/// each as few client starts as possible.</summary>
/// <param name="runner">Runs the commands.</param>
/// <param name="environmentFile">A file on the controller that sets the <c>OS_*</c> variables; empty for none.</param>
public sealed class ClientControlPlane(IClientRunner runner, string environmentFile)
    : IControlPlane, IProbedControlPlane
{
    private readonly ClientFetchTarget _target = new(runner, environmentFile);
    private IControlPlane? _dialect;

    /// <inheritdoc/>
    public RecordSource Source => RecordSource.Client;

    /// <inheritdoc/>
    public Task<CommandOutput[]> FetchAsync(
        RecordRequest request, IGatherObserver observer, CancellationToken stop) =>
            ThenCloseAsync(AskAsync(request, observer, stop));

    private async Task<CommandOutput[]> AskAsync(
        RecordRequest request, IGatherObserver observer, CancellationToken stop)
    {
        ClientFetchTarget target = _target;
        IControlPlane dialect = _dialect ?? new OpenStackClient(target);
        try
        {
            CommandOutput[] answers = await dialect.FetchAsync(request, observer, stop).ConfigureAwait(false);
            _dialect = dialect;
            return answers;
        }
        catch (ClientMissingException) when (_dialect is null)
        {
            _dialect = await ChooseLegacyAsync(target, stop).ConfigureAwait(false);
        }
        return await _dialect.FetchAsync(request, observer, stop).ConfigureAwait(false);
    }

    private async Task<IControlPlane> ChooseLegacyAsync(ClientFetchTarget target, CancellationToken stop)
    {
        ClientCommand[] questions = [.. OldClients.Select(name => new ClientCommand(name, "--version"))];
        CommandOutput[] found = await runner.RunAsync(questions, environmentFile, stop).ConfigureAwait(false);
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i].ExitStatus == 0)
                return new LegacyClient(target, OldClients[i]);
        }
        throw ClientErrors.NoClient(runner.ComputerName).ToException();
    }

    Task<ControlPlaneProbe> IProbedControlPlane.ProbeAsync(IGatherObserver observer, CancellationToken stop) =>
        ThenCloseAsync(new ClientProbe(runner, environmentFile).LookAsync(observer, stop));

    /// <summary>The connection that rounds of questions share ends with them.</summary>
    private async Task<T> ThenCloseAsync<T>(Task<T> rounds)
    {
        try
        {
            return await rounds.ConfigureAwait(false);
        }
        finally
        {
            await runner.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The clients before openstack.</summary>
    internal static readonly string[] OldClients = ["neutron", "quantum"];
}

/// <summary>The <c>openstack</c> client is not there.</summary>
internal sealed class ClientMissingException : Exception;

/// <summary>Where commands run and in which environment.</summary>
internal sealed record ClientFetchTarget(IClientRunner Runner, string EnvironmentFile)
{
    /// <summary>Whether the cloud behind it has no Nova.</summary>
    public MissingCompute MissingCompute { get; } = new();
}
