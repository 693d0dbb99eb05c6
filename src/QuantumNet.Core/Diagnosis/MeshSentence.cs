namespace QuantumNet.Diagnosis;

/// <summary>The one sentence that the verdict on a mesh is told in.</summary>
internal static class MeshSentence
{
    /// <summary>Tells a result.</summary>
    public static string Of(OvsMeshResult result, Finding? root)
    {
        string mesh = $"{result.Type} mesh of {result.Nodes.Length} nodes"
            + (result.NetworkId.Length > 0 ? $" for network {result.NetworkId}" : "");
        int bad = result.Pairs.Count(pair => pair.Status != DhcpPathStatus.Ok);
        string pairs = bad == 0 ? "" : bad == 1 ? " One pair of nodes is hit." : $" {bad} pairs of nodes are hit.";
        return result.Status switch
        {
            DhcpPathStatus.Ok => $"The {mesh} is whole: {(result.Pairs.Length == 1 ? "the pair has its tunnels"
                : $"each of {result.Pairs.Length} pairs has its tunnels")}, both ways.",
            DhcpPathStatus.Broken => $"The {mesh} is broken: {root?.Message}{pairs}",
            DhcpPathStatus.Degraded => $"The {mesh} is whole, but: {root?.Message}{pairs}",
            _ => $"Cannot determine whether the {mesh} is whole: {root?.Message}{pairs}",
        };
    }
}
