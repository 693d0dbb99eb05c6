namespace QuantumNet.Snapshots.Frames;

/// <summary>One command to run on a node, and the collectors that want it.</summary>
internal sealed record PlannedCommand(int Number, CommandTemplate Template, string[] Collectors)
{
    /// <summary>Whether anybody may have written a secret into what it prints.</summary>
    public bool MayHoldSecrets { get; init; }
}

/// <summary>Numbers of the frames that tell what a loop ran over.</summary>
internal static class LookupFrame
{
    public const int Bridges = -2, Namespaces = -3, Networks = -4, Processes = -5, NftTables = -6;
}
