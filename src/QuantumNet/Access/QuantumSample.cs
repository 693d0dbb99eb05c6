namespace QuantumNet;

/// <summary>A snapshot that comes with QuantumNet, to try everything on. As a text it is its path, so that -Snapshot
/// takes it.</summary>
public sealed record QuantumSample
{
    /// <summary>Its name: what it shows, as <c>broken-QN5006-no-inbound-flow</c>.</summary>
    public string Name { get; init; } = "";
    /// <summary><c>Healthy</c>, <c>Broken</c>, <c>Degraded</c>, <c>Fleet</c> (many ports, several causes) or
    /// <c>Traced</c> (with captures).</summary>
    public string Kind { get; init; } = "";
    /// <summary>Code of the cause; empty for none, or several.</summary>
    public string Cause { get; init; } = "";
    /// <summary>What the code means, or what the cloud is.</summary>
    public string Title { get; init; } = "";
    /// <summary>The folder or zip.</summary>
    public string Path { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Path;
}
