namespace QuantumNet.Access.Ssh;

/// <summary>Why a node's host key is refused, and what to do. Where the ssh program refuses for the same reason, the id is the same.</summary>
internal static class HostKeyErrors
{
    public static QuantumError Unknown(string node, HostKey key, string file, string line, string remark) => AccessErrors.HostKeyUnknown(node) with
    {
        Message = $"The host key of node '{node}' is not known: {key}{remark}.",
        Advice = $"Compare it with 'ssh-keygen -lf /etc/ssh/ssh_host_{NameOf(key)}_key.pub' on the node, then keep it: echo '{line}' >> '{file}'.",
    };

    public static QuantumError Changed(string node, HostKey key, KnownHostsLine known) => AccessErrors.HostKeyChanged(node) with
    {
        Message = $"The host key of node '{node}' is another than the known one: it shows {key}, and {known} knows {known.Key.Fingerprint}.",
        Advice = $"Somebody may listen in. When the node was installed anew, take line {known.Number} out of '{known.File}' and check the new key.",
    };

    public static QuantumError Revoked(string node, HostKey key, KnownHostsLine known) => Create("HostKeyRevoked", QuantumErrorCategory.SecurityError, node,
        $"The host key of node '{node}' is revoked: {known} says so of {key}.", "Somebody may listen in. Give the node a new host key.");

    public static QuantumError Unreadable(string node) => Create("HostKeyUnreadable", QuantumErrorCategory.SecurityError, node,
        $"Node '{node}' shows a host key that cannot be read.", "Check that an SSH server listens on this port.");

    public static QuantumError FileNotRead(string file, Exception cause) => Create("KnownHostsNotRead", QuantumErrorCategory.ReadError, file,
        $"The known_hosts file '{file}' cannot be read: {cause.Message}", "Check its permissions: without it no host key can be compared.", cause);

    public static QuantumError FileNotWritten(string file, Exception cause) => Create("KnownHostsNotWritten", QuantumErrorCategory.WriteError, file,
        $"The new host key cannot be kept in '{file}': {cause.Message}", "Check its permissions, or name another file by \"knownHostsFile\" in the inventory.", cause);

    /// <summary>As ssh-keygen's files are named.</summary>
    private static string NameOf(HostKey key) => key.Type.StartsWith("ecdsa", StringComparison.Ordinal) ? "ecdsa" : key.Type == "ssh-rsa" ? "rsa" : "ed25519";

    private static QuantumError Create(string id, QuantumErrorCategory category, string target, string message, string advice, Exception? cause = null) =>
        new() { Id = id, Category = category, Target = target, Message = message, Advice = advice, Cause = cause };
}
