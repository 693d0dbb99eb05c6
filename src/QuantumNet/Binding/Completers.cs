using System.Buffers;
using System.Collections;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using QuantumNet.Faults;
using QuantumNet.Pipeline;

namespace QuantumNet.Binding;

/// <summary>Completes a value from what this session has seen; never asks the network.</summary>
public abstract class SessionCompleter : IArgumentCompleter
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(" '\"$;&|(){},`");

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string start = wordToComplete.Trim('\'', '"');
        ConnectionStore store = PowerShellHost.StoreOf(Runspace.DefaultRunspace);
        return Candidates(store)
            .Where(candidate => Fits(candidate.Text, candidate.ToolTip, start))
            .DistinctBy(candidate => candidate.Text)
            .OrderBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase)
            .Select(candidate => new CompletionResult(
                Quote(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip));
    }

    /// <summary>All values the session knows, each with what to say about it.</summary>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store);

    /// <summary>Whether what was typed begins a value.</summary>
    private protected virtual bool Fits(string text, string toolTip, string start) =>
        text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    /// <summary>Names with what to say about them; a name without a word speaks for itself.</summary>
    private protected static IEnumerable<(string Text, string ToolTip)> From(
        IEnumerable<KeyValuePair<string, string>> names) =>
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

/// <summary>Ports that were read so far: by id, or by the address, MAC or instance that tells them apart.</summary>
public sealed class PortCompleter : SessionCompleter
{
    private const int ShortestWord = 2;

    private protected override bool Fits(string text, string toolTip, string start) => base.Fits(text, toolTip, start)
        || (start.Length >= ShortestWord
            && Array.Exists(toolTip.Split(' '), word => word.StartsWith(start, StringComparison.OrdinalIgnoreCase)));

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store) => From(store.Ports);
}

/// <summary>MAC addresses of ports that were read so far.</summary>
public sealed class MacCompleter : SessionCompleter
{
    private const int MacLength = 17;

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        store.Ports.SelectMany(port => port.Value.Split(' ').Where(IsMac).Select(mac => (mac, port.Key)));

    private static bool IsMac(string word) => word.Length == MacLength && word.Count(letter => letter == ':') == 5;
}

/// <summary>Networks that were read so far.</summary>
public sealed class NetworkCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store) => From(store.Networks);
}

/// <summary>Open vSwitch bridges that were read so far.</summary>
public sealed class BridgeCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store) => From(store.Bridges);
}

/// <summary>Instances that were read so far, by id.</summary>
public sealed class InstanceCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store) => From(store.Instances);
}

/// <summary>Names of instances that were read so far.</summary>
public sealed class InstanceNameCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        store.Instances.Where(instance => instance.Value.Length > 0).Select(instance => (instance.Value, instance.Key));
}

/// <summary>OpenFlow tables that were read so far.</summary>
public sealed class FlowTableCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store) => From(store.FlowTables);
}

/// <summary>Tables of iptables: those that were read so far, or else those there are.</summary>
public sealed class IptablesTableCompleter : SessionCompleter
{
    private static readonly string[] s_known = ["filter", "mangle", "nat", "raw", "security"];

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        store.IptablesTables.IsEmpty ? s_known.Select(table => (table, "iptables table")) : From(store.IptablesTables);
}

/// <summary>Names of this session's connections.</summary>
public sealed class ConnectionCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        store.All.Select(one => (one.Name, $"{one.ControlPlane} {string.Join(", ", one.ComputerName)}".Trim()));
}

/// <summary>Codes of the catalogue of checks.</summary>
public sealed class CheckCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(ConnectionStore store) =>
        CheckCatalog.All.Select(check => (check.Code, check.Title));
}
