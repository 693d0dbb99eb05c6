namespace QuantumNet.Access.Ssh.Config;

/// <summary>What can be wrong with an ssh_config file that transport sshnet reads.</summary>
internal static class SshConfigErrors
{
    private const string UseOpenSsh = "use transport ssh, which is the OpenSSH client";

    public static QuantumError Invalid(SshConfigLine line, string what) => Create("SshConfigInvalid", line.File,
        $"{line}: {what}.", "Correct the ssh_config file; 'ssh -G HOST' shows how ssh reads it.");

    public static QuantumError NotRead(string file, Exception cause) => Create("SshConfigInvalid", file,
        $"The ssh_config file '{file}' cannot be read: {cause.Message.TrimEnd('.')}.",
        "Check the path and its permissions.") with { Cause = cause };

    public static QuantumError TooDeep(SshConfigLine line) =>
        Invalid(line, "Include goes deeper than 16 files; some file includes itself");

    public static QuantumError Unsupported(string node, SshConfigLine? line, string what, string advice) =>
        Create("SshConfigUnsupported", node,
            $"{(line is null ? "" : $"{line}: ")}transport sshnet has no {what}, "
                + $"which ssh_config asks for on the way to '{node}'.", advice);

    public static QuantumError ProxyCommand(string node, SshConfigLine? line) => Unsupported(node, line, "ProxyCommand",
        $"Use ProxyJump where the program only connects through another host; otherwise {UseOpenSsh}.");

    public static QuantumError Pkcs11(string node, SshConfigLine? line) => Unsupported(node, line, "PKCS11Provider",
        $"Add the card's keys to ssh-agent (ssh-add -s LIBRARY), or {UseOpenSsh}.");

    public static QuantumError RevokedHostKeys(string node, SshConfigLine? line) =>
        Unsupported(node, line, "RevokedHostKeys",
            $"Mark the keys with @revoked in a known_hosts file, or {UseOpenSsh}.");

    public static QuantumError JumpsRound(string node, string jump) => Create("SshConfigInvalid", node,
        $"The way to '{node}' goes through '{jump}' again and again.",
        "Correct ProxyJump: a jump host must not be reached through itself (Host * matches it, too).");

    public static QuantumError JumpInvalid(string node, string text) => Create("SshConfigInvalid", node,
        $"'{text}' of ProxyJump on the way to '{node}' is not a jump host.",
        "Write user@host:port; user and port may be left out, and several are separated by commas.");

    private static QuantumError Create(string id, string target, string message, string advice) =>
        new() { Id = id, Category = QuantumErrorCategory.InvalidData, Target = target,
            Message = message, Advice = advice };
}
