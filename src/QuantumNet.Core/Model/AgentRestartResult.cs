namespace QuantumNet;

/// <summary>What became of a restart.</summary>
public enum AgentRestartStatus
{
    /// <summary>It runs as another process than before.</summary>
    Restarted,
    /// <summary>It did not run before, and does now.</summary>
    Started,
    /// <summary>It does not run, or still as the same process.</summary>
    Failed,
}

/// <summary>An agent before and after Restart-QuantumAgent.</summary>
public sealed record AgentRestartResult
{
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>The agent: <c>dhcp</c>, <c>ovs</c>, <c>l3</c> ...</summary>
    public string Agent { get; init; } = "";
    /// <summary>The service's name on that node; empty when it has none.</summary>
    public string Service { get; init; } = "";
    /// <summary>What became of it.</summary>
    public AgentRestartStatus Status { get; init; }
    /// <summary>The service manager's word before: <c>active</c>, <c>failed</c>, <c>start/running</c> ...</summary>
    public string StateBefore { get; init; } = "";
    /// <summary>Its process before; null when it ran none.</summary>
    public int? ProcessIdBefore { get; init; }
    /// <summary>When that process started, as ps prints it.</summary>
    public string StartedBefore { get; init; } = "";
    /// <summary>The service manager's word after.</summary>
    public string StateAfter { get; init; } = "";
    /// <summary>Its process after; null when it runs none.</summary>
    public int? ProcessIdAfter { get; init; }
    /// <summary>When that process started, as ps prints it.</summary>
    public string StartedAfter { get; init; } = "";
    /// <summary>When it was restarted, UTC.</summary>
    public DateTime RestartedAt { get; init; }
    /// <summary>One sentence.</summary>
    public string Summary { get; init; } = "";
    /// <summary>The command that restarted it.</summary>
    public string Command { get; init; } = "";
    /// <inheritdoc/>
    public override string ToString() => Summary;
}
