using QuantumNet.Parsing;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Simulation.Bridge;

namespace QuantumNet.Simulation.OpenFlow;

/// <summary>What a packet leaves behind: addresses that NORMAL learns, flows that <c>learn</c> adds.</summary>
internal sealed partial class Translation
{
    private List<LearnedMac> _learned = [];
    private List<LearnedFlow> _learnedFlows = [];

    /// <summary>NORMAL learns that the packet's source is behind the port it came in by.</summary>
    public void Learn(int vlan, SwitchPort from)
    {
        if (!Packet.IsUnknown(PacketFields.EthernetSource))
            _learned.Add(new LearnedMac(Bridge.Name, vlan, Packet[PacketFields.EthernetSource], from.Name));
    }

    /// <summary>Adds the flow that a template makes of the packet.</summary>
    /// <returns>Whether it is added: false where its table holds as many already as it may.</returns>
    public bool Learn(LearnTemplate template)
    {
        OvsFlow learning = Learning;
        string text = template.Write(Packet);
        var source = new TextSource(learning.ComputerName, learning.Command, []) { Bridge = Bridge.Name };
        if (!OvsFlowParser.TryParse(text, source, out OvsFlow flow))
        {
            LearnUnknown(template.Table, $"the flow that learn adds is not understood: {text.Trim()}");
            return true;
        }
        bool isFull = template.Limit is int limit && Bridge.Table(template.Table) is { } table
            && table.Flows.Count(one => one.Flow.Cookie == flow.Cookie) >= limit;
        Note(isFull ? $"table {template.Table} holds as many flows as it may: none is added" : $"adds {text.Trim()}");
        if (!isFull)
            _learnedFlows.Add(new LearnedFlow(Bridge.Name, template.Table,
                flow with { LineNumber = learning.LineNumber }, ""));
        return !isFull;
    }

    /// <summary>Notes that a flow is added which cannot be determined: who comes to its table later cannot be followed.
    /// </summary>
    public void LearnUnknown(int table, string reason)
    {
        Note(reason);
        _learnedFlows.Add(new LearnedFlow(Bridge.Name, table, null, reason));
    }

    /// <summary>The flow whose actions are executed.</summary>
    private OvsFlow Learning => _step.FlowsMet().FirstOrDefault() ?? new OvsFlow();
}
