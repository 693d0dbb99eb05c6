using System.Globalization;

namespace QuantumNet.Observations.Counters;

/// <summary>Reads every counter of a cloud: iptables rules and policies, flows, devices.</summary>
internal static class CounterReader
{
    /// <summary>All counters, by what identifies them.</summary>
    public static Dictionary<CounterKey, CounterReading> Read(Cloud cloud)
    {
        Dictionary<CounterKey, CounterReading> readings = [];
        foreach (NodeState node in cloud.Nodes.Values)
        {
            foreach (IptablesRule rule in node.IptablesRules)
                AddRule(readings, rule);
            foreach (IptablesChain chain in node.IptablesChains)
                AddPolicy(readings, chain);
            foreach (OvsFlow flow in node.OvsFlows)
                Add(readings, Of(flow));
            foreach (NodeLink link in node.Links)
                AddLink(readings, link);
        }
        return readings;
    }

    /// <summary>The key of a flow: OpenFlow holds one flow for a table, priority and match.</summary>
    public static CounterKey KeyOf(OvsFlow flow) => new(flow.ComputerName, CounterKind.Flow, flow.Bridge,
        string.Create(CultureInfo.InvariantCulture, $"table={flow.Table},priority={flow.Priority},{flow.Match}"));

    /// <summary>The key of one of a device's counters.</summary>
    public static CounterKey KeyOf(NodeLink link, CounterKind kind) =>
        new(link.ComputerName, kind, Place(link.Namespace, link.Device), "");

    /// <summary>The key of a rule that stands only once in its chain.</summary>
    public static CounterKey KeyOf(IptablesRule rule) =>
        new(rule.ComputerName, CounterKind.IptablesRule, Place(rule.Namespace, rule.Table + " " + rule.Chain),
            WithoutCounters(rule.RawText));

    private static CounterReading Of(OvsFlow flow) => new()
    {
        Key = KeyOf(flow),
        Component = HopComponent.OvsBridge,
        Object = flow.Bridge,
        Packets = flow.PacketCount,
        Bytes = flow.ByteCount,
        AgeSeconds = flow.DurationSeconds,
        Source = flow,
    };

    private static void AddRule(Dictionary<CounterKey, CounterReading> into, IptablesRule rule)
    {
        if (rule.PacketCount is not long packets)
            return;
        Add(into, new CounterReading
        {
            Key = KeyOf(rule),
            Component = HopComponent.Iptables,
            Object = Place(rule.Namespace, rule.Table == "filter" ? rule.Chain : $"{rule.Table} {rule.Chain}"),
            Packets = packets,
            Bytes = rule.ByteCount,
            Source = rule,
        });
    }

    private static void AddPolicy(Dictionary<CounterKey, CounterReading> into, IptablesChain chain)
    {
        if (chain.Policy is "-" or "")
            return;
        Add(into, new CounterReading
        {
            Key = new(chain.ComputerName, CounterKind.IptablesPolicy,
                Place(chain.Namespace, $"{chain.Table} {chain.Chain}"), ""),
            Component = HopComponent.Iptables,
            Object = Place(chain.Namespace, chain.Table == "filter" ? chain.Chain : $"{chain.Table} {chain.Chain}"),
            Packets = chain.PacketCount,
            Bytes = chain.ByteCount,
            Source = chain,
        });
    }

    private static void AddLink(Dictionary<CounterKey, CounterReading> into, NodeLink link)
    {
        if (!link.HasCounters)
            return;
        Add(into, Of(link, CounterKind.LinkReceived, link.RxPackets, link.RxBytes));
        Add(into, Of(link, CounterKind.LinkSent, link.TxPackets, link.TxBytes));
        Add(into, Of(link, CounterKind.LinkReceiveDropped, link.RxDropped));
        Add(into, Of(link, CounterKind.LinkSendDropped, link.TxDropped));
        Add(into, Of(link, CounterKind.LinkReceiveErrors, link.RxErrors));
        Add(into, Of(link, CounterKind.LinkSendErrors, link.TxErrors));
    }

    private static CounterReading Of(NodeLink link, CounterKind kind, long packets, long? bytes = null) => new()
    {
        Key = KeyOf(link, kind),
        Component = ComponentOf(link),
        Object = Place(link.Namespace, link.Device),
        Packets = packets,
        Bytes = bytes,
        Incarnation = link.Index,
        Source = link,
    };

    private static HopComponent ComponentOf(NodeLink link) =>
        link.Namespace.Length > 0 ? HopComponent.Namespace
        : link.Device.StartsWith("tap", StringComparison.Ordinal) ? HopComponent.Tap
        : link.Kind == "bridge" || link.Device.StartsWith("qbr", StringComparison.Ordinal) ? HopComponent.LinuxBridge
        : link.Device.StartsWith("qv", StringComparison.Ordinal) ? HopComponent.Veth
        : link.Device.StartsWith("br-", StringComparison.Ordinal) ? HopComponent.OvsBridge
        : HopComponent.Underlay;

    // Equal rules may stand in a chain twice: the second is told from the first by a number.
    private static void Add(Dictionary<CounterKey, CounterReading> into, CounterReading reading)
    {
        CounterKey key = reading.Key;
        for (int copy = 2; !into.TryAdd(key, key == reading.Key ? reading : reading with { Key = key }); copy++)
            key = reading.Key
                with { Identity = string.Create(CultureInfo.InvariantCulture, $"{reading.Key.Identity} #{copy}") };
    }

    private static string Place(string @namespace, string name) =>
        @namespace.Length > 0 ? $"{@namespace} {name}" : name;

    private static string WithoutCounters(string rule)
    {
        int end = rule.StartsWith('[') ? rule.IndexOf(']', StringComparison.Ordinal) : -1;
        return rule[(end + 1)..].Trim();
    }
}
