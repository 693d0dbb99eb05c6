using System.Globalization;
using QuantumNet.Parsing;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Simulation.Assumptions;

/// <summary>A flow added to a bridge, or flows taken from it (ovs-ofctl(8), Flow Syntax).</summary>
internal sealed class AssumedFlow : IAssumedChange
{
    private const int DefaultPriority = 32768;

    public string[] Forms { get; } =
    [
        "ovs-ofctl add-flow BRIDGE FLOW", "ovs-ofctl del-flows BRIDGE [MATCH]",
        "ovs-ofctl --strict del-flows BRIDGE MATCH",
    ];

    public string? Apply(NodeState node, Assumption change)
    {
        string[] words = [.. change.Argv.Where(word => word != "--strict")];
        bool isStrict = words.Length < change.Argv.Length;
        return words switch
        {
            ["ovs-ofctl", "add-flow", var bridge, var flow] =>
                OnBridge(node, bridge, () => Add(node, change, bridge, flow)),
            ["ovs-ofctl", "del-flows", var bridge] => OnBridge(node, bridge, () => Delete(node, bridge, "", isStrict)),
            ["ovs-ofctl", "del-flows", var bridge, var match] =>
                OnBridge(node, bridge, () => Delete(node, bridge, match, isStrict)),
            _ => null,
        };
    }

    private static string OnBridge(NodeState node, string bridge, Func<string> act) =>
        node.OvsPorts.Exists(port => port.Bridge == bridge) ? act()
            : $"{node.ComputerName} has no bridge '{bridge}', or its ports were not collected";

    // add-flow writes what dump-flows prints, but for the comma before the actions.
    private static string Add(NodeState node, Assumption change, string bridge, string text)
    {
        int at = text.IndexOf("actions=", StringComparison.Ordinal);
        if (at < 0)
            return "a flow needs actions=";
        Dictionary<string, string> own = [];
        string match = Without(text[..at].TrimEnd(',', ' '), own);
        string line = string.Create(CultureInfo.InvariantCulture, $" cookie={own.GetValueOrDefault("cookie", "0x0")}, "
            + $"duration=0s, table={own.GetValueOrDefault("table", "0")}, n_packets=0, n_bytes=0, "
            + $"priority={own.GetValueOrDefault("priority", $"{DefaultPriority}")}"
            + $"{(match.Length > 0 ? "," : "")}{match} {text[at..]}");
        List<ParseIssue> issues = [];
        TextSource source = new(node.ComputerName, change.Command, issues) { Bridge = bridge };
        if (!OvsFlowParser.TryParse(line, source, out OvsFlow flow) || issues.Count > 0)
            return issues.Count > 0 ? $"the flow was not understood at '{issues[0].Text}'"
                : "the flow was not understood";
        // A flow with the same match and priority is replaced.
        node.OvsFlows.RemoveAll(other => other.Bridge == bridge && other.Table == flow.Table
            && other.Priority == flow.Priority && Compare(node, bridge, flow.Match, other.Match) == Covering.Same);
        node.OvsFlows.Add(flow);
        return "";
    }

    private static string Delete(NodeState node, string bridge, string text, bool isStrict)
    {
        Dictionary<string, string> own = [];
        string match = Without(text, own);
        int? table = Number(own, "table"), priority = Number(own, "priority");
        if (isStrict)
            priority ??= DefaultPriority;
        int gone = node.OvsFlows.RemoveAll(flow => flow.Bridge == bridge && (table is null || flow.Table == table)
            && (priority is null || flow.Priority == priority)
            && Compare(node, bridge, match, flow.Match) is var covering
            && (covering == Covering.Same || (!isStrict && covering == Covering.Wider)));
        return gone > 0 ? "" : $"no flow of {bridge} matches '{text}'";
    }

    private enum Covering
    {
        Other,
        Same,
        Wider,
    }

    // Whether the first match covers every packet of the second.
    private static Covering Compare(NodeState node, string bridge, string one, string other)
    {
        FlowMatch wide = Read(node, bridge, one), narrow = Read(node, bridge, other);
        if (wide.Unmodelled.Length > 0 || narrow.Unmodelled.Length > 0)
            return string.Equals(one, other, StringComparison.Ordinal) ? Covering.Same : Covering.Other;
        return !wide.Covers(narrow) ? Covering.Other : narrow.Covers(wide) ? Covering.Same : Covering.Wider;
    }

    private static FlowMatch Read(NodeState node, string bridge, string match) =>
        FlowMatch.Read(match, name => int.TryParse(name, out int number) ? number
            : node.OvsPorts.Find(port => port.Bridge == bridge && port.Device == name.Trim('"'))?.OfPort);

    // What stands among the match and is none: taken out.
    private static string Without(string text, Dictionary<string, string> own)
    {
        List<string> match = [];
        foreach (string item in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = item.IndexOf('=', StringComparison.Ordinal);
            string name = at < 0 ? item : item[..at];
            if (name is "table" or "priority" or "cookie" or "idle_timeout" or "hard_timeout" or "importance")
                own[name] = item[(at + 1)..];
            else
                match.Add(item);
        }
        return string.Join(',', match);
    }

    private static int? Number(Dictionary<string, string> own, string name) =>
        own.TryGetValue(name, out string? text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
