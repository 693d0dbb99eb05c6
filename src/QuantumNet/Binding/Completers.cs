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

    private protected static IEnumerable<NodeState> NodesOf(ConnectionStore store) => store.LastCloud?.Nodes.Values ?? [];

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(s_special) < 0 ? text : $"'{text.Replace("'", "''")}'";
}

/// <summary>Nodes: of the connection, and of the last cloud read.</summary>
public sealed class NodeCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        (store.Default?.ComputerName ?? []).Select(node => (node, "node of the connection"))
        .Concat(NodesOf(store).Select(node => (node.ComputerName, NonEmpty(string.Join(", ", node.Roles), "node"))));

    private static string NonEmpty(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}

/// <summary>Ports of the last cloud read.</summary>
public sealed class PortCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        (store.LastCloud?.Records.Ports ?? []).Select(
            port => (port.PortId, $"{port.IpAddress} {port.Mac} {port.DeviceOwner} {port.ComputerName}"));
}

/// <summary>Networks of the last cloud read.</summary>
public sealed class NetworkCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        (store.LastCloud?.Records.Networks ?? []).Select(network => (network.NetworkId, network.ToString()));
}

/// <summary>Open vSwitch bridges of the last cloud read.</summary>
public sealed class BridgeCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        NodesOf(store).SelectMany(node => node.OvsBridges).Select(bridge => (bridge.Bridge, "Open vSwitch bridge"));
}

/// <summary>Codes of the catalogue of checks.</summary>
public sealed class CheckCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        CheckCatalog.All.Select(check => (check.Code, check.Title));
}
