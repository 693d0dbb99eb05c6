namespace QuantumNet.Pipeline;

/// <summary>Turns raw outputs into records.</summary>
internal static class CloudReading
{
    public static Cloud Read(QuantumSnapshot snapshot) => new() { CollectedAt = snapshot.CollectedAt };
}
