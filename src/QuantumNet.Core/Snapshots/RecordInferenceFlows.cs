using System.Globalization;

namespace QuantumNet.Snapshots;

/// <summary>Reads from a flow which local VLAN goes with which tunnel key, whatever its table: outward
/// <c>dl_vlan=1 actions=set_tunnel:0x3e0,...</c> (or <c>load:0x3e0-&gt;NXM_NX_TUN_ID[]</c>,
/// <c>set_field:0x3e0-&gt;tun_id</c>), inward <c>tun_id=0x3e0 actions=mod_vlan_vid:1,...</c> (or
/// <c>set_field:4097-&gt;vlan_vid</c>).</summary>
internal static class RecordInferenceFlows
{
    /// <summary>The VLAN tag present bit of OpenFlow 1.3's vlan_vid.</summary>
    private const int Present = 0x1000;

    public static (int? Vlan, int? Key) VlanAndKey(OvsFlow flow)
    {
        int? key = Matched(flow, "tun_id") ?? Matched(flow, "tunnel_id");
        if (key is not null)
            return (SetVlan(flow.ActionList), key);
        int? vlan = Matched(flow, "dl_vlan") ?? Matched(flow, "vlan_vid");
        return vlan is null ? (null, null) : (vlan & ~Present, SetKey(flow.ActionList));
    }

    private static int? Matched(OvsFlow flow, string field) =>
        flow.Find(field) is { Mask.Length: 0 } match ? Number(match.Value) : null;

    private static int? SetVlan(OvsAction[] actions)
    {
        foreach (OvsAction action in actions)
        {
            int? vlan = action.Name == "mod_vlan_vid" ? Number(action.Argument) : Assigned(action, "vlan_vid");
            if (vlan is not null)
                return vlan & ~Present;
        }
        return null;
    }

    private static int? SetKey(OvsAction[] actions)
    {
        foreach (OvsAction action in actions)
        {
            int? key = action.Name is "set_tunnel" or "set_tunnel64"
                ? Number(action.Argument)
                : Assigned(action, "tun_id") ?? Assigned(action, "NXM_NX_TUN_ID[]");
            if (key is not null)
                return key;
        }
        return null;
    }

    /// <summary>The value of <c>value-&gt;field</c>.</summary>
    private static int? Assigned(OvsAction action, string field)
    {
        int arrow = action.Argument.IndexOf("->", StringComparison.Ordinal);
        return action.Name is "load" or "set_field" && arrow > 0 && action.Argument[(arrow + 2)..] == field
            ? Number(action.Argument[..arrow])
            : null;
    }

    private static int? Number(string text) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int hex)
            && hex >= 0 ? hex : null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
