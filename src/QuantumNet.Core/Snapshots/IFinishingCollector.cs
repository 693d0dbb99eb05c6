namespace QuantumNet.Snapshots;

/// <summary>A collector that joins what several commands, or several collectors, told about a node.</summary>
public interface IFinishingCollector : ICollector
{
    /// <summary>Called once per node, after all of its outputs were read. Never throws.</summary>
    void Finish(NodeState node);
}
