namespace QuantumNet.Paths;

/// <summary>One bridge's flows by table, each table ready to be looked up in. A flow lies under the one field that
/// tells it from most others; a look-up then meets few flows, however many the table has.</summary>
internal sealed class FlowTables
{
    private readonly Dictionary<int, Table> _tables = [];

    public FlowTables(IEnumerable<OvsFlow> flows)
    {
        foreach (OvsFlow flow in flows)
        {
            Count++;
            if (!_tables.TryGetValue(flow.Table, out Table? table))
                _tables[flow.Table] = table = new Table();
            table.Add(flow);
        }
        foreach (Table table in _tables.Values)
            table.Sort();
    }

    /// <summary>How many flows there are.</summary>
    public int Count { get; }

    /// <summary>The flow of a table that a packet meets; null where none matches.
    /// Where a flow that may or may not match stands before it, that one as well.</summary>
    public (OvsFlow? Met, OvsFlow? Unclear) Find(int table, FlowPacket packet) =>
        _tables.TryGetValue(table, out Table? found) ? found.Find(packet) : (null, null);

    private sealed class Table
    {
        private readonly Dictionary<long, List<OvsFlow>> _byMac = [];
        private readonly Dictionary<long, List<OvsFlow>> _byKey = [];
        private readonly Dictionary<long, List<OvsFlow>> _byPort = [];
        private readonly Dictionary<long, List<OvsFlow>> _byVlan = [];
        private readonly List<OvsFlow> _others = [];

        public void Add(OvsFlow flow)
        {
            if (flow.Find("dl_dst") is { Mask.Length: 0 } mac && FlowPacket.Mac(mac.Value) is long address)
                Add(_byMac, address, flow);
            else if (flow.Find("tun_id") is { Mask.Length: 0 } tunnel && FlowRoles.Number(tunnel.Value) is long key)
                Add(_byKey, key, flow);
            else if (flow.Find("in_port") is { } input && FlowRoles.Number(input.Value) is long port)
                Add(_byPort, port, flow);
            else if (flow.Find("dl_vlan") is { } vlan && FlowRoles.Number(vlan.Value) is long number)
                Add(_byVlan, number == 0xffff ? 0 : number, flow);
            else
                _others.Add(flow);
        }

        // The order of equals is kept: of two flows of one priority the first is taken.
        public void Sort()
        {
            foreach (List<OvsFlow> flows in _byMac.Values.Concat(_byKey.Values).Concat(_byPort.Values)
                .Concat(_byVlan.Values).Append(_others))
            {
                OvsFlow[] sorted = [.. flows.OrderByDescending(flow => flow.Priority)];
                flows.Clear();
                flows.AddRange(sorted);
            }
        }

        public (OvsFlow? Met, OvsFlow? Unclear) Find(FlowPacket packet)
        {
            OvsFlow? met = null, unclear = null;
            foreach (List<OvsFlow> flows in ListsFor(packet))
            {
                foreach (OvsFlow flow in flows)
                {
                    if (met is not null && flow.Priority <= met.Priority)
                        break;
                    bool? matches = IsPartOnly(flow) ? false : FlowMatching.Matches(flow, packet);
                    if (matches == true)
                        met = flow;
                    else if (matches is null && (unclear is null || flow.Priority > unclear.Priority))
                        unclear = flow;
                }
            }
            return (met, unclear is not null && (met is null || unclear.Priority > met.Priority) ? unclear : null);
        }

        private IEnumerable<List<OvsFlow>> ListsFor(FlowPacket packet) =>
            [.. Lists(_byMac, packet.DestinationMac), .. Lists(_byKey, packet.TunnelKey),
                .. Lists(_byPort, packet.In.OfPort), .. Lists(_byVlan, packet.Vlan), _others];

        private static IEnumerable<List<OvsFlow>> Lists(Dictionary<long, List<OvsFlow>> by, long? value) =>
            value is not long known ? by.Values : by.TryGetValue(known, out List<OvsFlow>? flows) ? [flows] : [];

        private static void Add(Dictionary<long, List<OvsFlow>> by, long value, OvsFlow flow)
        {
            if (!by.TryGetValue(value, out List<OvsFlow>? flows))
                by[value] = flows = [];
            flows.Add(flow);
        }

        // A flow of a conjunction only adds to the one that asks for its conj_id.
        private static bool IsPartOnly(OvsFlow flow) => flow.ActionList is [{ Name: "conjunction" }, ..];
    }
}
