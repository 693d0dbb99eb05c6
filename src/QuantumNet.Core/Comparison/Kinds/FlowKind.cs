using System.Globalization;
using QuantumNet.Topology;

namespace QuantumNet.Comparison.Kinds;

/// <summary>Flows, by what they match and do.</summary>
internal static class FlowKind
{
    public static readonly ComparedKind<OvsFlow> Flows = new()
    {
        Name = "flow",
        Collector = "OvsFlow",
        Records = node => node.State.OvsFlows,
        Aside = flow => flow.HardTimeoutSeconds > 0 || flow.IdleTimeoutSeconds > 0 ? ComparisonDetail.Learned : null,
        Layer = (flow, node) => SwitchKinds.LayerOf(flow.Bridge, node),
        // OpenFlow holds one flow for a table, a priority and a match.
        Identity = (flow, node) => string.Create(CultureInfo.InvariantCulture,
            $"{flow.Bridge}|{flow.Table}|{flow.TableName}|{flow.Priority}|{FlowWords.Match(node, flow)}"),
        Object = ObjectOf,
        Text = flow => string.Join(',', flow.Actions),
        Whole = (flow, node) => FlowWords.Match(node, flow),
        // Who does the same with other packets has likely changed what it matches.
        Likeness = (flow, node) => string.Create(CultureInfo.InvariantCulture,
            $"{flow.Bridge}|{flow.Table}|{flow.Priority}|{FlowWords.Actions(node, flow.Bridge, flow.Actions)}"),
        Facts =
        [
            new("actions", Suspicion.Decision, (flow, node) => FlowWords.Actions(node, flow.Bridge, flow.Actions))
                { Shown = flow => string.Join(',', flow.Actions) },
            new("idle time-out", Suspicion.Setting, flow => $"{flow.IdleTimeoutSeconds}"),
            new("hard time-out", Suspicion.Setting, flow => $"{flow.HardTimeoutSeconds}"),
            new("cookie", ComparisonDetail.Cookie, flow => $"0x{flow.Cookie:x}"),
            new("packets", ComparisonDetail.Counter, flow => $"{flow.PacketCount}"),
            new("age", ComparisonDetail.Age, flow => $"{flow.DurationSeconds} s"),
        ],
        Line = (flow, _) => flow.ToEvidence(),
        Subject = flow => flow.Bridge,
        Within = (flow, _) => $"bridge {flow.Bridge}",
        BelongsTo = (flow, _) => new() { Bridge = flow.Bridge, Flow = flow },
        WhenGone = flow => FlowRoles.Drops(flow) ? Suspicion.Addition : Suspicion.Loss,
        WhenNew = flow => FlowRoles.Drops(flow) ? Suspicion.Decision : Suspicion.Addition,
    };

    private static string ObjectOf(OvsFlow flow)
    {
        string table = flow.TableName.Length > 0 ? flow.TableName
            : flow.Table.ToString(CultureInfo.InvariantCulture);
        string match = flow.Match.Length > 0 ? $" {flow.Match}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{flow.Bridge} table {table} priority {flow.Priority}{match}");
    }
}
