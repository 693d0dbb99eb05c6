using System.Globalization;
using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Runs client commands over anything that runs a <c>sh</c> script on a node and gives back what it printed.</summary>
/// <param name="computerName">The node.</param>
/// <param name="runScript">Runs <c>sh</c> on the node with the script on its standard input.</param>
public sealed class ScriptClientRunner(
    string computerName, Func<string, CancellationToken, Task<CommandOutput>> runScript) : IClientRunner
{
    /// <inheritdoc/>
    public string ComputerName => computerName;

    /// <inheritdoc/>
    public async Task<CommandOutput[]> RunAsync(
        IReadOnlyList<ClientCommand> commands, string environmentFile, CancellationToken stop)
    {
        foreach (ClientCommand command in commands)
        {
            if (!ClientAllowList.Allows(command))
                throw ClientAllowList.Refuse(computerName, command).ToException();
        }
        string frame = "quantumnet-" + Guid.NewGuid().ToString("N");
        DateTime startedAt = DateTime.UtcNow;
        CommandOutput ran = await runScript(ClientScript.Write(commands, environmentFile, frame), stop).ConfigureAwait(false);
        if (ran.ExitStatus == ClientScript.NoEnvironmentFile)
            throw ClientErrors.EnvironmentFileMissing(computerName, environmentFile).ToException();
        return Split(commands, ran, frame, startedAt);
    }

    private CommandOutput[] Split(IReadOnlyList<ClientCommand> commands, CommandOutput ran, string frame, DateTime startedAt)
    {
        var outputs = new CommandOutput[commands.Count];
        ReadOnlyMemory<byte> rest = ran.StandardOutput;
        for (int i = 0; i < commands.Count; i++)
        {
            outputs[i] = new CommandOutput
            {
                ComputerName = computerName,
                Argv = commands[i].Argv,
                StartedAt = startedAt,
                TimedOut = ran.TimedOut,
                StandardError = ran.StandardError,
            };
            if (TryTake(ref rest, Encoding.ASCII.GetBytes($"{frame} {i} "), out Framed framed))
                outputs[i] = Fill(outputs[i], framed);
        }
        return outputs;
    }

    private static CommandOutput Fill(CommandOutput output, Framed framed) => output with
    {
        // timeout(1): 124 when the deadline passed, 137 when it had to kill.
        TimedOut = framed.Status is 124 or 137,
        ExitStatus = framed.Status is 124 or 137 ? null : framed.Status,
        DurationSeconds = framed.Seconds,
        StandardOutput = framed.Output,
        StandardError = Encoding.UTF8.GetString(framed.Error.Span),
    };

    private readonly record struct Framed(int Status, int Seconds, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Error);

    /// <summary>Takes <c>FRAME N status seconds out-bytes err-bytes</c> and the bytes it announces.</summary>
    private static bool TryTake(ref ReadOnlyMemory<byte> rest, byte[] head, out Framed framed)
    {
        framed = default;
        int at = rest.Span.IndexOf(head);
        if (at < 0)
            return false;
        ReadOnlyMemory<byte> line = rest[(at + head.Length)..];
        int end = line.Span.IndexOf((byte)'\n');
        if (end < 0)
            return false;
        int[] numbers = Encoding.ASCII.GetString(line.Span[..end]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)
            .ToArray();
        ReadOnlyMemory<byte> body = line[(end + 1)..];
        if (numbers is not [>= 0, >= 0, >= 0, >= 0] || (long)numbers[2] + numbers[3] > body.Length)
            return false;
        framed = new Framed(numbers[0], numbers[1], body[..numbers[2]], body.Slice(numbers[2], numbers[3]));
        rest = body[(numbers[2] + numbers[3])..];
        return true;
    }
}
