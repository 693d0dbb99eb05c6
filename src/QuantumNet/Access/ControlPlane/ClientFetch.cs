using QuantumNet.Parsing.Clients;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Access.ControlPlane;

/// <summary>A client's command and the kind of records it gives.</summary>
/// <param name="Kind">The kind (<see cref="RecordKinds"/>).</param>
/// <param name="Subject">What it is asked about; empty for a list.</param>
/// <param name="Argv">The command.</param>
internal sealed record ClientQuestion(string Kind, string Subject, params string[] Argv)
{
    /// <summary>Whether its failing tells nothing: one of several ways to look for something.</summary>
    public bool MayFail { get; init; }

    /// <summary>Whether it wants a start of the client for itself: what it prints is not JSON.</summary>
    public bool Alone { get; init; }

    /// <summary>Whether only Nova can answer it.</summary>
    public bool NeedsCompute => Kind is RecordKinds.Instance or RecordKinds.Console;

    /// <summary>Whether it can share a start of the client with others.</summary>
    public bool CanShare => !Alone && ClientBatch.CanTake(Argv);
}

/// <summary>One round of questions to a client: keeps the answers, reports each kind's failure once.</summary>
internal sealed class ClientFetch(ClientFetchTarget target, IGatherObserver observer)
{
    private const int BatchTimeoutSeconds = 120;
    private const int Parallel = 4;
    private readonly List<CommandOutput> _answers = [];
    private readonly HashSet<string> _asked = [];
    private readonly HashSet<string> _failed = [];

    /// <summary>The answers so far.</summary>
    public CommandOutput[] Answers => [.. _answers];

    /// <summary>Whether a question about a kind was answered.</summary>
    public bool Answered(string kind) => _answers.Exists(answer => answer.Collector == kind && answer.ExitStatus == 0);

    /// <summary>What the answers say so far.</summary>
    public CloudRecords Read() => RecordReader.Read(_answers, []);

    /// <summary>Asks what was not asked yet, in one round trip. Commands of <c>openstack</c> share
    /// few starts of it.</summary>
    public async Task AskAsync(IEnumerable<ClientQuestion> questions, CancellationToken stop)
    {
        List<ClientQuestion> fresh = questions.Where(one => !(one.NeedsCompute && target.MissingCompute.IsKnown)
            && _asked.Add(string.Join('\0', one.Argv))).ToList();
        if (fresh.Count == 0)
            return;
        List<ClientQuestion> joined = fresh.Where(one => one.CanShare).ToList();
        List<ClientQuestion> alone = fresh.Where(one => !one.CanShare).ToList();
        // A batch for a handful of commands; more batches only when there is much to ask,
        // since each start costs a second or two.
        ClientQuestion[][] batches = joined.Count == 0 ? []
            : [.. joined.Chunk(Math.Max(MinimumBatch, (joined.Count + Parallel - 1) / Parallel))];
        List<ClientCommand> commands =
        [
            .. batches.Select(
                batch => ClientBatch.Join([.. batch.Select(one => one.Argv)], BatchTimeoutSeconds + batch.Length)),
            .. alone.Select(one => new ClientCommand(one.Argv)),
        ];
        CommandOutput[] outputs = await target.Runner
            .RunAsync(commands, target.EnvironmentFile, stop).ConfigureAwait(false);
        for (int i = 0; i < batches.Length; i++)
            await TakeAsync(batches[i], outputs[i], stop).ConfigureAwait(false);
        for (int i = 0; i < alone.Count; i++)
            Take(alone[i], outputs[batches.Length + i]);
    }

    private const int MinimumBatch = 40;

    /// <summary>What a shell answers for a program that is not there.</summary>
    internal const int NotFound = 127;

    private async Task TakeAsync(ClientQuestion[] batch, CommandOutput output, CancellationToken stop)
    {
        if (output.ExitStatus == NotFound && _answers.Count == 0)
            throw new ClientMissingException();
        CommandOutput[]? parts = ClientBatch.Split([.. batch.Select(one => one.Argv)], output);
        if (parts is null)
        {
            ThrowOnLoginTrouble(output);
            parts = await target.Runner
                .RunAsync([.. batch.Select(one => new ClientCommand(one.Argv))], target.EnvironmentFile, stop)
                .ConfigureAwait(false);
        }
        for (int i = 0; i < batch.Length; i++)
            Take(batch[i], parts[i]);
    }

    private void Take(ClientQuestion question, CommandOutput output)
    {
        output = output with { Collector = question.Kind, Subject = question.Subject };
        observer.CommandFinished(output);
        bool failed = output.ExitStatus != 0 || output.TimedOut;
        if (failed)
            ThrowOnLoginTrouble(output);
        if (failed && question.NeedsCompute && MissingService.IsCompute(output))
        {
            target.MissingCompute.Tell(observer,
                $"The clients on '{output.ComputerName}' find no compute service (Nova)");
            return;
        }
        if (failed && question.MayFail)
        {
            if (question.Kind == RecordKinds.Console)
                observer.Missing($"The console log of instance {question.Subject} is left out: "
                    + $"{ClientErrors.LastLine(output.StandardError)}.");
            return;
        }
        _answers.Add(output);
        if (failed && _failed.Add(question.Kind))
            observer.Failed(ClientErrors.Failed(question.Kind, output, ClientErrors.LastLine(output.StandardError)));
    }

    /// <summary>Nothing at all can be asked when the client cannot log in.</summary>
    private void ThrowOnLoginTrouble(CommandOutput output)
    {
        if (_answers.Exists(answer => answer.ExitStatus == 0) || !ClientErrors.IsLoginTrouble(output.StandardError))
            return;
        throw ClientErrors.NotAuthenticated(output.ComputerName, target.EnvironmentFile,
                ClientErrors.LastLine(output.StandardError))
            .ToException();
    }
}
