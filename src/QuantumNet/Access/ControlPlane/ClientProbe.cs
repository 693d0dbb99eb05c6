using QuantumNet.Observations.Connections;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Looks at the client on a controller: which there is, whether it logs in, and one list of each service.
/// </summary>
internal sealed class ClientProbe(IClientRunner runner, string environmentFile)
{
    /// <summary>Looks. What fails is in the answer.</summary>
    public async Task<ControlPlaneProbe> LookAsync(IGatherObserver observer, CancellationToken stop)
    {
        ControlPlaneProbe probe = new() { ComputerName = runner.ComputerName, Source = "client" };
        try
        {
            CommandOutput[] said = await AskAsync(
                [["openstack", "--version"], ["openstack", "network", "list", "-f", "json"],
                    ["openstack", "network", "agent", "list", "-f", "json"],
                    ["openstack", "server", "list", "--limit", "1", "-f", "json"]], observer, stop)
                .ConfigureAwait(false);
            if (said[0].ExitStatus == ClientFetch.NotFound)
                said = await AskOldAsync(observer, stop).ConfigureAwait(false);
            return Read(probe, said);
        }
        catch (QuantumException e)
        {
            return probe with { Error = e.Error };
        }
    }

    private async Task<CommandOutput[]> AskOldAsync(IGatherObserver observer, CancellationToken stop)
    {
        foreach (string client in ClientControlPlane.OldClients)
        {
            CommandOutput[] said = await AskAsync(
                [[client, "--version"], [client, "net-list"], [client, "agent-list"], ["nova", "list"]], observer, stop)
                .ConfigureAwait(false);
            if (said[0].ExitStatus != ClientFetch.NotFound)
                return said;
        }
        throw ClientErrors.NoClient(runner.ComputerName).ToException();
    }

    private async Task<CommandOutput[]> AskAsync(string[][] commands, IGatherObserver observer, CancellationToken stop)
    {
        CommandOutput[] said = await runner
            .RunAsync([.. commands.Select(argv => new ClientCommand(argv))], environmentFile, stop)
            .ConfigureAwait(false);
        foreach (CommandOutput output in said)
            observer.CommandFinished(output);
        return said;
    }

    private ControlPlaneProbe Read(ControlPlaneProbe probe, CommandOutput[] said)
    {
        if (said[1].ExitStatus != 0 && ClientErrors.IsLoginTrouble(said[1].StandardError))
            return probe with
            {
                Error = ClientErrors.NotAuthenticated(runner.ComputerName, environmentFile,
                    ClientErrors.LastLine(said[1].StandardError)),
            };
        // Clients told their version on standard error once.
        string version = $"{said[0].Text}\n{said[0].StandardError}".Trim().Split('\n')[0];
        return probe with
        {
            Services =
            [
                new(said[0].Argv[0], "", [], null) { Version = version[(version.LastIndexOf(' ') + 1)..] },
                Service("network", "networks", said[1], ServiceRecords.Network),
                Service("network agents", "agents", said[2], ServiceRecords.Agents),
                Service("compute", "instances", said[3], ServiceRecords.Compute),
            ],
        };
    }

    private static ProbedService Service(string name, string what, CommandOutput output, string[] kinds) =>
        output.ExitStatus == 0 && !output.TimedOut ? new(name, output.Command, kinds, null)
        : name == "compute" && MissingService.IsCompute(output)
        ? new(name, output.Command, kinds, null) { IsAbsent = true }
        : new(name, output.Command, kinds,
            ClientErrors.Failed(what.TrimEnd('s'), output, ClientErrors.LastLine(output.StandardError)));
}
