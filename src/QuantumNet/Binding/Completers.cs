using System.Buffers;
using System.Collections;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using QuantumNet.Checks;
using QuantumNet.Pipeline;

namespace QuantumNet.Binding;

/// <summary>Completes a value from what this session has seen; never asks the network.</summary>
public abstract class SessionCompleter : IArgumentCompleter
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(" '\"$;&|(){},`");

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = wordToComplete.Trim('\'', '"');
        ConnectionStore store = PowerShellHost.StoreOf(Runspace.DefaultRunspace);
        return Candidates(store)
            .Where(candidate => candidate.Text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(candidate => candidate.Text)
            .OrderBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase)
            .Select(candidate => new CompletionResult(
                Quote(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip));
    }

    /// <summary>All values the session knows, each with what to say about it.</summary>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store);

    /// <summary>Names with what to say about them; a name without a word speaks for itself.</summary>
    private protected static IEnumerable<(string Text, string ToolTip)> From(IEnumerable<KeyValuePair<string, string>> names) =>
        names.Select(name => (name.Key, string.IsNullOrWhiteSpace(name.Value) ? name.Key : name.Value));

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(s_special) < 0 ? text : $"'{text.Replace("'", "''")}'";
}

/// <summary>Nodes: of the connection, and of what was read so far.</summary>
public sealed class NodeCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        From(store.Nodes).Concat((store.Default?.ComputerName ?? []).Select(node => (node, "node of the connection")));
}

/// <summary>Ports that were read so far.</summary>
public sealed class PortCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) => From(store.Ports);
}

/// <summary>Networks that were read so far.</summary>
public sealed class NetworkCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) => From(store.Networks);
}

/// <summary>Open vSwitch bridges that were read so far.</summary>
public sealed class BridgeCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) => From(store.Bridges);
}

/// <summary>Codes of the catalogue of checks.</summary>
public sealed class CheckCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        CheckCatalog.All.Select(check => (check.Code, check.Title));
}
