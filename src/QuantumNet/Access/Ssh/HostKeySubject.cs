namespace QuantumNet.Access.Ssh;

/// <summary>Whose host key is looked at.</summary>
/// <param name="Node">The node that is to be reached.</param>
/// <param name="Host">The name that known_hosts files know the host by.</param>
/// <param name="Port">Its port.</param>
/// <param name="IsJumpHost">Whether it is not the node itself but a host on the way to it.</param>
internal readonly record struct HostKeySubject(string Node, string Host, int Port, bool IsJumpHost = false)
{
    /// <inheritdoc/>
    public override string ToString() => IsJumpHost ? $"jump host '{Host}' of node '{Node}'" : $"node '{Node}'";
}
