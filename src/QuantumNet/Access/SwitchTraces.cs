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
        foreach (SwitchQuestion question in trace.Questions())
        {
            string[] argv = ["ovs-appctl", "ofproto/trace", question.Bridge, question.Packet];
            CommandOutput[] said = await runner.RunAsync(question.Node.Name, [new CommandTemplate(argv)], observer,
                stop)
                .ConfigureAwait(false);
            string where = $"{question.Bridge} on {question.Node.Name}";
            if (said is not [{ ExitStatus: 0 } output])
            {
                string reason = said is [var refused, ..] ? refused.StandardError.Trim() : "the node said nothing";
                differences.Add($"Open vSwitch gives no trace of {where}: {reason}");
                continue;
            }
            OfprotoTrace answer = OfprotoTraceParser.Parse(output.Text,
                new TextSource(question.Node.Name, string.Join(' ', argv), new List<ParseIssue>()));
            if (!question.Answer(answer))
                differences.Add($"Open vSwitch's own trace of {where} takes another way than what was gathered tells: "
                    + "see LiveText. Its flows or MAC table may have changed since.");
        }
        return differences;
    }
}
