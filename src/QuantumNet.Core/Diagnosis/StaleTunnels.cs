using QuantumNet.Faults;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>A node's tunnels that no pair of nodes needs: to the node itself, a second one to the same node, or to an
/// address that no node has.</summary>
internal static class StaleTunnels
{
    /// <summary>The findings of a node (QN5003); none where it was not reached.</summary>
    public static IEnumerable<Finding> Of(CloudView cloud, string name, string type)
    {
        if (cloud.Node(name) is not { } node || !node.State.Has("OvsPort"))
            yield break;
        Dictionary<string, OvsPort> first = new(StringComparer.OrdinalIgnoreCase);
        foreach (OvsPort tunnel in TunnelMesh.Of(node, type).Where(port => port.RemoteIp is not ("" or "flow")))
        {
            string owner = TunnelEndpoints.Of(cloud.Cloud).OwnerOf(tunnel.RemoteIp);
            if (node.Addresses.Contains(tunnel.RemoteIp))
                yield return Fail(node, tunnel, $"leads to {tunnel.RemoteIp}, which is {node.Name} itself");
            else if (owner.Length == 0 && MeshMembers.KnowsEveryAddress(cloud))
                yield return Fail(node, tunnel, $"leads to {tunnel.RemoteIp}, which no node has");
            else if (owner.Length > 0 && !first.TryAdd($"{owner} {tunnel.LocalIp} {tunnel.Option("dst_port")}", tunnel))
                yield return Fail(node, tunnel, $"leads to {owner}, as "
                    + $"{first[$"{owner} {tunnel.LocalIp} {tunnel.Option("dst_port")}"].Device} does: {owner} gets "
                    + "broadcasts twice");
        }
    }

    private static Finding Fail(NodeView node, OvsPort tunnel, string what) => TunnelFaults.TunnelStale
        .Fail(node.Name, tunnel.Device, $"{tunnel.Device} on {node.Name} {what}.", tunnel.ToEvidence())
        with { At = HopComponent.Tunnel };
}
