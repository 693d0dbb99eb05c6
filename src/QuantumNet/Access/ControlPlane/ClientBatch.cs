using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Many commands of the <c>openstack</c> client in one start of it: the client takes them from
/// its standard input (python-openstackclient, "Interactive mode"), and starting it is what takes the time.
/// A line <c>!echo</c> between two commands frames their outputs.</summary>
internal static class ClientBatch
{
    private const string Frame = "quantumnet-frame-";

    /// <summary>Whether every word of a command can stand in the client's own command language without quoting, where
    /// <c>| &gt; ; !</c> and quotes have a meaning.</summary>
    public static bool CanTake(string[] argv) => argv.Length > 1 && argv[0] == "openstack" && argv.All(IsPlain);

    /// <summary>Letters, digits and a few signs that mean nothing to any shell.</summary>
    public static bool IsPlain(string word) =>
        word.Length > 0 && word.All(
            letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':' or '/' or '=' or '@');

    /// <summary>The commands as one.</summary>
    public static ClientCommand Join(IReadOnlyList<string[]> commands, int timeoutSeconds)
    {
        var lines = new StringBuilder();
        for (int i = 0; i < commands.Count; i++)
            lines.Append(string.Join(' ', commands[i].AsSpan(1).ToArray())).Append('\n').Append("!echo ")
                .Append(Frame).Append(i).Append('\n');
        return new ClientCommand("openstack") { StandardInput = lines.ToString(), TimeoutSeconds = timeoutSeconds };
    }

    /// <summary>Takes the one output apart again; null when the client framed nothing, being too old or too new for it.
    /// A command that printed no JSON failed: it gets exit status 1 and what the client complained of.</summary>
    public static CommandOutput[]? Split(IReadOnlyList<string[]> commands, CommandOutput joined)
    {
        string text = joined.Text;
        var outputs = new CommandOutput[commands.Count];
        int position = 0;
        for (int i = 0; i < commands.Count; i++)
        {
            (int end, int next) = FindFrame(text, position, $"{Frame}{i}");
            if (end < 0 && i == 0)
                return null;
            string body = end < 0 ? "" : text[position..end];
            position = end < 0 ? text.Length : next;
            outputs[i] = Of(commands[i], body, end >= 0, joined);
        }
        return outputs;
    }

    private static CommandOutput Of(string[] argv, string body, bool ended, CommandOutput joined)
    {
        bool answered = ended && body.AsSpan().TrimStart() is ['{' or '[', ..];
        return joined with
        {
            Argv = argv,
            ExitStatus = answered ? 0 : ended ? 1 : joined.ExitStatus == 0 ? 1 : joined.ExitStatus,
            TimedOut = joined.TimedOut && !ended,
            StandardOutput = Encoding.UTF8.GetBytes(body),
            StandardError = answered ? "" : joined.StandardError,
        };
    }

    /// <summary>Where the frame's line begins and where the text goes on after it;
    /// a prompt may stand before it.</summary>
    private static (int Start, int Next) FindFrame(string text, int from, string frame)
    {
        int at = text.IndexOf(frame + "\n", from, StringComparison.Ordinal);
        if (at < 0)
            return (-1, -1);
        int line = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        return (Math.Max(line, from), at + frame.Length + 1);
    }
}
