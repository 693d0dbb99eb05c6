namespace QuantumNet.Simulation.OpenFlow;

/// <summary>Writes a value to a field or some bits of it: <c>load</c>, <c>set_field</c>, <c>mod_dl_src</c>,
/// <c>set_tunnel</c> ... As in the switch it does nothing to a packet that has no such field.</summary>
internal sealed class SetAction(OvsAction source, FieldPart part, UInt128 value, UInt128 mask) : FlowAction(source)
{
    /// <summary>What it needs, where that is less than what the field needs.</summary>
    public FieldNeeds Needs { get; init; } = part.Field.Needs;

    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        Packet packet = at.Packet;
        switch (packet.Is(Needs))
        {
            case null:
                return at.CannotTell($"whether the packet has {part.Field.Name} is not known");
            case false:
                at.Note($"the packet has no {part.Field.Name}: nothing is written");
                return true;
        }
        FieldWriter.Write(packet, part, (packet.Get(part) & ~mask) | (value & mask), packet.Unknown(part) & ~mask);
        return true;
    }
}

/// <summary><c>move:SOURCE->DESTINATION</c>.</summary>
internal sealed class MoveAction(OvsAction source, FieldPart from, FieldPart to) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        bool? has = at.Packet.Is(from.Field.Needs) & at.Packet.Is(to.Field.Needs);
        if (has is null)
            return at.CannotTell($"whether the packet has {from.Field.Name} and {to.Field.Name} is not known");
        if (has == true)
            FieldWriter.Write(at.Packet, to, FieldWriter.Read(at.Packet, from), at.Packet.Unknown(from));
        return true;
    }
}

/// <summary><c>push:FIELD</c>: onto the stack.</summary>
internal sealed class PushAction(OvsAction source, FieldPart part) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        at.Stack.Push((FieldWriter.Read(at.Packet, part), at.Packet.Unknown(part)));
        return true;
    }
}

/// <summary><c>pop:FIELD</c>: from the stack; from an empty one nothing is written.</summary>
internal sealed class PopAction(OvsAction source, FieldPart part) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        if (at.Stack.TryPop(out (UInt128 Value, UInt128 Unknown) top))
            FieldWriter.Write(at.Packet, part, top.Value, top.Unknown);
        return true;
    }
}

/// <summary><c>mod_vlan_vid</c>, <c>mod_vlan_pcp</c>, and <c>set_vlan_vid</c>, <c>set_vlan_pcp</c>,
/// which need a tag.</summary>
internal sealed class VlanAction(OvsAction source, PacketField field, ulong value, bool pushes) : FlowAction(source)
{
    private const ulong Present = 0x1000;

    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        Packet packet = at.Packet;
        if (packet.Is(FieldNeeds.Vlan) is not bool isTagged)
            return at.CannotTell("whether the packet bears a VLAN tag is not known");
        if (!isTagged && !pushes)
            return true;
        packet[PacketFields.VlanTci] |= Present;
        packet[field] = field == PacketFields.VlanId ? value | Present : value;
        return true;
    }
}

/// <summary><c>push_vlan:0x8100</c>.</summary>
internal sealed class PushVlanAction(OvsAction source, int ethertype) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        at.Packet.PushVlan(ethertype);
        return true;
    }
}

/// <summary><c>strip_vlan</c>.</summary>
internal sealed class StripVlanAction(OvsAction source) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        if (at.Packet.Is(FieldNeeds.Vlan) is null)
            return at.CannotTell("whether the packet bears a VLAN tag is not known");
        at.Packet.PopVlan();
        return true;
    }
}

/// <summary><c>dec_ttl</c>: a packet at its end goes to the controller, and no further.</summary>
internal sealed class DecTtlAction(OvsAction source, int controllers) : FlowAction(source)
{
    /// <inheritdoc/>
    public override bool Run(Translation at)
    {
        Packet packet = at.Packet;
        if (packet.Is(FieldNeeds.Ip) is not bool isIp || (isIp && packet.IsUnknown(PacketFields.Ttl)))
            return at.CannotTell("the packet's TTL is not known");
        if (!isIp)
            return true;
        if (packet[PacketFields.Ttl] > 1)
        {
            packet[PacketFields.Ttl]--;
            return true;
        }
        for (int i = 0; i < controllers; i++)
            at.SendToController();
        at.Note("the packet's TTL ends here");
        return false;
    }
}

/// <summary>Reads and writes fields, minding those that are less than their bits.</summary>
internal static class FieldWriter
{
    private const ulong DscpMask = 0xfc;
    private const ulong Present = 0x1000;

    /// <summary>What an action reads from a field.</summary>
    public static UInt128 Read(Packet packet, FieldPart part) =>
        part.Field == PacketFields.Tos ? ((packet[part.Field] & DscpMask) >> part.Start) & part.Full : packet.Get(part);

    /// <summary>Writes a field: <c>nw_tos</c> leaves ECN, a VLAN's priority makes a tag.</summary>
    public static void Write(Packet packet, FieldPart part, UInt128 value, UInt128 unknown)
    {
        ulong ecn = packet[PacketFields.Ecn];
        packet.Set(part, value, unknown);
        if (part.Field == PacketFields.Tos)
            packet[PacketFields.Ecn] = ecn;
        else if (part.Field == PacketFields.VlanPriority)
            packet[PacketFields.VlanTci] |= Present;
    }
}
