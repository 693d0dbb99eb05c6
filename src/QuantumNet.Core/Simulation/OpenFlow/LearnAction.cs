namespace QuantumNet.Simulation.OpenFlow;

/// <summary><c>learn(table=20,priority=1,NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[])</c>: adds a flow
/// made of what the packet holds, which later packets meet (ovs-actions(7); learn_execute() in lib/learn.c). This
/// packet does not: its tables are those of when it came in.</summary>
internal sealed class LearnAction(OvsAction source, LearnTemplate template) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        if (template.NotModelled.Length > 0)
        {
            at.LearnUnknown(template.Table, $"what {Source.RawText} adds is not modelled: {template.NotModelled}");
            return true;
        }
        if (template.UnknownSource(at.Packet) is { } unknown)
        {
            at.LearnUnknown(template.Table,
                $"the flow that learn adds hangs on {unknown.Name}, whose value is not known");
            return true;
        }
        bool isAdded = at.Learn(template);
        if (template.Result is FieldPart result)
            FieldWriter.Write(at.Packet, result, isAdded ? 1u : 0u, 0);
        return true;
    }
}
