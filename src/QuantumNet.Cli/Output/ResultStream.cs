using QuantumNet.Cli.Binding;

namespace QuantumNet.Cli.Output;

/// <summary>Prints what a cmdlet emits, as it comes.</summary>
internal abstract class ResultStream
{
    /// <summary>Opens the stream of a format.</summary>
    /// <param name="command">The cmdlet's name.</param>
    /// <param name="format">How to print.</param>
    /// <param name="terminal">Where to.</param>
    public static ResultStream Open(string command, OutputFormat format, CliTerminal terminal) => format switch
    {
        OutputFormat.Json => new JsonResults(terminal.Output),
        OutputFormat.JsonLines => new JsonLineResults(terminal.Output),
        OutputFormat.Csv => new CsvResults(terminal.Output, isRaw: false),
        OutputFormat.RawCsv => new CsvResults(terminal.Output, isRaw: true),
        OutputFormat.JUnit => new JUnitResults(command, terminal.Output),
        OutputFormat.OpenMetrics => new MetricResults(command, terminal.Output),
        _ => new ViewResults(terminal, format),
    };

    /// <summary>Prints a result, or keeps it for a moment.</summary>
    public abstract void Add(object result);

    /// <summary>Takes an error, where the format has a place for it; standard error shows it in any case.</summary>
    public virtual void Add(QuantumError error)
    {
    }

    /// <summary>Prints what is left: nothing more will come.</summary>
    public abstract void End();
}
