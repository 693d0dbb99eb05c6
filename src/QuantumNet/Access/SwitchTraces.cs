using QuantumNet.Parsing.Ovs;
using QuantumNet.Simulation.Network;
using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>Asks the nodes' switches what they themselves would do with a packet.</summary>
internal static class SwitchTraces
{
    /// <summary>Asks about every bridge that a trace enters from outside. Nothing is sent and nothing is learned:
    /// <c>ofproto/trace</c> without <c>-generate</c> has no side effects (ovs-vswitchd(8)).</summary>
    /// <param name="runner">Runs commands on nodes.</param>
    /// <param name="trace">The trace; its steps are marked by the answers.</param>
    /// <param name="observer">Is told what is asked.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>A sentence for each switch that differs or gives no answer.</returns>
    public static async Task<IReadOnlyList<string>> AskAsync(
        INodeChanger runner, OvsTrace trace, IGatherObserver observer, CancellationToken stop)
    {
        List<string> differences = [];
        foreach (IGrouping<string, SwitchQuestion> ofNode in trace.Questions().GroupBy(one => one.Node.Name))
        {
            SwitchQuestion[] questions = [.. ofNode];
            CommandOutput[] said = await runner
                .RunAsync(ofNode.Key, Array.ConvertAll(questions, CommandOf), observer, stop).ConfigureAwait(false);
            for (int i = 0; i < questions.Length; i++)
            {
                if (Difference(questions[i], said.ElementAtOrDefault(i)) is { Length: > 0 } difference)
                    differences.Add(difference);
            }
        }
        return differences;
    }

    private static CommandTemplate CommandOf(SwitchQuestion question) =>
        new("ovs-appctl", "ofproto/trace", question.Bridge, question.Packet);

    private static string Difference(SwitchQuestion question, CommandOutput? output)
    {
        string where = $"{question.Bridge} on {question.Node.Name}";
        if (output is not { ExitStatus: 0 })
            return $"Open vSwitch gives no trace of {where}: "
                + (output is null ? "the node said nothing" : output.StandardError.Trim());
        OfprotoTrace answer = OfprotoTraceParser.Parse(output.Text,
            new TextSource(question.Node.Name, string.Join(' ', output.Argv), new List<ParseIssue>()));
        return question.Answer(answer) ? ""
            : $"Open vSwitch's own trace of {where} takes another way than what was gathered tells: "
                + "see LiveText. Its flows or MAC table may have changed since.";
    }
}
