using System.Reflection;
using Spectre.Console;

namespace QuantumNet.Cli.Output;

/// <summary>Prints objects of one type as a table no wider than the terminal; with a group, one table for each run
/// of a group. Columns are as wide as the first rows need; a later row that needs more room takes it.</summary>
internal sealed class TablePrinter(IAnsiConsole console, int width, Type type, TypeView view)
{
    private const int Gap = 2;
    private const int NarrowestColumn = 4;

    private readonly ViewColumn[] _columns = view.Table;
    private readonly PropertyInfo?[] _properties = Array.ConvertAll(view.Table,
        column => type.GetProperty(column.Property));
    private readonly PropertyInfo? _groupBy = view.GroupBy is null ? null : type.GetProperty(view.GroupBy);
    private string? _group;
    private int[]? _widths;

    /// <summary>Prints rows: the first ones, or more of them.</summary>
    public void Print(object[] rows)
    {
        if (_groupBy is null)
        {
            PrintRows(rows);
            return;
        }
        foreach (IGrouping<string, object> part in rows.GroupBy(row => Values.ToText(_groupBy.GetValue(row))))
        {
            if (part.Key != _group)
            {
                (_group, _widths) = (part.Key, null);
                console.WriteLine();
                console.Write(new Text($"   {_groupBy.Name}: {CliTerminal.Printable(part.Key)}\n\n"));
            }
            PrintRows([.. part]);
        }
    }

    private void PrintRows(object[] rows)
    {
        object?[][] values = Array.ConvertAll(rows,
            row => Array.ConvertAll(_properties, property => property?.GetValue(row)));
        string[][] cells = Array.ConvertAll(values,
            line => line.Select((value, column) => OneLine(value, _columns[column])).ToArray());
        if (_widths is null)
        {
            _widths = Fit(Array.ConvertAll(_columns, column => column.Label.Length), cells);
            var heading = new Style(decoration: Decoration.Bold);
            PrintLine(Array.ConvertAll(_columns, column => column.Label), _widths, _ => heading);
        }
        for (int row = 0; row < rows.Length; row++)
        {
            object?[] line = values[row];
            PrintLine(cells[row], Fit(_widths, [cells[row]]), column => Colours.Of(line[column]));
        }
    }

    private void PrintLine(string[] texts, int[] widths, Func<int, Style> style)
    {
        var line = new Paragraph();
        for (int i = 0; i < texts.Length; i++)
        {
            bool isLast = i == texts.Length - 1;
            string text = Cut(texts[i], widths[i]);
            if (_columns[i].AlignRight)
                line.Append(new string(' ', widths[i] - text.Length));
            line.Append(text, style(i));
            if (!isLast)
                line.Append(new string(' ', Gap + (_columns[i].AlignRight ? 0 : widths[i] - text.Length)));
        }
        console.Write(line);
        console.WriteLine();
    }

    /// <summary>As wide as the widest cell; what does not fit is taken from columns.</summary>
    private int[] Fit(int[] atLeast, string[][] cells)
    {
        int[] widths = [.. atLeast];
        for (int i = 0; i < widths.Length; i++)
        {
            foreach (string[] row in cells)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }
        int room = width == int.MaxValue ? int.MaxValue : width - Gap * (_columns.Length - 1);
        for (long excess = widths.Sum(one => (long)one) - room; excess > 0; excess--)
        {
            int giver = Giver(widths);
            if (widths[giver] <= NarrowestColumn)
                break;
            widths[giver]--;
        }
        return widths;
    }

    /// <summary>The widest of the columns that have more than their view asks for, else the widest of all.</summary>
    private int Giver(int[] widths)
    {
        int giver = -1;
        for (int i = 0; i < widths.Length; i++)
        {
            if (widths[i] > (_columns[i].Width ?? int.MaxValue) && (giver < 0 || widths[i] > widths[giver]))
                giver = i;
        }
        return giver >= 0 ? giver : Array.IndexOf(widths, widths.Max());
    }

    private static string OneLine(object? value, ViewColumn column) =>
        CliTerminal.Printable(Values.ToText(value, column)).ReplaceLineEndings(" ").Replace('\t', ' ').TrimEnd();

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, Math.Max(length - 1, 0)), "…");
}
