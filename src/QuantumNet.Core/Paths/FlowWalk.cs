using System.Globalization;

namespace QuantumNet.Paths;

/// <summary>One way in which a packet leaves a bridge.</summary>
/// <param name="Port">Number or name of the port as printed; <c>NORMAL</c> where MAC learning decides,
/// <c>CONTROLLER</c> where a controller gets it.</param>
/// <param name="Vlan">VLAN it bears then; 0 for none, null when it cannot be told.</param>
/// <param name="TunnelKey">Tunnel key it bears then.</param>
/// <param name="Flow">The flow that sends it.</param>
internal sealed record FlowExit(string Port, int? Vlan, long? TunnelKey, OvsFlow Flow);

/// <summary>What a bridge's flows do with one packet.</summary>
/// <param name="Met">The flows that it meets, in order.</param>
/// <param name="Exits">The ways in which it leaves; none where it is dropped.</param>
/// <param name="Unclear">A flow that may or may not decide otherwise; null when all is clear.</param>
internal sealed record FlowPass(IReadOnlyList<OvsFlow> Met, IReadOnlyList<FlowExit> Exits, OvsFlow? Unclear)
{
    /// <summary>The flow that gives the packet another VLAN or a tunnel key; null when none does.</summary>
    public OvsFlow? Rewriter => Met.LastOrDefault(flow =>
        FlowRoles.TunnelKeySet(flow) is not null || FlowRoles.VlanSet(flow) is not null || FlowRoles.StripsVlan(flow));

    /// <summary>The last flow that it meets; null when it meets none.</summary>
    public OvsFlow? Last => Met.Count > 0 ? Met[^1] : null;
}

/// <summary>Follows one packet through a bridge's tables, as Open vSwitch would (ovs-actions(7)):
/// the flow of highest priority that matches decides; a table without one drops.
/// What this does not model ends in <see cref="FlowPass.Unclear"/>, never in a guess.</summary>
internal sealed class FlowWalk
{
    // Open vSwitch's own limits: MAX_RESUBMITS and the depth of translation (ofproto-dpif-xlate.c).
    private const int MaximumSteps = 4096;
    private const int MaximumDepth = 64;

    private readonly FlowTables _tables;
    private readonly List<OvsFlow> _met = [];
    private readonly List<FlowExit> _exits = [];
    private OvsFlow? _unclear;

    private FlowWalk(FlowTables tables) => _tables = tables;

    /// <summary>The pass of a packet through a bridge.</summary>
    public static FlowPass Send(NodeView node, string bridge, FlowPacket packet)
    {
        var walk = new FlowWalk(node.TablesOf(bridge));
        walk.Look(0, packet, 0);
        return new FlowPass(walk._met, walk._exits, walk._unclear);
    }

    private void Look(int table, FlowPacket packet, int depth)
    {
        (OvsFlow? met, OvsFlow? unclear) = _tables.Find(table, packet);
        _unclear ??= unclear;
        if (met is null)
            return;
        _met.Add(met);
        if (_met.Count > MaximumSteps || depth > MaximumDepth)
            _unclear ??= met;
        else
            Act(met, met.ActionList, packet, depth);
    }

    private void Act(OvsFlow flow, OvsAction[] actions, FlowPacket packet, int depth)
    {
        int? next = null;
        foreach (OvsAction action in actions)
        {
            switch (action.Name)
            {
                case "exit":
                    return;
                case "resubmit":
                    Resubmit(flow, action.Argument, packet, depth);
                    break;
                case "goto_table":
                    next = (int?)FlowRoles.Number(action.Argument);
                    break;
                case "clone":
                    Act(flow, action.Nested, packet.Clone(), depth + 1);
                    break;
                case "apply_actions" or "write_actions":
                    Act(flow, action.Nested, packet, depth + 1);
                    break;
                case "ct":
                    Track(action.Argument, packet, depth);
                    break;
                default:
                    if (!Leaves(flow, action, packet) && !FlowEdit.Apply(action, packet))
                        _unclear ??= flow;
                    break;
            }
        }
        if (next is int table)
            Look(table, packet, depth + 1);
    }

    /// <summary><c>5</c>, <c>5,60</c> or <c>,60</c>: another port's packet, in the same table where
    /// none is named.</summary>
    private void Resubmit(OvsFlow flow, string argument, FlowPacket packet, int depth)
    {
        string[] parts = argument.Split(',');
        int? table = parts.Length > 1 && parts[1].Length > 0 ? (int?)FlowRoles.Number(parts[1]) : flow.Table;
        if (parts[0].Length > 0 && !parts[0].Equals("in_port", StringComparison.OrdinalIgnoreCase) || table is null)
            _unclear ??= flow;
        else
            Look(table.Value, packet, depth + 1);
    }

    // ct(table=N): a tracked copy goes on there. Without a table, tracking changes nothing of the packet's way.
    private void Track(string argument, FlowPacket packet, int depth)
    {
        foreach (string setting in argument.Split(','))
        {
            if (!setting.StartsWith("table=", StringComparison.Ordinal)
                || FlowRoles.Number(setting.AsSpan("table=".Length)) is not long table)
                continue;
            FlowPacket tracked = packet.Clone();
            tracked.IsTracked = true;
            Look((int)table, tracked, depth + 1);
        }
    }

    private bool Leaves(OvsFlow flow, OvsAction action, FlowPacket packet)
    {
        string? port = action.Name switch
        {
            "output" when action.Argument.StartsWith("NXM_NX_REG", StringComparison.Ordinal)
                    || action.Argument.StartsWith("reg", StringComparison.Ordinal) =>
                FlowEdit.Read(action.Argument, packet)?.ToString(CultureInfo.InvariantCulture),
            "output" => action.Argument,
            "NORMAL" or "FLOOD" or "ALL" => "NORMAL",
            "controller" => "CONTROLLER",
            _ => null,
        };
        if (port is null)
            return false;
        _exits.Add(new FlowExit(port, packet.Vlan, packet.TunnelKey, flow));
        return true;
    }
}

/// <summary>What actions change of a packet.</summary>
internal static class FlowEdit
{
    private const int TagPresent = 0x1000;

    /// <summary>Applies an action that changes the packet, or nothing that matters here;
    /// false when it is one whose effect is not known.</summary>
    public static bool Apply(OvsAction action, FlowPacket packet)
    {
        switch (action.Name)
        {
            case "drop" or "learn" or "note" or "dec_ttl" or "set_queue" or "pop_queue" or "sample" or "fin_timeout"
                or "conjunction" or "nat" or "ct_clear" or "meter" or "mod_dl_src" or "set_dl_src" or "mod_nw_tos"
                or "mod_nw_ecn" or "mod_vlan_pcp" or "set_vlan_pcp" or "push_vlan" or "clear_actions":
                return true;
            case "mod_vlan_vid" or "set_vlan_vid":
                packet.Vlan = (int?)FlowRoles.Number(action.Argument);
                return true;
            case "strip_vlan":
                packet.Vlan = 0;
                return true;
            case "set_tunnel":
                packet.TunnelKey = FlowRoles.Number(action.Argument);
                return true;
            case "write_metadata":
                packet.SetRegister("metadata",
                    action.Argument.Contains('/') ? null : FlowRoles.Number(action.Argument));
                return true;
            case "load" or "set_field":
                return Set(action.Argument, packet);
            case "move":
                return Move(action.Argument, packet);
            default:
                return false;
        }
    }

    /// <summary>What a source such as <c>NXM_NX_REG6[]</c> or <c>reg6</c> holds; null when it cannot be told.</summary>
    public static long? Read(string source, FlowPacket packet)
    {
        string name = Shared(source);
        return name switch
        {
            "tun_id" => packet.TunnelKey,
            "vlan" => packet.Vlan,
            _ when name.StartsWith("reg", StringComparison.Ordinal) && IsWhole(source) => packet.Register(name),
            _ => null,
        };
    }

    private static bool Set(string argument, FlowPacket packet)
    {
        int arrow = argument.IndexOf("->", StringComparison.Ordinal);
        if (arrow < 0)
            return false;
        long? value = argument.AsSpan(0, arrow).Contains('/') ? null : FlowRoles.Number(argument.AsSpan(0, arrow));
        return Put(argument[(arrow + 2)..].Trim(), value, packet);
    }

    private static bool Move(string argument, FlowPacket packet)
    {
        int arrow = argument.IndexOf("->", StringComparison.Ordinal);
        return arrow >= 0 && Put(argument[(arrow + 2)..].Trim(), Read(argument[..arrow].Trim(), packet), packet);
    }

    private static bool Put(string destination, long? value, FlowPacket packet)
    {
        string name = Shared(destination);
        switch (name)
        {
            case "tun_id":
                packet.TunnelKey = value;
                return true;
            case "vlan":
                packet.Vlan = (int?)(value & 0xfff);
                return true;
            case "tci":
                // The whole of it: without the bit that says that there is a tag, there is none.
                packet.Vlan = (int?)(value & TagPresent) == 0 ? 0 : (int?)(value & 0xfff);
                return true;
            case "same":
                return true;
            default:
                if (!name.StartsWith("reg", StringComparison.Ordinal) && name != "metadata")
                    return false;
                packet.SetRegister(name, IsWhole(destination) ? value : null);
                return true;
        }
    }

    // NXM_NX_REG6[] and reg6 are whole; NXM_NX_REG6[0..15] is a part.
    private static bool IsWhole(string field) => !field.Contains('[') || field.EndsWith("[]", StringComparison.Ordinal);

    private static string Shared(string field)
    {
        int bits = field.IndexOf('[');
        string name = bits < 0 ? field : field[..bits];
        if (name.StartsWith("NXM_NX_REG", StringComparison.Ordinal))
            return "reg" + name["NXM_NX_REG".Length..];
        return name switch
        {
            "NXM_NX_TUN_ID" or "OXM_OF_TUNNEL_ID" or "tun_id" or "tunnel_id" => "tun_id",
            "OXM_OF_VLAN_VID" or "vlan_vid" => "vlan",
            "NXM_OF_VLAN_TCI" when field.EndsWith("[0..11]", StringComparison.Ordinal) => "vlan",
            "NXM_OF_VLAN_TCI" or "vlan_tci" when IsWhole(field) => "tci",
            "OXM_OF_METADATA" or "metadata" => "metadata",
            // What these change no flow of a DHCP packet's further way asks for.
            "NXM_OF_ETH_SRC" or "OXM_OF_ETH_SRC" or "eth_src" or "dl_src" or "NXM_NX_PKT_MARK" or "pkt_mark"
                or "NXM_NX_CT_MARK" or "ct_mark" => "same",
            _ => name,
        };
    }
}
