namespace QuantumNet.Access.Ssh;

/// <summary>Why a host key is refused, and what to do. Whichever transport refuses, the id is the same
/// for the same reason.</summary>
internal static class HostKeyErrors
{
    private const string Attack = "this may be an attack";

    public static QuantumError Unknown(HostKeySubject subject, HostKey key, string file, string line, string remark) =>
        Create("HostKeyUnknown", subject,
            $"The host key of {subject} is not known: {key}{remark}.",
            $"Compare it with 'ssh-keygen -lf /etc/ssh/ssh_host_{NameOf(key)}_key.pub' on the host, then keep it: "
                + $"echo '{line}' >> '{file}'.");

    /// <summary>The same, where the ssh program refused and showed no key.</summary>
    public static QuantumError Unknown(string node, string typed) => Create("HostKeyUnknown", new(node, node, 0),
        $"The host key of node '{node}' is not known.",
        "Compare its fingerprint with the node's own (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), "
            + $"then connect once with '{typed}' to keep it.");

    public static QuantumError Changed(HostKeySubject subject, HostKey key, KnownHostsLine known) =>
        Create("HostKeyChanged", subject,
            $"The host key of {subject} has changed; {Attack}: "
                + $"it shows {key}, and {known} knows {known.Key.Fingerprint}.",
            TakeOut(known.File, known.Number));

    /// <summary>The same, where the ssh program refused.</summary>
    /// <param name="node">The node.</param>
    /// <param name="fingerprint">What it said of the key; empty for nothing.</param>
    /// <param name="place">The line that it named, as FILE:LINE; null for none.</param>
    public static QuantumError Changed(string node, string fingerprint, (string File, int Number)? place)
    {
        string shown = fingerprint.Length > 0 ? ": it shows " + fingerprint : "";
        string known =
            place is { } at ? $"{(shown.Length > 0 ? "," : ":")} and {at.File}:{at.Number} knows another" : "";
        return Create("HostKeyChanged", new(node, node, 0),
            $"The host key of node '{node}' has changed; {Attack}{shown}{known}.",
            place is { } line ? TakeOut(line.File, line.Number)
            : "Find out why before anything else. If the node was installed again, "
                + $"remove the old key with 'ssh-keygen -R {node}' and compare the new one.");
    }

    public static QuantumError Revoked(HostKeySubject subject, HostKey key, KnownHostsLine known) =>
        Create("HostKeyRevoked", subject,
            $"The host key of {subject} is revoked; {Attack}: {known} says so of {key}.", NewKey);

    /// <summary>The same, where the ssh program refused.</summary>
    public static QuantumError Revoked(string node) => Create("HostKeyRevoked", new(node, node, 0),
        $"The host key of node '{node}' is revoked; {Attack}.", NewKey);

    public static QuantumError Unreadable(HostKeySubject subject) => Create("HostKeyUnreadable", subject,
        $"The host key of {subject} cannot be read.", "Check that an SSH server listens on this port.");

    public static QuantumError Unproven(HostKeySubject subject) => Create("HostKeyUnproven", subject,
        $"The host key of {subject} could not be verified: "
            + "it did not sign with the key that it shows, or its certificate is not valid now.",
        "Look at the certificate on the host (ssh-keygen -Lf /etc/ssh/ssh_host_ed25519_key-cert.pub) and at both "
            + "clocks. Somebody may listen in.");

    public static QuantumError FileNotRead(string file, Exception cause) =>
        Create("KnownHostsNotRead", QuantumErrorCategory.ReadError, file,
            $"The known_hosts file '{file}' cannot be read: {cause.Message}",
            "Check its permissions: without it no host key can be compared.", cause);

    public static QuantumError FileNotWritten(string file, Exception cause) =>
        Create("KnownHostsNotWritten", QuantumErrorCategory.WriteError, file,
            $"The new host key cannot be kept in '{file}': {cause.Message}",
            "Check its permissions, or name another file by \"knownHostsFile\" in the inventory.", cause);

    private const string NewKey = "Do not log in. Find out who answers there, and give the host a new host key.";

    private static string TakeOut(string file, int number) =>
        "Find out why before anything else. "
        + $"If the host was installed again, take line {number} out of '{file}' and compare the new key.";

    /// <summary>As ssh-keygen's files are named.</summary>
    private static string NameOf(HostKey key) =>
        key.Type.StartsWith("ecdsa", StringComparison.Ordinal) ? "ecdsa" : key.Type == "ssh-rsa" ? "rsa" : "ed25519";

    private static QuantumError Create(string id, HostKeySubject subject, string message, string advice) =>
        Create(id, QuantumErrorCategory.SecurityError, subject.Node, message, advice);

    private static QuantumError Create(string id, QuantumErrorCategory category, string target, string message,
        string advice, Exception? cause = null) =>
            new() { Id = id, Category = category, Target = target, Message = message, Advice = advice, Cause = cause };
}
