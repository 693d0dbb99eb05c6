using QuantumNet.Paths;

namespace QuantumNet.Faults.Tunnels;

/// <summary>Tunnels take their key from the flows: in_key and out_key are <c>flow</c> (or key is).</summary>
internal sealed class TunnelKeysComeFromFlows : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN5009",
        Title = "Tunnel key does not come from flows",
        Layer = "Tunnel",
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort"],
        Remedy = "Set it (ovs-vsctl set interface DEVICE options:in_key=flow options:out_key=flow), "
            + "or delete the port and restart the OVS agent.",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg) => !leg.IsTunnelled
        ? [s_info.NotApplicable("The network uses no tunnels.")]
        : leg.EndsApart().Select(pair => Judge(leg, pair.End, pair.Peer) with { At = HopComponent.Tunnel });

    private static Finding Judge(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is null || !end.Node.State.Has("OvsPort"))
            return s_info.Unknown(end.NodeName, "OvsPort");
        if (TunnelMesh.To(leg, end, peer) is not { } tunnel)
            return s_info.NotApplicable("There is no tunnel to the peer.");
        string? both = tunnel.Option("key");
        string inKey = tunnel.Option("in_key") ?? both ?? "", outKey = tunnel.Option("out_key") ?? both ?? "";
        if (inKey == "flow" && outKey == "flow")
            return s_info.Pass(end.NodeName, tunnel.Device);
        return s_info.Fail(end.NodeName, tunnel.Device,
            $"{tunnel.Device} on {end.NodeName} has in_key={Shown(inKey)} and out_key={Shown(outKey)}; "
                + "both must be flow.", tunnel.ToEvidence());
    }

    private static string Shown(string key) => key.Length == 0 ? "(none)" : key;
}
