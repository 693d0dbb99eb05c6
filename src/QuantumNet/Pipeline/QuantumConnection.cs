using QuantumNet.Access;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet;

/// <summary>Where the cmdlets of a session get their data: live nodes and a control plane,
/// or a saved snapshot.</summary>
public sealed record QuantumConnection
{
    /// <summary>Its name: the inventory's or snapshot's file name, or the nodes'.</summary>
    public string Name { get; init; } = "";
    /// <summary>The inventory file; empty when the nodes were named.</summary>
    public string Inventory { get; init; } = "";
    /// <summary>The snapshot's folder or zip; empty when live.</summary>
    public string Snapshot { get; init; } = "";
    /// <summary>The nodes; empty when the snapshot tells them.</summary>
    public string[] ComputerName { get; init; } = [];
    /// <summary>Where records come from: <c>api</c>, <c>client</c>, <c>file</c>, <c>none</c>,
    /// or <c>snapshot</c>.</summary>
    public string ControlPlane { get; init; } = "";
    /// <summary>When it was made, UTC.</summary>
    public DateTime ConnectedAt { get; init; }

    /// <summary>What gathers.</summary>
    internal IQuantumSource Source { get; init; } = NoSource.Instance;

    /// <summary>What was gathered through it last.</summary>
    internal KeptGathers Kept { get; init; } = new();

    /// <summary>What reads raw outputs into records.</summary>
    internal Func<QuantumSnapshot, Cloud> ReadCloud { get; init; } = CloudReader.Read;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
