using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli.Completion;

/// <summary>Prints the names that fit what is typed, for the scripts of shells: from the snapshot or inventory that the
/// command line names, or else the environment. No node is asked.</summary>
internal static class SeenValues
{
    /// <summary>Prints them, each with what to say about it behind a tab.</summary>
    /// <param name="kind">The kind of names, such as Port.</param>
    /// <param name="typed">What is typed of one.</param>
    /// <param name="source"><c>--Snapshot PATH</c> or <c>--Inventory PATH</c>, or nothing.</param>
    /// <param name="terminal">Where they go.</param>
    public static void Print(string kind, string typed, string[] source, CliTerminal terminal)
    {
        if (CompleterOf(kind) is not { } completer)
            return;
        SeenNames names = Names(source, terminal);
        foreach ((string text, string toolTip) in completer.Fitting(new ConnectionStore(), names, typed)
            .Where(one => !completer.Known.Contains(one.Text)))
            terminal.Output.WriteLine($"{OneLine(text)}\t{OneLine(toolTip)}");
    }

    private static SeenNames Names(string[] source, CliTerminal terminal) => source switch
    {
        [var name, var path] when name.Equals("--Snapshot", StringComparison.OrdinalIgnoreCase) =>
            SnapshotNames.OfSnapshot(Path.GetFullPath(path)),
        [var name, var path] when name.Equals("--Inventory", StringComparison.OrdinalIgnoreCase) =>
            SnapshotNames.OfInventory(Path.GetFullPath(path)),
        _ when terminal.Variable(DefaultSource.Snapshot) is { Length: > 0 } snapshot =>
            SnapshotNames.OfSnapshot(Path.GetFullPath(snapshot)),
        _ when terminal.Variable(DefaultSource.Inventory) is { Length: > 0 } inventory =>
            SnapshotNames.OfInventory(Path.GetFullPath(inventory)),
        _ => new SeenNames(),
    };

    private static SeenCompleter? CompleterOf(string kind) => typeof(SeenCompleter).Assembly.GetExportedTypes()
        .Where(type => type.BaseType == typeof(SeenCompleter))
        .Select(type => (SeenCompleter)Activator.CreateInstance(type)!)
        .FirstOrDefault(one => one.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase));

    /// <summary>Names come from nodes: no control character of theirs reaches a terminal.</summary>
    private static string OneLine(string text) =>
        new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
