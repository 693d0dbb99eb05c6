namespace QuantumNet;

/// <summary>The kinds of error, named as PowerShell's ErrorCategory names them.</summary>
public enum QuantumErrorCategory
{
    /// <summary>An argument cannot be used.</summary>
    InvalidArgument,
    /// <summary>A file or an answer cannot be understood.</summary>
    InvalidData,
    /// <summary>The named thing does not exist.</summary>
    ObjectNotFound,
    /// <summary>A node or an endpoint cannot be reached.</summary>
    ConnectionError,
    /// <summary>Credentials were refused.</summary>
    AuthenticationError,
    /// <summary>The user may not do that.</summary>
    PermissionDenied,
    /// <summary>Something took longer than its deadline.</summary>
    OperationTimeout,
    /// <summary>A program or a library is missing.</summary>
    NotInstalled,
    /// <summary>A file would be overwritten.</summary>
    ResourceExists,
    /// <summary>A file cannot be read.</summary>
    ReadError,
    /// <summary>A file cannot be written.</summary>
    WriteError,
    /// <summary>More than one thing fits.</summary>
    InvalidOperation,
    /// <summary>A check against the safety rules failed.</summary>
    SecurityError,
}

/// <summary>An error as a user meets it: an id for scripts, what is wrong, and what to do.</summary>
public sealed record QuantumError
{
    /// <summary>Stable, PascalCase, one per cause: <c>NodeUnreachable</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its kind.</summary>
    public required QuantumErrorCategory Category { get; init; }

    /// <summary>What it is about: a node, a file, a port; may be empty.</summary>
    public string Target { get; init; } = "";

    /// <summary>One sentence: what is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>One sentence: what to do now.</summary>
    public required string Advice { get; init; }

    /// <summary>The exception behind it, if any.</summary>
    public Exception? Cause { get; init; }

    /// <summary>This error, to be thrown where nothing can go on.</summary>
    public QuantumException ToException() => new(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Message} {Advice} ({Id})";
}

/// <summary>Carries a <see cref="QuantumError"/> to where it is shown.</summary>
public sealed class QuantumException(QuantumError error) : Exception(error.Message, error.Cause)
{
    /// <summary>What the user is told.</summary>
    public QuantumError Error { get; } = error;
}
