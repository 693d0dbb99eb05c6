using System.Reflection;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace QuantumNet.Cli.Output;

/// <summary>Prints objects of one type as tables, one for each run of a group.</summary>
internal sealed class TablePrinter(IAnsiConsole console, int width)
{
    private const int Gap = 2;
    private const int NarrowestColumn = 4;

    public void Print(object[] rows, TypeView view)
    {
        PropertyInfo? group = view.GroupBy is null ? null : rows[0].GetType().GetProperty(view.GroupBy);
        if (group is null)
        {
            PrintTable(rows, view.Table);
            return;
        }
        foreach (IGrouping<string, object> part in rows.GroupBy(row => Values.ToText(group.GetValue(row))))
        {
            console.WriteLine();
            console.Write(new Text($"   {group.Name}: {CliTerminal.Printable(part.Key)}\n\n"));
            PrintTable([.. part], view.Table);
        }
    }

    private void PrintTable(object[] rows, ViewColumn[] columns)
    {
        PropertyInfo?[] properties = Array.ConvertAll(columns, column => rows[0].GetType().GetProperty(column.Property));
        object?[][] values = Array.ConvertAll(rows, row => Array.ConvertAll(properties, property => property?.GetValue(row)));
        string[][] cells = Array.ConvertAll(values, line => Array.ConvertAll(line, OneLine));
        int[] widths = Fit(columns, cells);

        var table = new Table().NoBorder();
        for (int i = 0; i < columns.Length; i++)
        {
            table.AddColumn(new TableColumn(new Text(Cut(columns[i].Label, widths[i]), new Style(decoration: Decoration.Bold)))
            {
                Width = widths[i],
                NoWrap = true,
                Padding = new Padding(0, 0, i < columns.Length - 1 ? Gap : 0, 0),
                Alignment = columns[i].AlignRight ? Justify.Right : Justify.Left,
            });
        }
        for (int row = 0; row < rows.Length; row++)
            table.AddRow(ToCells(values[row], cells[row], widths));
        console.Write(table);
    }

    private static IEnumerable<IRenderable> ToCells(object?[] values, string[] texts, int[] widths)
    {
        for (int i = 0; i < texts.Length; i++)
            yield return new Text(Cut(texts[i], widths[i]), Colours.Of(values[i]));
    }

    /// <summary>As wide as the widest cell; what does not fit is taken from the widest columns.</summary>
    private int[] Fit(ViewColumn[] columns, string[][] cells)
    {
        var widths = new int[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            widths[i] = columns[i].Label.Length;
            foreach (string[] row in cells)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }
        int room = width == int.MaxValue ? int.MaxValue : width - Gap * (columns.Length - 1);
        for (long excess = widths.Sum(one => (long)one) - room; excess > 0; excess--)
        {
            int widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= NarrowestColumn)
                break;
            widths[widest]--;
        }
        return widths;
    }

    private static string OneLine(object? value) => CliTerminal.Printable(Values.ToText(value)).ReplaceLineEndings(" ").Replace('\t', ' ').Trim();

    private static string Cut(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, Math.Max(length - 1, 0)), "…");
}
