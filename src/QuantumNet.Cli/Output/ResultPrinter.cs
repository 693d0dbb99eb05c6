using QuantumNet.Cli.Binding;

namespace QuantumNet.Cli.Output;

/// <summary>Prints what a cmdlet emitted.</summary>
internal static class ResultPrinter
{
    public static void Print(string command, IReadOnlyList<object> results, OutputFormat format, CliTerminal terminal)
    {
        switch (format)
        {
            case OutputFormat.Json:
                JsonResults.Write(results, terminal.Output);
                break;
            case OutputFormat.Csv:
                CsvResults.Write(results, terminal.Output);
                break;
            case OutputFormat.JUnit:
                JUnitResults.Write(command, results, terminal.Output);
                break;
            default:
                new ViewPrinter(terminal).Print(results, AsList(results, format));
                break;
        }
        terminal.Output.Flush();
    }

    private static bool AsList(IReadOnlyList<object> results, OutputFormat format) =>
        format == OutputFormat.List || format == OutputFormat.Default && results is [DhcpPathResult];
}
