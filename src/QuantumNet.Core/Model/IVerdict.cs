namespace QuantumNet;

/// <summary>A verdict of a cmdlet that tests, whatever it is on: what views, exit statuses and reports need of it.
/// </summary>
internal interface IVerdict
{
    /// <summary>The verdict.</summary>
    DhcpPathStatus Status { get; }
    /// <summary>Code of the root cause; null when Ok.</summary>
    string? Cause { get; }
    /// <summary>The verdict in a sentence.</summary>
    string Summary { get; }
    /// <summary>What does not pass, root causes first.</summary>
    Finding[] Findings { get; }
    /// <summary>How long it took, in seconds.</summary>
    double DurationSeconds { get; }
}
