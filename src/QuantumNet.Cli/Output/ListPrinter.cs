using System.Reflection;
using Spectre.Console;

namespace QuantumNet.Cli.Output;

/// <summary>Prints objects as lists: one property a line, long values wrapped beside their label.</summary>
internal sealed class ListPrinter(IAnsiConsole console, int width)
{
    private const string Separator = " : ";

    public void Print(object[] rows, ViewColumn[] lines)
    {
        PropertyInfo?[] properties = Array.ConvertAll(lines, line => rows[0].GetType().GetProperty(line.Property));
        int label = lines.Max(line => line.Label.Length);
        foreach (object row in rows)
        {
            console.WriteLine();
            for (int i = 0; i < lines.Length; i++)
                PrintLine(lines[i].Label.PadRight(label), properties[i]?.GetValue(row), row);
        }
    }

    private void PrintLine(string label, object? value, object row)
    {
        Style style = Colours.Of(value);
        string lead = label + Separator;
        foreach (string line in LinesOf(value, row, Math.Max(width - lead.Length, 20)))
        {
            console.Write(new Text(lead, new Style(decoration: Decoration.Bold)));
            console.Write(new Text(line + "\n", style == Style.Plain ? StyleOf(line) : style));
            lead = new string(' ', lead.Length);
        }
    }

    private static IEnumerable<string> LinesOf(object? value, object row, int room)
    {
        string text = (value, row) switch
        {
            (Hop[], DhcpPathResult path) => DhcpPathText.Path(path),
            (DhcpTracePoint[], DhcpTraceResult trace) => TraceText.Matrix(trace),
            (OvsTunnelPair[], OvsMeshResult mesh) => OvsMeshText.Matrix(mesh),
            (Finding[] findings, IVerdict and not DhcpTraceResult or OvsTunnelPair) =>
                DhcpPathText.Findings(findings),
            (QuantumTool[] or QuantumService[], _) => string.Join('\n', (object[])value),
            (ReachabilityProbe[] probes, InstanceReachabilityResult) => ReachabilityText.Probes(probes),
            _ => Values.ToText(value),
        };
        return CliTerminal.Printable(text).ReplaceLineEndings("\n").Split('\n')
            .SelectMany(line => WrappedText.Lines(line, room));
    }

    /// <summary>The break of a drawn path stands out.</summary>
    private static Style StyleOf(string line) =>
        line.StartsWith(DhcpPathText.BreakMark) ? new Style(Color.Red) : Style.Plain;
}
