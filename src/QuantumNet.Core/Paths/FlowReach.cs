using System.Globalization;

namespace QuantumNet.Paths;

/// <summary>Whether a packet gets from a bridge's port to another one, and by which flow.</summary>
/// <param name="Reaches">True or false; null when that cannot be told.</param>
/// <param name="Pass">What the flows do with it.</param>
/// <param name="Exit">The way it goes; null when it does not, or when that cannot be told.</param>
internal sealed record FlowReach(bool? Reaches, FlowPass Pass, FlowExit? Exit)
{
    /// <summary>Why it cannot be told, in words; empty when it can.</summary>
    public string Why { get; private init; } = "";

    /// <summary>Whether the bridge's port numbers would settle it.</summary>
    public bool NeedsNumbers { get; private init; }

    /// <summary>The VLAN that the packet bears on its way out, as the bridge sees it:
    /// NORMAL puts an untagged packet of an access port into that port's VLAN.</summary>
    public int? VlanFrom(OvsPort from) => Exit is { Port: "NORMAL" } ? VlanOnBridge(Exit.Vlan, from) : Exit?.Vlan;

    /// <summary>Sends a packet through a bridge and sees whether it leaves by a port.</summary>
    public static FlowReach To(NodeView node, OvsPort port, FlowPacket packet)
    {
        FlowPass pass = FlowWalk.Send(node, port.Bridge, packet);
        if (pass.Unclear is { } unclear)
            return Untold(pass, unclear, port.Bridge, packet.In);
        if (pass.Exits.FirstOrDefault(exit => LeavesBy(exit, port, packet)) is { } taken)
            return new FlowReach(true, pass, taken);
        bool isUnresolved = port.OfPort is null && pass.Exits.Any(exit => FlowRoles.Number(exit.Port) is not null);
        return isUnresolved
            ? new FlowReach(null, pass, null) { NeedsNumbers = true, Why =
                $"nothing tells the port number of {port.Device}, and {port.Bridge} sends to ports by their numbers" }
            : new FlowReach(false, pass, null);
    }

    private static FlowReach Untold(FlowPass pass, OvsFlow unclear, string bridge, OvsPort from)
    {
        bool needsNumber = from.OfPort is null && unclear.Find("in_port") is not null;
        return new FlowReach(null, pass, null)
        {
            NeedsNumbers = needsNumber,
            Why = needsNumber ? $"nothing tells the port number of {from.Device} on {bridge}"
                : $"cannot determine what this flow of {bridge} does with the packet",
        };
    }

    private static bool LeavesBy(FlowExit exit, OvsPort port, FlowPacket packet)
    {
        if (exit.Port == "NORMAL")
            return port.Device != packet.In.Device && Carries(port, VlanOnBridge(exit.Vlan, packet.In));
        return exit.Port == port.Device
            || (port.OfPort is int number && exit.Port == number.ToString(CultureInfo.InvariantCulture));
    }

    private static int? VlanOnBridge(int? vlan, OvsPort from) => vlan == 0 ? from.Tag ?? 0 : vlan;

    private static bool Carries(OvsPort port, int? vlan) => vlan is null
        || (port.Tag is int tag && port.VlanMode is "" or "access" ? tag == vlan
            : port.Trunks.Length == 0 || Array.IndexOf(port.Trunks, vlan.Value) >= 0);
}
