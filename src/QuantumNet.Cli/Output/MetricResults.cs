using System.Globalization;
using System.Text;

namespace QuantumNet.Cli.Output;

/// <summary>Gauges in OpenMetrics' text format (OpenMetrics 1.0, "Text format"), which Prometheus' own format
/// understands as well: node_exporter's textfile collector and Pushgateway take it. One series for each verdict, the
/// number of verdicts of each status, the number of errors, and when it ran. The lines of a metric stand together, so
/// all is written at the end.</summary>
internal sealed class MetricResults(string command, TextWriter output) : ResultStream
{
    private readonly List<(VerdictName Name, IVerdict Verdict)> _verdicts = [];
    private int _errors;

    public override void Add(object result)
    {
        if (result is IVerdict verdict && VerdictName.Of(result) is { } name)
            _verdicts.Add((name, verdict));
    }

    public override void Add(QuantumError error) => _errors++;

    public override void End()
    {
        Head("quantumnet_verdict", "1 for what was tested, with its verdict and the code of its cause.");
        foreach ((VerdictName name, IVerdict verdict) in _verdicts.DistinctBy(one => (one.Name, one.Verdict.Status)))
            Line("quantumnet_verdict", 1, ("subject", name.Subject), ("group", name.Group),
                ("status", verdict.Status.ToString()), ("cause", verdict.Cause ?? ""));
        Head("quantumnet_verdicts", "How many verdicts have the status.");
        foreach (DhcpPathStatus status in Enum.GetValues<DhcpPathStatus>())
            Line("quantumnet_verdicts", _verdicts.Count(one => one.Verdict.Status == status),
                ("status", status.ToString()));
        Head("quantumnet_errors", "How many errors there were: what could not be reached or asked.");
        Line("quantumnet_errors", _errors);
        Head("quantumnet_run_timestamp_seconds", "When the test ended, in seconds since 1970.");
        Line("quantumnet_run_timestamp_seconds", DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        output.Write("# EOF\n");
        output.Flush();
    }

    private void Head(string metric, string help) => output.Write($"# HELP {metric} {help}\n# TYPE {metric} gauge\n");

    private void Line(string metric, long value, params (string Name, string Value)[] labels)
    {
        StringBuilder line = new(metric);
        line.Append("{test=\"").Append(Escaped(command)).Append('"');
        foreach ((string name, string text) in labels)
            line.Append(',').Append(name).Append("=\"").Append(Escaped(text)).Append('"');
        output.Write(line.Append("} ").Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n'));
    }

    private static string Escaped(string text) => CliTerminal.Printable(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
