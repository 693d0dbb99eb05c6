namespace QuantumNet.Simulation.OpenFlow;

/// <summary>An action of a flow, compiled.</summary>
internal abstract class FlowAction(OvsAction source)
{
    /// <summary>The action as dumped.</summary>
    public OvsAction Source { get; } = source;

    /// <summary>Does it; false when the rest of the list is not to be executed.</summary>
    public abstract bool Run(Translation at);
}

/// <summary>An action that changes nothing of a packet's way: note, set_queue ...</summary>
internal sealed class NothingAction(OvsAction source) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at) => true;
}

/// <summary>An action that is not modelled, or not understood.</summary>
internal sealed class UnmodelledAction(OvsAction source, string reason) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at) => at.CannotTell(reason);
}

/// <summary>exit: nothing more is executed, here and in those who came here.</summary>
internal sealed class ExitAction(OvsAction source) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        at.Exit();
        return true;
    }
}
