namespace QuantumNet.Access.Ssh;

/// <summary>Which transport reaches a node, and why. It is chosen once, before anything is tried:
/// a refused host key or login is not a reason to try another.</summary>
/// <param name="Transport"><c>ssh</c>, <c>sshnet</c> or <c>local</c>.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct TransportChoice(string Transport, string Reason)
{
    /// <summary>Chooses for this machine.</summary>
    /// <param name="named">What the inventory or <c>-Transport</c> names; <c>auto</c> to choose.</param>
    /// <param name="hasCredential">Whether there is a password.</param>
    public static TransportChoice Of(string named, bool hasCredential) =>
        Of(named, hasCredential, named == Inventory.Auto && SshProgram.Find() is not null,
            canAnswer: !OperatingSystem.IsWindows());

    /// <summary>Chooses.</summary>
    /// <param name="named">What the inventory or <c>-Transport</c> names; <c>auto</c> to choose.</param>
    /// <param name="hasCredential">Whether there is a password.</param>
    /// <param name="hasProgram">Whether there is an ssh program.</param>
    /// <param name="canAnswer">Whether that program can be given a password (SSH_ASKPASS).</param>
    internal static TransportChoice Of(string named, bool hasCredential, bool hasProgram, bool canAnswer) =>
        named != Inventory.Auto ? new(named, "the inventory or -Transport names it")
        : !hasProgram ? new(Inventory.SshNet, "there is no ssh program")
        : hasCredential && !canAnswer ? new(Inventory.SshNet, "the ssh program takes no password on this system")
        : new(Inventory.OpenSsh, "there is an ssh program");

    /// <inheritdoc/>
    public override string ToString() => $"transport {Transport}: {Reason}";
}

/// <summary>A transport, with the reason why it was chosen.</summary>
internal sealed class ChosenTransport(INodeTransport transport, TransportChoice choice) : INodeTransport
{
    public string Choice => choice.ToString();

    public string Name => choice.Transport;

    public string Typed(InventoryNode node) => transport.Typed(node);

    /// <summary>The transport itself.</summary>
    public INodeTransport Inner => transport;

    public Task<INodeShell> OpenAsync(InventoryNode node, CancellationToken stop) => transport.OpenAsync(node, stop);

    public Task<INodeShell> OpenAsync(InventoryNode node, Action<string>? debug, CancellationToken stop) =>
        transport.OpenAsync(node, debug, stop);
}
