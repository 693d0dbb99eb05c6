using QuantumNet.Topology;

namespace QuantumNet.Reports;

/// <summary>What the pictures of a topology say in words.</summary>
internal static class TopologyText
{
    /// <summary>A port's VLAN.</summary>
    public static string Tag(TopologyPort port) => port.Tag switch
    {
        LocalVlanMap.DeadVlan => "VLAN 4095 (dead)",
        int tag => FormattableString.Invariant($"VLAN {tag}"),
        _ => port.IsUntagged ? "no VLAN" : "",
    };

    /// <summary>A port's device, and whose it is.</summary>
    public static string Label(TopologyPort port) =>
        port.Owner.Length > 0 ? $"{port.Owner} \u00b7 {port.Device}" : port.Device;

    /// <summary>Where a tunnel leads that has no way back.</summary>
    public static string End(TopologyTunnel tunnel) =>
        tunnel.RemoteComputerName.Length > 0 ? $"{tunnel.RemoteComputerName} ({tunnel.RemoteIp}): no port leads back"
        : tunnel.RemoteIp.Length > 0 ? $"{tunnel.RemoteIp}: not a node that was gathered" : "no remote address";
}
