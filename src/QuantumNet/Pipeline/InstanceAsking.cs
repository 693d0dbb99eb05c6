using QuantumNet.Access;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>Asks an instance by commands on a node, and reads what they say.</summary>
/// <param name="runner">Runs commands on nodes.</param>
/// <param name="count">How many pings are sent, which take a second each.</param>
/// <param name="clock">The time.</param>
/// <param name="observer">Hears what runs.</param>
internal sealed class InstanceAsking(INodeChanger runner, int count, TimeProvider clock, IGatherObserver observer)
{
    private const int Patience = 15;

    // The kernel asks an old neighbour after five seconds again, three times, a second apart.
    private const int Looks = 5, SecondsBetween = 2;

    /// <summary>Asks, in the order of the questions.</summary>
    /// <exception cref="QuantumException">The node could not be asked.</exception>
    public async Task<IReadOnlyList<ReachabilityProbe>> AskAsync(
        IReadOnlyList<ReachabilityQuestion> questions, CancellationToken stop)
    {
        string node = questions[0].ComputerName;
        CommandOutput[] said =
            await RunAsync(node, questions.Select(question => question.Argv), stop).ConfigureAwait(false);
        List<ReachabilityProbe> probes = [];
        foreach ((ReachabilityQuestion question, int number) in questions.Select((one, number) => (one, number)))
        {
            CommandOutput? output = said.ElementAtOrDefault(number);
            if (output is not null && question.IsToolMissing(output))
                output = (await RunAsync(node, [question.InsteadArgv], stop).ConfigureAwait(false)).FirstOrDefault();
            probes.Add(question.Answered(output));
        }
        await SettleAsync(questions, probes, stop).ConfigureAwait(false);
        return probes;
    }

    /// <summary>Where nobody has answered, and the kernel is asking an old neighbour again, what that comes to shows a
    /// little later.</summary>
    private async Task SettleAsync(
        IReadOnlyList<ReachabilityQuestion> questions, List<ReachabilityProbe> probes, CancellationToken stop)
    {
        int at = probes.FindIndex(probe => probe.Kind == ReachabilityKind.Arp);
        for (int look = 0; look < Looks && questions[at].IsUnsettled(probes[at])
            && !probes.Exists(probe => probe.Answer is ReachabilityAnswer.Answered or ReachabilityAnswer.Refused);
            look++)
        {
            await Task.Delay(TimeSpan.FromSeconds(SecondsBetween), clock, stop).ConfigureAwait(false);
            CommandOutput[] said =
                await RunAsync(questions[at].ComputerName, [questions[at].Argv], stop).ConfigureAwait(false);
            probes[at] = questions[at].Answered(said.FirstOrDefault());
        }
    }

    private Task<CommandOutput[]> RunAsync(string node, IEnumerable<string[]> commands, CancellationToken stop) =>
        runner.RunAsync(node, [.. commands.Select(argv =>
            new CommandTemplate(argv) { TimeoutSeconds = count + Patience })], observer, stop);
}
