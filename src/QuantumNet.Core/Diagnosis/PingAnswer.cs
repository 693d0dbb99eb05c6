using System.Globalization;

namespace QuantumNet.Diagnosis;

/// <summary>What ping(8) of iputils says of the packets that it sent.</summary>
/// <param name="IsAnswered">Whether one was answered; null where it could not run.</param>
/// <param name="Text">The line that tells.</param>
/// <param name="Milliseconds">How long the first answer took; null where there is none.</param>
internal readonly record struct PingAnswer(bool? IsAnswered, string Text, double? Milliseconds)
{
    private const string Time = "time=";

    /// <summary>Reads it.</summary>
    /// <param name="status">Its exit status: 0 when it was answered, 1 when not, another when it could not run.</param>
    /// <param name="lines">What it printed, errors too, without empty lines.</param>
    public static PingAnswer Of(int? status, string[] lines)
    {
        // "64 bytes from 10.0.0.3: icmp_seq=1 ttl=64 time=4.55 ms"
        string? reply = Find(lines, "bytes from");
        // "ping: local error: message too long, mtu=1500"
        // "From 10.0.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)"
        string? none = Find(lines, "mtu") ?? Find(lines, "nreachable") ?? Find(lines, "packet loss");
        // What runs ping ends with 1, too, where there is no ping.
        bool? isAnswered = status switch { 0 => true, 1 when none is not null => false, _ => null };
        string? told = isAnswered == true ? reply ?? none : none ?? reply;
        return new(isAnswered, told ?? lines.FirstOrDefault() ?? "", isAnswered == true ? TimeOf(reply ?? "") : null);
    }

    /// <summary>The lines of what it printed.</summary>
    public static string[] Lines(string output) =>
        output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Find(string[] lines, string words) =>
        Array.Find(lines, line => line.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static double? TimeOf(string reply)
    {
        int at = reply.IndexOf(Time, StringComparison.Ordinal);
        return at >= 0 && double.TryParse(reply[(at + Time.Length)..].Split(' ')[0], NumberStyles.Float,
            CultureInfo.InvariantCulture, out double number) ? number : null;
    }
}
