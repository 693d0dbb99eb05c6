using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Simulation.Client;

/// <summary>Which line or argument decides an answer of dnsmasq, and why there is none.</summary>
internal static class AnswerWords
{
    /// <summary>The line of the hosts file, or the argument, that decides, verbatim; empty when none does.
    /// Of an address from a range the range decides; of one that is not given, what keeps it back.</summary>
    /// <param name="process">The process.</param>
    /// <param name="configuration">Its settings.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="line">The line of the hosts file that it goes by; null when none.</param>
    public static string Rule(
        DhcpServer process, DnsmasqConfiguration configuration, DnsmasqAnswer answer, DhcpHost? line)
    {
        if (answer.IgnoreText.Length > 0)
            return Argument(process, configuration, "dhcp-ignore", answer.IgnoreText);
        if (answer.HostLine.Length > 0 && (answer.Address == 0
            || configuration.HostIndex.OfAddress(answer.Address)?.Text == answer.HostLine))
            return line?.RawText.Trim() ?? answer.HostLine;
        string range = answer.RangeText.Length == 0 && answer.Reason.Contains("address range", StringComparison.Ordinal)
            ? configuration.Ranges.Select(one => one.Text).FirstOrDefault("") : answer.RangeText;
        return range.Length > 0 ? Argument(process, configuration, "dhcp-range", range) : "";
    }

    /// <summary>dnsmasq's reason, with what it says to its log before it gives up, which tells more than
    /// its last words.</summary>
    public static string Cause(DnsmasqConfiguration configuration, DnsmasqAnswer answer, string mac)
    {
        string? kept = answer.Log.FirstOrDefault(
            line => line.StartsWith("not using configured address", StringComparison.Ordinal));
        bool isWithoutLine = answer.Reason == "no address available" && answer.HostLine.Length == 0
            && configuration.Ranges.All(range => range.IsStatic);
        return answer.Kind != DnsmasqAnswerKind.None ? answer.Reason
            : kept is not null ? $"{answer.Reason} ({kept})"
            : answer.IgnoreText.Length > 0 ? $"{answer.Reason} (--dhcp-ignore={answer.IgnoreText})"
            : isWithoutLine ? $"{answer.Reason} (no line of its hosts file is for {mac}, and its range is static)"
            : answer.Reason;
    }

    private static string Argument(
        DhcpServer process, DnsmasqConfiguration configuration, string option, string value) =>
        Array.Find(process.Argv, argument => argument.EndsWith(value, StringComparison.Ordinal)
            && argument.StartsWith('-')) ?? configuration.LineOf(option, value) ?? $"--{option}={value}";
}
