using System.Globalization;
using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Simulation.OpenFlow;

/// <summary>Compiles a flow's actions (ovs-actions(7)).</summary>
internal static class ActionCompiler
{
    private const int MaximumVlan = 4095;
    private const int Dot1Q = 0x8100;

    /// <summary>Compiles a list; ports' names are looked up with <paramref name="portNumber"/>.</summary>
    public static FlowAction[] Compile(OvsAction[] actions, Func<string, int?> portNumber) =>
        Array.ConvertAll(actions, action => Compile(action, portNumber) ?? NotUnderstood(action));

    private static UnmodelledAction NotUnderstood(OvsAction action) => new(action, $"{action.RawText} is not modelled");

    private static FlowAction? Compile(OvsAction action, Func<string, int?> portNumber) => action.Name switch
    {
        "drop" or "note" or "set_queue" or "pop_queue" or "fin_timeout"
                or "conjunction" or "sample" or "nat" =>
            new NothingAction(action),
        "learn" => new LearnAction(action, LearnTemplate.Read(action.Argument)),
        "exit" => new ExitAction(action),
        "NORMAL" or "FLOOD" or "ALL" => new OutputAction(action, PortNames.Number(action.Name)!.Value),
        "output" => OutputCompiler.Output(action, portNumber),
        "enqueue" => OutputCompiler.Enqueue(action, portNumber),
        "controller" =>
            action.Argument.Contains("pause", StringComparison.Ordinal) ? null : new ControllerAction(action),
        "resubmit" => OutputCompiler.Resubmit(action, portNumber),
        "goto_table" => TableNumber(action.Argument) is int table ? new GotoTableAction(action, table) : null,
        "clone" => new CloneAction(action, Compile(action.Nested, portNumber)),
        "apply_actions" => new ApplyAction(action, Compile(action.Nested, portNumber)),
        "write_actions" => new WriteActionsAction(action, Compile(action.Nested, portNumber)),
        "clear_actions" => new ClearActionsAction(action),
        "group" =>
            FieldText.TryNumber(action.Argument, out UInt128 group) ? new GroupAction(action, (uint)group) : null,
        "bundle" or "bundle_load" => OutputCompiler.Bundle(action, portNumber),
        "check_pkt_larger" => Length(action),
        "ct" => Conntrack(action, portNumber),
        "ct_clear" => new ConntrackClearAction(action),
        _ => Change(action, portNumber),
    };

    private static FlowAction? Change(OvsAction action, Func<string, int?> portNumber) => action.Name switch
    {
        "load" => Load(action),
        "set_field" => SetField(action, portNumber),
        "move" => Move(action),
        "push" => FieldPart.TryParse(action.Argument, out FieldPart part) ? new PushAction(action, part) : null,
        "pop" => FieldPart.TryParse(action.Argument, out FieldPart part) ? new PopAction(action, part) : null,
        "set_tunnel" => Set(action, PacketFields.TunnelId),
        "write_metadata" => WriteMetadata(action),
        "mod_dl_src" or "set_dl_src" => Set(action, PacketFields.EthernetSource),
        "mod_dl_dst" or "set_dl_dst" => Set(action, PacketFields.EthernetDestination),
        "mod_nw_src" => Set(action, PacketFields.Ipv4Source),
        "mod_nw_dst" => Set(action, PacketFields.Ipv4Destination),
        "mod_nw_tos" => Set(action, PacketFields.Tos),
        "mod_nw_ecn" => Set(action, PacketFields.Ecn),
        "mod_nw_ttl" => Set(action, PacketFields.Ttl),
        "mod_tp_src" => Set(action, PacketFields.SourcePort),
        "mod_tp_dst" => Set(action, PacketFields.DestinationPort),
        "dec_ttl" => new DecTtlAction(action, action.Argument.Length == 0 ? 1 : action.Argument.Split(',').Length),
        "strip_vlan" => new StripVlanAction(action),
        "push_vlan" => FieldText.TryNumber(action.Argument, out UInt128 type)
            ? new PushVlanAction(action, type == 0 ? Dot1Q : (int)type) : null,
        "mod_vlan_vid" or "set_vlan_vid" => Vlan(action, PacketFields.VlanId),
        "mod_vlan_pcp" or "set_vlan_pcp" => Vlan(action, PacketFields.VlanPriority),
        _ => null,
    };

    /// <summary>A table's number; null for a name, which only the dump resolves.</summary>
    internal static int? TableNumber(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int table) && table <= byte.MaxValue
            ? table : null;

    private static SetAction? Set(OvsAction action, PacketField field) =>
        FieldText.TryValue(field.Form, action.Argument, out UInt128 value) && value <= field.Full
            ? new SetAction(action, new FieldPart(field), value, field.Full) : null;

    private static VlanAction? Vlan(OvsAction action, PacketField field) =>
        FieldText.TryNumber(action.Argument, out UInt128 value) && value <= MaximumVlan
            ? new VlanAction(action, field, (ulong)value, action.Name.StartsWith("mod_", StringComparison.Ordinal))
            : null;

    private static SetAction? WriteMetadata(OvsAction action)
    {
        int slash = action.Argument.IndexOf('/');
        UInt128 mask = PacketFields.Metadata.Full;
        string value = slash < 0 ? action.Argument : action.Argument[..slash];
        return FieldText.TryNumber(value, out UInt128 number)
            && (slash < 0 || FieldText.TryNumber(action.Argument.AsSpan(slash + 1), out mask))
            ? new SetAction(action, new FieldPart(PacketFields.Metadata), number, mask) : null;
    }

    private static SetAction? Load(OvsAction action) =>
        TrySplit(action.Argument, out string value, out FieldPart part) && part.Field.IsWritable
            && FieldText.TryNumber(value, out UInt128 number)
            ? new SetAction(action, part, number, part.Full) : null;

    private static SetAction? SetField(OvsAction action, Func<string, int?> portNumber)
    {
        if (!TrySplit(action.Argument, out string text, out FieldPart part) || !part.Field.IsWritable)
            return null;
        int slash = text.IndexOf('/');
        string value = slash < 0 ? text : text[..slash];
        string mask = slash < 0 ? "" : text[(slash + 1)..];
        if (FieldText.TryRead(part.Field, value, mask, out UInt128 number, out UInt128 bits))
            return new SetAction(action, part, number, bits);
        return part.Field.Form == FieldForm.Port && portNumber(OvsNames.Unquoted(value)) is int port
            ? new SetAction(action, part, (uint)port, part.Full) : null;
    }

    private static MoveAction? Move(OvsAction action)
    {
        int arrow = action.Argument.IndexOf("->", StringComparison.Ordinal);
        return arrow >= 0 && FieldPart.TryParse(action.Argument.AsSpan(0, arrow), out FieldPart from)
            && FieldPart.TryParse(action.Argument.AsSpan(arrow + 2), out FieldPart to) && to.Field.IsWritable
            ? new MoveAction(action, from, to) : null;
    }

    private static LengthAction? Length(OvsAction action) =>
        TrySplit(action.Argument, out string length, out FieldPart part)
            && FieldText.TryNumber(length, out UInt128 number)
            ? new LengthAction(action, (int)number, part) : null;

    /// <summary><c>0x5->NXM_NX_REG0[]</c>.</summary>
    private static bool TrySplit(string argument, out string value, out FieldPart part)
    {
        int arrow = argument.LastIndexOf("->", StringComparison.Ordinal);
        value = arrow < 0 ? "" : argument[..arrow];
        part = default;
        return arrow >= 0 && FieldPart.TryParse(argument.AsSpan(arrow + 2), out part);
    }

    /// <summary>Settings of ct(...); a zone may be a field. What nat makes of addresses is not modelled,
    /// nor needed by DHCP.</summary>
    private static ConntrackAction? Conntrack(OvsAction action, Func<string, int?> portNumber)
    {
        int zone = 0;
        int? table = null;
        FieldPart? zoneField = null;
        var items = new ItemReader(action.Argument);
        while (items.TryNext(out ReadOnlySpan<char> item))
        {
            if (item.StartsWith("table="))
            {
                table = TableNumber(item["table=".Length..]);
                if (table is null)
                    return null;
            }
            else if (item.StartsWith("zone="))
            {
                ReadOnlySpan<char> text = item["zone=".Length..];
                if (FieldText.TryNumber(text, out UInt128 number))
                    zone = (int)number;
                else if (FieldPart.TryParse(text, out FieldPart part))
                    zoneField = part;
                else
                    return null;
            }
        }
        FlowAction[] inner = Compile(Array.FindAll(action.Nested, nested => nested.Name != "nat"), portNumber);
        return new ConntrackAction(action) { Zone = zone, ZoneField = zoneField, NextTable = table, Inner = inner };
    }
}
