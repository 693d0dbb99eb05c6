namespace QuantumNet;

/// <summary>One step of a packet's way through Open vSwitch bridges, over patch ports, tunnels and nodes; with hybrid
/// plugging also between an instance's tap and br-int.</summary>
public sealed record OvsTraceStep
{
    /// <summary>Its place in the trace, from 1.</summary>
    public int Sequence { get; init; }
    /// <summary>The direction of a DHCP packet; null for another one.</summary>
    public DhcpDirection? Direction { get; init; }
    /// <summary>How deep it stands below the steps that led to it; the first has 0. What stands between tap and br-int
    /// follows one after another.</summary>
    public int Depth { get; init; }
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>The bridge; empty for a device, or iptables.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>What happens: <c>bridge</c> (it enters one), <c>table</c> (a flow decides, or none), <c>action</c>,
    /// <c>action set</c>, <c>bucket</c>, <c>recirculation</c> (it comes back from conntrack), <c>output</c> (it leaves
    /// by a port), <c>note</c>; between tap and br-int <c>device</c> (a tap or veth pair), <c>iptables</c> and
    /// <c>linux bridge</c>.</summary>
    public string Kind { get; init; } = "";
    /// <summary>The table; null where a step is in none.</summary>
    public int? Table { get; init; }
    /// <summary>The flow or action as dumped, or what happens in words.</summary>
    public string Text { get; init; } = "";
    /// <summary>The port that it enters or leaves by, or the device that it passes; empty for other steps.</summary>
    public string Device { get; init; } = "";
    /// <summary>The flow that decides in a table; null where none does.</summary>
    public OvsFlow? Flow { get; init; }
    /// <summary>The rule of iptables that decides, or the last one of the port's own chain that it meets; null where
    /// none does, and where a policy decides.</summary>
    public IptablesRule? Rule { get; init; }
    /// <summary>The packet before, in the words of <c>ofproto/trace</c>;
    /// <c>?</c> stands for what is not known.</summary>
    public string Packet { get; init; } = "";
    /// <summary>The packet after it.</summary>
    public string PacketAfter { get; init; } = "";
    /// <summary>Why it cannot be determined what happens; empty where it can.</summary>
    public string Unknown { get; init; } = "";
    /// <summary>The collector whose output would answer it; empty where none would.</summary>
    public string Needs { get; init; } = "";
    /// <summary>Whether the switch's own trace meets the same flow here (<c>-Live</c>); null where it was not asked, or
    /// differs before.</summary>
    public bool? IsConfirmed { get; init; }
    /// <summary>What the switch's own trace meets instead; empty where it does not differ.</summary>
    public string LiveText { get; init; } = "";
    /// <summary>Whether the step is there only under the changes that are assumed (<c>-Assume</c>).</summary>
    public bool IsChanged { get; init; }
    /// <summary>The step as a line, indented by its depth, with what cannot be determined, and where the switch's
    /// own trace differs.</summary>
    public string Line => new string(' ', 2 * Depth) + Text
        + (Unknown.Length == 0 || Unknown == Text ? "" : $": cannot determine what happens, as {Unknown}")
        + (LiveText.Length == 0 ? "" : $" (the switch itself: {LiveText})") + (IsChanged ? " (assumed)" : "");
    /// <inheritdoc/>
    public override string ToString() => $"{ComputerName} {Line}";
}
