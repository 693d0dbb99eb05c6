using System.Globalization;
using System.Text;
using QuantumNet.Access.Ssh;
using QuantumNet.Observations.Connections;

namespace QuantumNet.Access.Gathering;

/// <summary>Asks a shell for its clock, a few times, and keeps the answer that came soonest: the node read its clock
/// between question and answer, so the middle of the two is wrong by half of the round trip at most.</summary>
internal static class ClockExchange
{
    private const int Rounds = 4, MaximumNoise = 64 * 1024;

    /// <summary>Reads the clock.</summary>
    /// <returns>It; null where the shell ended, or said something else: what comes next tells why.</returns>
    public static async Task<NodeClock?> MeasureAsync(INodeShell shell, CancellationToken stop)
    {
        string nonce = NodeGatherer.NewNonce();
        // The command is on the reading list: date <clock>.
        byte[] question = Encoding.ASCII.GetBytes($"printf '%s%s;\n' {nonce} \"$(date +%s.%N)\"\n");
        NodeClock? best = null;
        for (int round = 0; round < Rounds; round++)
        {
            DateTime asked = DateTime.UtcNow;
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            if (await AskAsync(shell, question, nonce, stop).ConfigureAwait(false) is not { } text)
                return best;
            TimeSpan took = System.Diagnostics.Stopwatch.GetElapsedTime(start);
            if (Of(text, asked, took) is { } clock && (best is null || clock.ErrorSeconds < best.ErrorSeconds))
                best = clock;
        }
        return best;
    }

    /// <summary>A clock from what <c>date +%s.%N</c> printed. Where date knows no parts of a second (busybox), it is
    /// somewhere within it.</summary>
    /// <param name="text"><c>1764439512.123456789</c>, or <c>1764439512.%N</c>.</param>
    /// <param name="asked">When it was asked, by our clock.</param>
    /// <param name="took">How long question and answer took.</param>
    internal static NodeClock? Of(string text, DateTime asked, TimeSpan took)
    {
        string[] parts = text.Split('.');
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long whole))
            return null;
        bool isExact = parts.Length == 2 && parts[1].Length > 0 && parts[1].All(char.IsAsciiDigit);
        double second = isExact
            ? double.Parse("0." + parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0.5;
        double ours = (asked - DateTime.UnixEpoch).TotalSeconds + (took.TotalSeconds / 2);
        return new(whole - ours + second, (took.TotalSeconds / 2) + (isExact ? 0 : 0.5), took.TotalSeconds);
    }

    private static async Task<string?> AskAsync(
        INodeShell shell, byte[] question, string nonce, CancellationToken stop)
    {
        try
        {
            await shell.Input.WriteAsync(question, stop).ConfigureAwait(false);
            await shell.Input.FlushAsync(stop).ConfigureAwait(false);
            StringBuilder said = new();
            byte[] buffer = new byte[1024];
            while (said.Length < MaximumNoise)
            {
                int count = await shell.Output.ReadAsync(buffer, stop).ConfigureAwait(false);
                if (count == 0)
                    return null;
                said.Append(Encoding.ASCII.GetString(buffer, 0, count));
                string text = said.ToString();
                int begin = text.IndexOf(nonce, StringComparison.Ordinal);
                int end = begin < 0 ? -1 : text.IndexOf(';', begin);
                if (end > 0)
                    return text[(begin + nonce.Length)..end];
            }
        }
        catch (IOException)
        {
            // The shell is gone; what it said tells why.
        }
        return null;
    }
}
