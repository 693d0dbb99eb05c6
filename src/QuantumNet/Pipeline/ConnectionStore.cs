namespace QuantumNet.Pipeline;

/// <summary>What a session remembers: its default connection, and the last cloud for completion of names.</summary>
internal sealed class ConnectionStore
{
    private volatile QuantumConnection? _default;
    private volatile Cloud? _lastCloud;

    /// <summary>The connection that <c>Connect-Quantum</c> made; null before.</summary>
    public QuantumConnection? Default
    {
        get => _default;
        set => _default = value;
    }

    /// <summary>The last cloud that a cmdlet of this session read; null before.</summary>
    public Cloud? LastCloud
    {
        get => _lastCloud;
        set => _lastCloud = value;
    }
}
