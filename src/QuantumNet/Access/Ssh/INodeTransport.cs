namespace QuantumNet.Access.Ssh;

/// <summary>A way to a node's shell.</summary>
internal interface INodeTransport
{
    /// <summary>Why it is this one; empty when nobody chose.</summary>
    string Choice => "";

    /// <summary><c>ssh</c>, <c>sshnet</c> or <c>local</c>; empty when nobody chose.</summary>
    string Name => "";

    /// <summary>What a user types to reach the node in the same way; the command there follows.</summary>
    string Typed(InventoryNode node) => $"ssh {node.Name}";

    /// <summary>Starts <c>sh -s</c> on the node.</summary>
    /// <exception cref="QuantumException">It cannot be started at all.</exception>
    Task<INodeShell> OpenAsync(InventoryNode node, CancellationToken stop);

    /// <summary>The same, for a developer who wants to know how it connects.</summary>
    /// <param name="node">The node.</param>
    /// <param name="debug">Hears lines without secrets, from any thread; null for nobody.</param>
    /// <param name="stop">Breaks it off.</param>
    /// <exception cref="QuantumException">It cannot be started at all.</exception>
    Task<INodeShell> OpenAsync(InventoryNode node, Action<string>? debug, CancellationToken stop) =>
        OpenAsync(node, stop);
}

/// <summary>A shell that runs on a node. Disposing it ends it and all that it started.</summary>
internal interface INodeShell : IAsyncDisposable
{
    /// <summary>Takes the script; stays open while the node shall go on.</summary>
    Stream Input { get; }

    /// <summary>What the script prints.</summary>
    Stream Output { get; }

    /// <summary>Waits for the end; the error when it is the way's fault (host key, login, route),
    /// not the script's.</summary>
    Task<QuantumError?> EndAsync(CancellationToken stop);

    /// <summary>Exit status of the shell, or of ssh; null while it runs.</summary>
    int? ExitStatus { get; }

    /// <summary>What was said on standard error so far.</summary>
    string Said { get; }
}
