namespace QuantumNet.Access.ControlPlane;

/// <summary>Limits of the API client.</summary>
public sealed record ApiOptions
{
    /// <summary>Deadline for one answer, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 30;
    /// <summary>What one answer may hold at most, in bytes.</summary>
    public long MaximumBytes { get; init; } = 64 * 1024 * 1024;
    /// <summary>Requests at a time.</summary>
    public int ThrottleLimit { get; init; } = 8;
    /// <summary>Records on one page of a long list.</summary>
    public int PageSize { get; init; } = 1000;
    /// <summary>Pages of one list at most.</summary>
    public int MaximumPages { get; init; } = 1000;
    /// <summary>What the pages of one list may hold together, in bytes.</summary>
    public long MaximumListBytes { get; init; } = 512 * 1024 * 1024;
    /// <summary>How long one list may take, in seconds.</summary>
    public int MaximumListSeconds { get; init; } = 300;
    /// <summary>Lines of a console log.</summary>
    public int ConsoleLines { get; init; } = 1000;
}
