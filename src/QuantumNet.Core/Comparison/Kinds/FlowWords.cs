using QuantumNet.Topology;

namespace QuantumNet.Comparison.Kinds;

/// <summary>What a flow matches and does, in words that both sides share: ports by their devices, local VLANs and
/// addresses by what they stand for.</summary>
internal static class FlowWords
{
    private const string Output = "output";
    private const int LargestVlan = 4095;
    private static readonly string[] s_calls = ["learn", "conjunction"];

    /// <summary>The match.</summary>
    public static string Match(ComparedNode node, OvsFlow flow) => string.Join(',', flow.MatchFields
        .Select(field => Field(node, flow, field)).Order(StringComparer.Ordinal));

    /// <summary>The actions, in their order; of copies that go to several ports one after another, the order says
    /// nothing.</summary>
    /// <param name="node">The node.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="actions">As printed.</param>
    public static string Actions(ComparedNode node, string bridge, IEnumerable<string> actions)
    {
        List<string> words = [];
        SortedSet<string> copies = new(StringComparer.Ordinal);
        foreach (string action in actions)
        {
            if (Split(action) is (Output, var port))
            {
                copies.Add($"{Output}:{node.Device(bridge, port)}");
                continue;
            }
            words.AddRange(copies);
            copies.Clear();
            words.Add(Action(node, bridge, action));
        }
        return string.Join(',', words.Concat(copies));
    }

    // The firewall of Open vSwitch keeps a port's number in register 5 and its VLAN in register 6
    // (neutron, ovs_firewall/constants.py: REG_PORT, REG_NET).
    private static string Field(ComparedNode node, OvsFlow flow, OvsMatchField field) => field.Name switch
    {
        "in_port" => $"in_port={node.Device(flow.Bridge, field.Value)}",
        "dl_vlan" or "vlan_vid" or "vlan_tci" when FlowRoles.VlanMatched(flow) is > 0 and int vlan =>
            $"{field.Name}={(node.MatchesWire(flow) ? field.Value : node.Names.Vlan(vlan))}{Mask(field)}",
        "conj_id" => $"conj_id={node.Names.Conjunction(field.Value)}",
        "ct_zone" => $"ct_zone={node.Names.Zone(field.Value)}{Mask(field)}",
        "reg5" => $"reg5={node.Device(flow.Bridge, field.Value)}{Mask(field)}",
        "reg6" when FlowRoles.Number(field.Value) is > 0 and <= LargestVlan and long local =>
            $"reg6={node.Names.Vlan((int)local)}{Mask(field)}",
        _ => field.Value.Length == 0 ? field.Name : $"{field.Name}={node.Names.Word(field.Value)}{Mask(field)}",
    };

    private static string Mask(OvsMatchField field) => field.Mask.Length > 0 ? $"/{field.Mask}" : "";

    private static string Action(ComparedNode node, string bridge, string action)
    {
        (string name, string argument) = Split(action);
        return name switch
        {
            "mod_vlan_vid" or "set_vlan_vid" when FlowRoles.Number(argument) is long vlan
                && !node.IsPhysical(bridge) => $"{name}:{node.Names.Vlan((int)vlan)}",
            "mod_dl_src" or "mod_dl_dst" or "set_tunnel" => $"{name}:{node.Names.Word(argument)}",
            "load" or "set_field" when argument.Contains("->", StringComparison.Ordinal) =>
                Loaded(node, bridge, name, argument),
            "learn" => WithoutCookie(action),
            "conjunction" => Joined(node, action),
            _ => node.Names.Word(action),
        };
    }

    private static string Loaded(ComparedNode node, string bridge, string name, string argument)
    {
        string[] parts = argument.Split("->", 2);
        string value = parts[1] switch
        {
            "NXM_NX_REG5[]" or "reg5" => node.Device(bridge, parts[0]),
            "NXM_NX_REG6[]" or "reg6" or "OXM_OF_VLAN_VID[]" or "vlan_vid" or "NXM_OF_VLAN_TCI[0..11]"
                when FlowRoles.Number(parts[0]) is > 0 and long vlan && !node.IsPhysical(bridge) =>
                    node.Names.Vlan((int)vlan & 0xfff),
            _ => node.Names.Word(parts[0]),
        };
        return $"{name}:{value}->{parts[1]}";
    }

    // learn(table=20,cookie=0x3cc608422b456d91,NXM_OF_VLAN_TCI[0..11],...)
    private static string WithoutCookie(string action)
    {
        int start = action.IndexOf("cookie=", StringComparison.Ordinal);
        int end = start < 0 ? -1 : action.IndexOf(',', start);
        return end < 0 ? action : action.Remove(start, end + 1 - start);
    }

    // conjunction(16,1/2): the id, and which of how many clauses.
    private static string Joined(ComparedNode node, string action)
    {
        string[] parts = action.Split(['(', ','], 3);
        return parts.Length < 3 ? action : $"{parts[0]}({node.Names.Conjunction(parts[1])},{parts[2]}";
    }

    private static (string Name, string Argument) Split(string action)
    {
        int colon = action.IndexOf(':');
        return colon < 0 ? (Array.Find(s_calls, name => action.StartsWith($"{name}(", StringComparison.Ordinal))
                ?? action, "")
            : action.IndexOf('(') is >= 0 and int bracket && bracket < colon ? (action[..bracket], "")
            : (action[..colon], action[(colon + 1)..]);
    }
}
