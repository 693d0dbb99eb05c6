using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Tunnels;

/// <summary>The local VLAN an end lives on.</summary>
internal static class LiveTag
{
    /// <summary>The VLAN; null when the end is absent, untagged or parked on the dead VLAN.</summary>
    public static int? Of(LegEnd end) => end.Port?.Tag is int tag && tag != LocalVlanMap.DeadVlan ? tag : null;
}
