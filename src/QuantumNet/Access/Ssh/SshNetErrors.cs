namespace QuantumNet.Access.Ssh;

/// <summary>What can go wrong with transport sshnet alone; where the ssh program fails for the same reason,
/// the error is that of <see cref="AccessErrors"/>.</summary>
internal static class SshNetErrors
{
    public static QuantumError NotLoaded(string folder, Exception cause) => new()
    {
        Id = "SshNetNotLoaded",
        Category = QuantumErrorCategory.NotInstalled,
        Target = folder,
        Cause = cause,
        Message = $"SSH.NET cannot be loaded from '{folder}': {cause.Message.TrimEnd('.')}.",
        Advice = "The installation is damaged: install QuantumNet again, or use transport ssh.",
    };

    /// <summary>The refused login, with the keys that were not even offered.</summary>
    public static QuantumError LoginRefused(string node, string said) =>
        AccessErrors.AuthenticationFailed(node, said) with
        {
            Advice = "Load the key into ssh-agent, or name it by \"identityFile\"; "
                + "-Credential gives its passphrase, or the user's password.",
        };

    /// <summary>No answer, in words that do not need an ssh program.</summary>
    public static QuantumError Unreachable(string node, string said)
    {
        QuantumError error = AccessErrors.NodeUnreachable(node, said);
        return error.Advice.Contains($"'ssh {node} true'", StringComparison.Ordinal)
            ? error with { Advice = $"Check \"address\" and \"port\" of {node} in the inventory, and the route to it." }
            : error;
    }
}
