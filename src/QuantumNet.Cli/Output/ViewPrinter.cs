using System.Reflection;
using Spectre.Console;

namespace QuantumNet.Cli.Output;

/// <summary>Prints objects as tables or lists, as the module's format file says.
/// A table goes on while objects of its type come.</summary>
internal sealed class ViewPrinter
{
    private readonly Dictionary<string, TypeView> _views = FormatFile.Load();
    private readonly IAnsiConsole _console;
    private readonly int _width;
    private (Type Type, TablePrinter Table)? _open;

    public ViewPrinter(CliTerminal terminal)
    {
        _width = terminal.Width;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.UsesColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.UsesColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(terminal.Output),
            Interactive = InteractionSupport.No,
        });
        _console.Profile.Width = Math.Min(terminal.Width, MaximumWidth);
        _console.Profile.Capabilities.Unicode = true;
    }

    // Wide enough for any line, small enough for the console library's own arithmetic.
    private const int MaximumWidth = 1_000_000;

    /// <summary>Prints each run of objects of one type together.</summary>
    public void Print(IReadOnlyList<object> results, bool asList)
    {
        for (int start = 0; start < results.Count;)
        {
            Type type = results[start].GetType();
            int end = start + 1;
            while (end < results.Count && results[end].GetType() == type)
                end++;
            object[] run = [.. results.Skip(start).Take(end - start)];
            PrintRun(type, run, asList);
            start = end;
        }
    }

    private void PrintRun(Type type, object[] run, bool asList)
    {
        if (_open?.Type == type && !asList)
        {
            _open.Value.Table.Print(run);
            return;
        }
        _open = null;
        if (type == typeof(string) || type.IsValueType)
        {
            foreach (object value in run)
                _console.WriteLine(CliTerminal.Printable(Values.ToText(value)));
            return;
        }
        TypeView view = _views.GetValueOrDefault(type.FullName ?? "") ?? new TypeView(null, [], []);
        if (asList || view.Table.Length == 0)
            new ListPrinter(_console, _width).Print(run, view.List.Length > 0 ? view.List : AllProperties(type));
        else
            OpenTable(type, view).Print(run);
    }

    private TablePrinter OpenTable(Type type, TypeView view)
    {
        var table = new TablePrinter(_console, _width, type, view);
        _open = (type, table);
        return table;
    }

    private static ViewColumn[] AllProperties(Type type) =>
        [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Select(property => new ViewColumn(property.Name, property.Name, AlignRight: false, Width: null))];
}
