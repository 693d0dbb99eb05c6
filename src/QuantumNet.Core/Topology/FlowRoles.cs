using System.Globalization;

namespace QuantumNet.Topology;

/// <summary>What a flow does to the VLAN and the tunnel key: roles are read from what flows do,
/// never from table numbers, which changed with the releases.</summary>
internal static class FlowRoles
{
    private const int VlanPresent = 0x1000;
    private const int VlanMask = 0xfff;

    /// <summary>The tunnel key the flow sets (<c>set_tunnel</c>, <c>load:..-&gt;NXM_NX_TUN_ID[]</c>,
    /// <c>set_field:..-&gt;tun_id</c>); null when none.</summary>
    public static long? TunnelKeySet(OvsFlow flow)
    {
        foreach (OvsAction action in flow.ActionList)
        {
            switch (action.Name)
            {
                case "set_tunnel" or "set_tunnel64":
                    return Number(action.Argument);
                case "load" or "set_field" when Destination(action.Argument) is "NXM_NX_TUN_ID[]" or "NXM_NX_TUN_ID"
                    or "OXM_OF_TUNNEL_ID[]" or "tun_id" or "tunnel_id":
                    return Number(Source(action.Argument));
            }
        }
        return null;
    }

    /// <summary>The VLAN the flow sets (<c>mod_vlan_vid</c>, <c>set_field:4098-&gt;vlan_vid</c>);
    /// null when none.</summary>
    public static int? VlanSet(OvsFlow flow)
    {
        foreach (OvsAction action in flow.ActionList)
        {
            switch (action.Name)
            {
                case "mod_vlan_vid" or "set_vlan_vid":
                    return (int?)Number(action.Argument);
                case "set_field" when Destination(action.Argument) is "vlan_vid":
                    return (int?)Number(Source(action.Argument)) & VlanMask;
                case "load" when Destination(action.Argument) is "OXM_OF_VLAN_VID[]" or "NXM_OF_VLAN_TCI[0..11]":
                    return (int?)Number(Source(action.Argument)) & VlanMask;
            }
        }
        return null;
    }

    /// <summary>The VLAN the flow asks for; null when it does not look at it, 0 when it asks
    /// for untagged frames.</summary>
    public static int? VlanMatched(OvsFlow flow)
    {
        if (flow.Find("dl_vlan") is { } vlan)
            return Number(vlan.Value) is long number ? number == 0xffff ? 0 : (int)number : null;
        OvsMatchField? field = flow.Find("vlan_vid") ?? flow.Find("vlan_tci");
        if (field is null || Number(field.Value) is not long value)
            return null;
        bool tagged = (value & VlanPresent) != 0 || (value & VlanMask) != 0;
        return tagged ? (int)value & VlanMask : 0;
    }

    /// <summary>The tunnel key the flow asks for; null when it does not look at it.</summary>
    public static long? TunnelKeyMatched(OvsFlow flow) =>
        (flow.Find("tun_id") ?? flow.Find("tunnel_id")) is { } field ? Number(field.Value) : null;

    /// <summary>Whether a broadcast frame can meet the flow's Ethernet destination match.</summary>
    public static bool TakesBroadcast(OvsFlow flow) => flow.Find("dl_dst") is not { } field
        || field.Value.StartsWith("ff:ff:ff:ff:ff:ff", StringComparison.OrdinalIgnoreCase)
        || (field.Mask.Length > 0 && field.Value.StartsWith("01:00:00:00:00:00", StringComparison.Ordinal));

    /// <summary>Whether a frame to that one MAC can meet the flow's Ethernet destination match.</summary>
    public static bool TakesUnicast(OvsFlow flow, string mac) => flow.Find("dl_dst") is not { } field
        || (field.Mask.Length > 0 ? field.Value.StartsWith("00:00:00:00:00:00", StringComparison.Ordinal)
            : mac.Length > 0 && string.Equals(field.Value, mac, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the flow is for one destination MAC only; null asks for any.</summary>
    public static bool IsForMac(OvsFlow flow, string? mac) => flow.Find("dl_dst") is { Mask.Length: 0 } field
        && (mac is null || string.Equals(field.Value, mac, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the flow takes the VLAN tag off.</summary>
    public static bool StripsVlan(OvsFlow flow) => Array.Exists(flow.ActionList, action => action.Name == "strip_vlan");

    /// <summary>Whether the flow throws the packet away.</summary>
    public static bool Drops(OvsFlow flow) =>
        flow.ActionList.Length == 0 || (flow.ActionList.Length == 1 && flow.ActionList[0].Name == "drop");

    /// <summary>Whether the flow leaves forwarding to MAC learning or flooding.</summary>
    public static bool Floods(OvsFlow flow) =>
        Array.Exists(flow.ActionList,
            action => action.Name is "NORMAL" or "FLOOD" or "ALL" or "flood" or "all" or "normal");

    /// <summary>The ports the flow sends to, as printed (numbers or names).</summary>
    public static IEnumerable<string> Outputs(OvsFlow flow)
    {
        foreach (OvsAction action in flow.ActionList)
        {
            if (action.Name == "output")
                yield return action.Argument.Trim('"');
        }
    }

    /// <summary>Whether the flow sends to a port, which it may name or number.</summary>
    public static bool SendsTo(OvsFlow flow, OvsPort port)
    {
        string number = port.OfPort?.ToString(CultureInfo.InvariantCulture) ?? "";
        return Outputs(flow).Any(output => output == port.Device || (number.Length > 0 && output == number));
    }

    /// <summary>Whether the flow asks for what comes in at one port, which it may name or number.</summary>
    public static bool IsFrom(OvsFlow flow, string device, int? number) => flow.Find("in_port") is { } input
        && (input.Value.Trim('"') == device || (number is int port && Number(input.Value) == port));

    /// <summary>The table the flow hands the packet to (<c>resubmit(,4)</c>, <c>goto_table:4</c>);
    /// null when none.</summary>
    public static int? NextTable(OvsFlow flow)
    {
        foreach (OvsAction action in flow.ActionList)
        {
            switch (action.Name)
            {
                case "goto_table":
                    return (int?)Number(action.Argument);
                case "resubmit" when action.Argument.Split(',') is [_, var table, ..]:
                    return (int?)Number(table);
            }
        }
        return null;
    }

    /// <summary>Reads a decimal or 0x number, a mask or bit range behind it left aside; null when it is none.</summary>
    public static long? Number(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny('/', ',', '[');
        text = (end < 0 ? text : text[..end]).Trim();
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out ulong hex) ? (long)hex : null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
    }

    private static ReadOnlySpan<char> Source(string argument)
    {
        int arrow = argument.IndexOf("->", StringComparison.Ordinal);
        return arrow < 0 ? argument : argument.AsSpan(0, arrow);
    }

    private static string Destination(string argument)
    {
        int arrow = argument.IndexOf("->", StringComparison.Ordinal);
        return arrow < 0 ? "" : argument[(arrow + 2)..].Trim();
    }
}
