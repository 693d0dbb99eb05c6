using QuantumNet.Access;

namespace QuantumNet.Pipeline;

/// <summary>A connection that nothing stands behind: one that a user made up, or read back from JSON.</summary>
internal sealed class NoSource : IQuantumSource
{
    public static readonly NoSource Instance = new();

    public Task<QuantumSnapshot> GatherAsync(GatherRequest request, IGatherObserver observer, CancellationToken stop) =>
        throw Errors.NoConnection().ToException();
}
