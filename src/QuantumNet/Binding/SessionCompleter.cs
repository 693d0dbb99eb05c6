using System.Buffers;
using System.Collections;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using QuantumNet.Pipeline;

namespace QuantumNet.Binding;

/// <summary>Completes a value from what the command line names (a snapshot, an inventory, a connection) or what this
/// session has seen; never asks the network, and never lets file names stand in.</summary>
public abstract class SessionCompleter : IArgumentCompleter
{
    private const string NothingKnown = "Nothing of that kind is known yet: a Get- cmdlet, or -Snapshot, tells.";

    private static readonly SearchValues<char> s_special = SearchValues.Create(" '\"$;&|(){},`");

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string start = wordToComplete.Trim('\'', '"');
        ConnectionStore store = PowerShellHost.StoreOf(Runspace.DefaultRunspace);
        CompletionResult[] results = [.. Fitting(store, NamesFor(fakeBoundParameters, store), start)
            .Select(candidate => new CompletionResult(
                Quote(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip))];
        // PowerShell offers files where a completer has nothing to say: what is typed stands for itself then.
        return results.Length > 0 ? results : [new CompletionResult(
            wordToComplete.Length > 0 ? wordToComplete : " ", wordToComplete.Length > 0 ? wordToComplete : " ",
            CompletionResultType.ParameterValue, NothingKnown)];
    }

    /// <summary>The values that fit what was typed, in order.</summary>
    internal IEnumerable<(string Text, string ToolTip)> Fitting(ConnectionStore store, SeenNames names, string start) =>
        Candidates(store, names)
            .Where(candidate => Fits(candidate.Text, candidate.ToolTip, start))
            .DistinctBy(candidate => candidate.Text)
            .OrderBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase);

    /// <summary>All values there are, each with what to say about it.</summary>
    /// <param name="store">The session's connections.</param>
    /// <param name="names">The names to choose from.</param>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store, SeenNames names);

    /// <summary>Whether what was typed begins a value.</summary>
    private protected virtual bool Fits(string text, string toolTip, string start) =>
        text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static SeenNames NamesFor(IDictionary given, ConnectionStore store) =>
        NamedBy(given, store) is { IsEmpty: false } named ? named
        : store.Default is { } own && store.Seen.IsEmpty ? NamesOf(own) : store.Seen;

    /// <summary>The names in what the command line names; null where it names nothing.</summary>
    private static SeenNames? NamedBy(IDictionary given, ConnectionStore store) =>
        (given["Snapshot"] ?? given["Reference"]) is string snapshot ? SnapshotNames.OfSnapshot(FullPath(snapshot))
        : given["Inventory"] is string inventory ? SnapshotNames.OfInventory(FullPath(inventory))
        : given["Connection"] is string name && store.All.FirstOrDefault(
            one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } connection
        ? NamesOf(connection) : null;

    private static SeenNames NamesOf(QuantumConnection connection) => connection.Snapshot.Length > 0
        ? SnapshotNames.OfSnapshot(connection.Snapshot)
        : SnapshotNames.OfNodes(connection.ComputerName.Select(node => (node, "node of the connection")));

    /// <summary>A path as it is typed: from the location of the session.</summary>
    private static string FullPath(string path)
    {
        const string Resolve = "$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0])";
        try
        {
            using PowerShell session = PowerShell.Create(RunspaceMode.CurrentRunspace);
            return session.AddScript(Resolve).AddArgument(path).Invoke<string>().Single();
        }
        catch (Exception e) when (e is RuntimeException or InvalidOperationException)
        {
            return Path.GetFullPath(path);
        }
    }

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(s_special) < 0 ? text : $"'{text.Replace("'", "''")}'";
}

/// <summary>Completes names of one kind: those that were read, and those that are always there.</summary>
/// <param name="kind">The kind.</param>
/// <param name="known">Values that need no cloud.</param>
public abstract class SeenCompleter(string kind, params string[] known) : SessionCompleter
{
    private readonly NameKind _kind = Enum.Parse<NameKind>(kind);

    /// <summary>The kind of names.</summary>
    internal string Kind => kind;

    /// <summary>Values that need no cloud.</summary>
    internal IReadOnlyList<string> Known => known;

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store, SeenNames names) =>
            names.Of(_kind).Select(name => (name.Key, string.IsNullOrWhiteSpace(name.Value) ? name.Key : name.Value))
                .Concat(known.Select(value => (value, value)));
}

/// <summary>Values that are always the same.</summary>
/// <param name="known">The values.</param>
public abstract class FixedCompleter(params string[] known) : SessionCompleter
{
    /// <summary>The values.</summary>
    internal IReadOnlyList<string> Known => known;

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store, SeenNames names) => known.Select(value => (value, value));
}
