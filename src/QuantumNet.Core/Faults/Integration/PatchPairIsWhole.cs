using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.IntegrationFaults;

namespace QuantumNet.Faults.Integration;

/// <summary>br-int and br-tun are joined by a patch pair whose ends name each other.</summary>
internal sealed class PatchPairIsWhole : NodeCheck
{
    public override IReadOnlyList<CheckInfo> Infos { get; } = [PatchPairBroken];

    public override IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (!leg.IsTunnelled || leg.IsOneNode)
            return [PatchPairBroken.NotApplicable("The traffic crosses no tunnel bridge.")];
        IEnumerable<LegEnd> ends = leg.ServerEnd is { } server ? [leg.ComputeEnd, server] : [leg.ComputeEnd];
        return ends.Select(end => end.Node is { } node ? Of(node) : PatchPairBroken.Unknown(end.NodeName, "OvsPort"));
    }

    protected override Finding Judge(NodeView node, string thing)
    {
        if (!node.State.Has("OvsPort"))
            return PatchPairBroken.Unknown(node.Name, "OvsPort");
        if (node.TunnelBridge.Length == 0)
            return Fail(node, "br-tun", $"{node.Name} has no tunnel bridge.");
        return PatchPair.Between(node, node.IntegrationBridge, node.TunnelBridge) is { } pair
            ? PatchPairBroken.Pass(node.Name, pair.Near.Device)
            : Broken(node);
    }

    private static Finding Broken(NodeView node)
    {
        string integration = node.IntegrationBridge, tunnel = node.TunnelBridge;
        OvsPort? far = node.PortsOf(tunnel).FirstOrDefault(port => port.Type == "patch");
        OvsPort? near = node.PortsOf(integration).FirstOrDefault(port => port.Type == "patch"
            && (port.Device == far?.Peer || port.Peer == far?.Device || node.OvsPort(port.Peer) is null));
        string message = (near, far) switch
        {
            (null, null) => $"{node.Name} has no patch port between {integration} and {tunnel}.",
            (null, { } port) =>
                $"{integration} on {node.Name} has no patch port whose peer is {port.Device} of {tunnel}.",
            ({ } port, null) => $"{tunnel} on {node.Name} has no patch port {port.Peer}, the peer of {port.Device}.",
            ({ } one, { } other) => $"{one.Device} names {one.Peer} as its peer, {other.Device} names {other.Peer}: "
                + $"the pair on {node.Name} does not join {integration} and {tunnel}.",
        };
        return Fail(node, near?.Device ?? far?.Peer ?? integration, message, near?.ToEvidence(), far?.ToEvidence());
    }

    private static Finding Fail(NodeView node, string @object, string message, params Evidence?[] evidence) =>
        PatchPairBroken.Fail(node.Name, @object, message, evidence) with { At = HopComponent.Patch };
}

/// <summary>Two patch ports that name each other.</summary>
internal sealed record PatchPair(OvsPort Near, OvsPort Far)
{
    /// <summary>The working pair between two bridges; null when there is none.</summary>
    public static PatchPair? Between(NodeView node, string nearBridge, string farBridge)
    {
        foreach (OvsPort near in node.PortsOf(nearBridge))
        {
            if (near.Type == "patch" && near.Error.Length == 0
                && node.OvsPort(near.Peer) is { Type: "patch", Error.Length: 0 } far && far.Bridge == farBridge
                && far.Peer == near.Device)
                return new PatchPair(near, far);
        }
        return null;
    }
}
