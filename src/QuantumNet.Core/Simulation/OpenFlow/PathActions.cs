namespace QuantumNet.Simulation.OpenFlow;

/// <summary><c>output:2</c>, <c>LOCAL</c>, <c>IN_PORT</c>, <c>NORMAL</c>, <c>FLOOD</c>, <c>ALL</c>.</summary>
internal sealed class OutputAction(OvsAction source, int port) : FlowAction(source)
{
    private static readonly OutputAction?[] s_shared = new OutputAction?[1024];

    /// <summary>One object for all flows that share the action as dumped: a flood names each port.</summary>
    public static OutputAction Of(OvsAction source, int port)
    {
        if (port < 0 || port >= s_shared.Length)
            return new OutputAction(source, port);
        OutputAction? shared = s_shared[port];
        return shared is not null && ReferenceEquals(shared.Source, source) ? shared
            : s_shared[port] = new OutputAction(source, port);
    }

    /// <summary>The port, or one of the numbers that stand for something else.</summary>
    public int Port { get; } = port;

    /// <inheritdoc/>
    public override bool Run(Translation at) => at.Output(Port);
}

/// <summary><c>output(port=1,max_len=100)</c>: cut off, which a patch port cannot do.</summary>
internal sealed class TruncatedOutputAction(OvsAction source, int port) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        if (port == at.Packet.InPort)
            at.Note("not sent back to the port it came from");
        else if (at.Bridge.Port(port) is not { Peer.Length: 0 })
            at.Note("a packet cannot be cut off on its way to a patch port, or to none");
        else
            return at.Output(port);
        return true;
    }
}

/// <summary><c>output:NXM_NX_REG0[0..15]</c>.</summary>
internal sealed class OutputFieldAction(OvsAction source, FieldPart part) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        if (at.Packet.Unknown(part) != UInt128.Zero)
            return at.CannotTell($"what {part.Field.Name} holds is not known");
        UInt128 port = at.Packet.Get(part);
        if (port <= PortNames.None)
            return at.Output((int)port);
        at.Note($"there is no port {port}");
        return true;
    }
}

/// <summary><c>controller(...)</c>: a copy goes to the controller.</summary>
internal sealed class ControllerAction(OvsAction source) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        at.SendToController();
        return true;
    }
}

/// <summary><c>resubmit(PORT,TABLE)</c>: looked up as if it came in by another port;
/// the port stays for what follows.</summary>
internal sealed class ResubmitAction(OvsAction source, int? port, int? table) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        int from = port is null or PortNames.InPort ? at.Packet.InPort : port.Value;
        at.LookUp(table ?? at.Table, from);
        return true;
    }
}

/// <summary><c>goto_table:N</c>.</summary>
internal sealed class GotoTableAction(OvsAction source, int table) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        at.LookUp(table, at.Packet.InPort);
        return true;
    }
}

/// <summary><c>clone(...)</c>: on a copy of the packet.</summary>
internal sealed class CloneAction(OvsAction source, FlowAction[] actions) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        at.Clone(actions);
        return true;
    }
}

/// <summary><c>apply_actions(...)</c>, as releases before 1.10 print it.</summary>
internal sealed class ApplyAction(OvsAction source, FlowAction[] actions) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        at.Execute(actions);
        return true;
    }
}

/// <summary><c>write_actions(...)</c>: kept for the end.</summary>
internal sealed class WriteActionsAction(OvsAction source, FlowAction[] actions) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        at.ActionSet.Add(actions);
        return true;
    }
}

/// <summary><c>clear_actions</c>.</summary>
internal sealed class ClearActionsAction(OvsAction source) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        at.ActionSet.Clear();
        return true;
    }
}

/// <summary><c>group:N</c>.</summary>
internal sealed class GroupAction(OvsAction source, uint id) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at) => at.SendToGroup(id);
}

/// <summary><c>bundle(...)</c>: one of several ports, by the packet's hash or by which of them is up.</summary>
internal sealed class BundleAction(OvsAction source, int[] members, bool isBackup, FieldPart? destination)
    : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        int port = PortNames.None;
        foreach (int member in members)
        {
            if (at.Bridge.Port(member) is not { } found || found.IsLive == false)
                continue;
            if (found.IsLive is null)
                return at.CannotTell($"whether port {member} is up was not collected");
            if (!isBackup && port != PortNames.None)
                return at.CannotTell("which of its ports the switch's hash of the packet takes is not modelled");
            port = member;
            if (isBackup)
                break;
        }
        if (destination is not FieldPart part)
            return at.Output(port);
        FieldWriter.Write(at.Packet, part, (uint)port, 0);
        return true;
    }
}

/// <summary><c>check_pkt_larger(1500)->NXM_NX_REG0[0]</c>.</summary>
internal sealed class LengthAction(OvsAction source, int length, FieldPart part) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        if (at.Options.Length is not int actual)
            return at.CannotTell("the packet's length is not known");
        FieldWriter.Write(at.Packet, part, actual > length ? 1u : 0u, 0);
        return true;
    }
}

/// <summary><c>ct(commit,zone=1,table=2,exec(...))</c>: a tracked copy goes on in the table;
/// the packet itself stays as it was.</summary>
internal sealed class ConntrackAction(OvsAction source) : FlowAction(source)
{
    /// <summary>The zone.</summary>
    public int Zone { get; init; }

    /// <summary>The field that holds the zone; null when it is a number.</summary>
    public FieldPart? ZoneField { get; init; }

    /// <summary>The table that a tracked copy goes to; null when none does.</summary>
    public int? NextTable { get; init; }

    /// <summary>What is done to the connection, marks and labels.</summary>
    public FlowAction[] Inner { get; init; } = [];

    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        if (ZoneField is FieldPart field && at.Packet.Unknown(field) != UInt128.Zero)
            return at.CannotTell($"what {field.Field.Name}, the zone, holds is not known");
        int zone = ZoneField is FieldPart part ? (int)(at.Packet.Get(part) & ushort.MaxValue) : Zone;
        if (Inner.Length > 0)
            at.Execute(Inner);
        if (NextTable is int table)
            at.Recirculate(table, zone);
        at.Packet.ClearConntrack();
        return true;
    }
}

/// <summary><c>ct_clear</c>.</summary>
internal sealed class ConntrackClearAction(OvsAction source) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        at.Packet.ClearConntrack();
        return true;
    }
}
