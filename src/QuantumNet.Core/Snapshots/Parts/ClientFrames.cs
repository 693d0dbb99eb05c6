using System.Text;
using QuantumNet.Parsing.Clients;

namespace QuantumNet.Snapshots.Parts;

/// <summary>Takes the output of one start of the <c>openstack</c> client apart that was given many commands: behind
/// what each printed stands a line <c>quantumnet-frame-port list --long -f json</c>.</summary>
internal static class ClientFrames
{
    /// <summary>What the command stands behind.</summary>
    public const string Named = "quantumnet-frame-";

    private const int MostCommands = 10_000;

    /// <summary>The outputs, one for each command; none when there is no such line.</summary>
    public static List<CommandOutput> Split(CommandOutput joined)
    {
        List<CommandOutput> outputs = [];
        string text = joined.Text;
        int start = 0;
        while (outputs.Count < MostCommands
            && text.IndexOf(Named, start, StringComparison.Ordinal) is >= 0 and int at)
        {
            int line = text.LastIndexOf('\n', at) + 1, end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            string[] words = text[(at + Named.Length)..end].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            outputs.Add(Of(joined, words, text[start..Math.Max(line, start)]));
            start = Math.Min(end + 1, text.Length);
        }
        return outputs;
    }

    /// <summary>A client's output with its kind and subject.</summary>
    public static CommandOutput Told(CommandOutput output)
    {
        RecordRequest? request = RecordRequest.Of(output.Argv);
        return output with { Collector = request?.Kind ?? "", Subject = request?.Subject ?? "" };
    }

    // What printed no JSON failed: the client says why on its standard error, for all of them together.
    private static CommandOutput Of(CommandOutput joined, string[] words, string body)
    {
        bool answered = body.AsSpan().TrimStart() is ['{' or '[', ..];
        return Told(joined with
        {
            Argv = [.. joined.Argv, .. words],
            ExitStatus = answered ? 0 : 1,
            TimedOut = false,
            StandardOutput = Encoding.UTF8.GetBytes(body),
            StandardError = answered ? "" : joined.StandardError,
        });
    }
}
