using System.Runtime.CompilerServices;

namespace QuantumNet.Topology;

/// <summary>What is worked out once for a node and asked for every port: it lives as long as the node's view does.
/// Safe to ask from several threads.</summary>
internal sealed class NodeMemo<T>(Func<NodeView, T> make)
    where T : class
{
    private readonly ConditionalWeakTable<NodeView, T> _known = [];

    /// <summary>The node's.</summary>
    public T Of(NodeView node) => _known.GetValue(node, one => make(one));
}
