using System.Globalization;
using System.Net;
using QuantumNet.Access;
using QuantumNet.Access.Ssh;
using QuantumNet.Access.Ssh.Config;

namespace QuantumNet.SshNet;

/// <summary>Works out the way to a node: the inventory's word first, as ssh puts its command line first,
/// then ssh_config's. Jump hosts are those of ssh_config alone, and are looked up there themselves.</summary>
internal sealed class SshNetRoute(InventorySsh settings, NetworkCredential? credential, string home)
{
    private const int MaximumJumps = 8;

    /// <summary>The way to a node.</summary>
    /// <exception cref="QuantumException">A name cannot be a host's, or ssh_config is wrong or asks for what transport
    /// sshnet has not.</exception>
    public SshNetTarget To(InventoryNode node)
    {
        string host = node.Address.Length > 0 ? node.Address : node.Name;
        if (!HostName.IsSafe(host))
            throw AccessErrors.NameUnsafe(host).ToException();
        SshHostSettings said = SshConfig.Read(settings.ConfigFile, new(host.Trim('[', ']'), home)
        {
            User = credential?.UserName is { Length: > 0 } named ? named : node.User,
            Port = node.Port,
        });
        bool isStrict = settings.StrictHostKeyChecking ?? !Accepts(said.StrictHostKeyChecking);
        SshNetTarget target = Make(node.Name, said, isJump: false)
            with { TakesNewKeys = !isStrict, Jump = JumpOf(node.Name, said, 0) };
        return target with
        {
            IdentityFiles = node.IdentityFile.Length > 0
                ? [node.IdentityFile, .. target.IdentityFiles.Where(file => file != node.IdentityFile)]
                : target.IdentityFiles,
            KnownHosts = string.IsNullOrEmpty(settings.KnownHostsFile) ? target.KnownHosts
                : new([settings.KnownHostsFile], SharedOf(said)),
        };
    }

    private SshNetTarget Make(string node, SshHostSettings said, bool isJump)
    {
        Refuse(node, said);
        if (string.IsNullOrWhiteSpace(said.User) || said.User.Any(char.IsControl))
            throw AccessErrors.UserNameUnsafe(said.User).ToException();
        int port = said.Port ?? KnownHosts.DefaultPort;
        HostKeySubject subject = said.HostKeyAlias.Length > 0
            ? new(node, said.HostKeyAlias, KnownHosts.DefaultPort, isJump) : new(node, said.HostName, port, isJump);
        return new(subject, said.HostName, port, said.User)
        {
            IdentityFiles = said.IdentityFiles,
            CertificateFiles = said.CertificateFiles,
            IdentitiesOnly = said.IdentitiesOnly,
            IdentityAgent = said.IdentityAgent,
            KnownHosts = new(said.UserKnownHostsFiles.Count > 0 ? said.UserKnownHostsFiles
                : KnownHostsFiles.OwnOf(home), SharedOf(said)),
            TakesNewKeys = Accepts(said.StrictHostKeyChecking),
        };
    }

    private SshNetTarget? JumpOf(string node, SshHostSettings said, int depth) =>
        said.ProxyJump.IsNone ? null : Through(node, said.ProxyJump.Text.Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), depth);

    /// <summary>The last of some jump hosts, which is reached through those before it;
    /// the first as ssh_config says of it.</summary>
    private SshNetTarget Through(string node, ReadOnlySpan<string> jumps, int depth)
    {
        string text = jumps[^1];
        if (depth == MaximumJumps)
            throw SshConfigErrors.JumpsRound(node, text).ToException();
        (string user, string host, int? port) = Parse(node, text);
        SshHostSettings said = SshConfig.Read(settings.ConfigFile, new(host, home) { User = user, Port = port });
        return Make(node, said, isJump: true) with
        {
            Jump = jumps.Length > 1 ? Through(node, jumps[..^1], depth + 1) : JumpOf(node, said, depth + 1),
        };
    }

    /// <summary>Reads <c>user@host:port</c>, <c>[2001:db8::1]:22</c> or <c>ssh://user@host:port</c>.</summary>
    private static (string User, string Host, int? Port) Parse(string node, string text)
    {
        string rest = text.StartsWith("ssh://", StringComparison.OrdinalIgnoreCase) ? text[6..].TrimEnd('/') : text;
        int at = rest.LastIndexOf('@');
        string user = at < 0 ? "" : rest[..at];
        rest = rest[(at + 1)..];
        int end = rest.StartsWith('[') ? rest.IndexOf(']') + 1 : rest.IndexOf(':');
        end = end < 0 ? rest.Length : end;
        string host = rest[..end].Trim('[', ']');
        int? port = null;
        if (end < rest.Length)
            port = rest[end] == ':' && int.TryParse(rest.AsSpan(end + 1), NumberStyles.None,
                CultureInfo.InvariantCulture, out int number) && number is > 0 and < 65536 ? number : 0;
        return HostName.IsSafe(host) && port != 0 ? (user, host, port)
            : throw SshConfigErrors.JumpInvalid(node, text).ToException();
    }

    /// <summary>What would be another way in than ssh's, or a check that is not made,
    /// is refused and not passed over.</summary>
    private static void Refuse(string node, SshHostSettings said)
    {
        if (!said.ProxyCommand.IsNone)
            throw SshConfigErrors.ProxyCommand(node, said.ProxyCommand.Line).ToException();
        if (!said.Pkcs11Provider.IsNone)
            throw SshConfigErrors.Pkcs11(node, said.Pkcs11Provider.Line).ToException();
        if (!said.RevokedHostKeys.IsNone)
            throw SshConfigErrors.RevokedHostKeys(node, said.RevokedHostKeys.Line).ToException();
    }

    private static IReadOnlyList<string> SharedOf(SshHostSettings said) =>
        said.GlobalKnownHostsFiles.Count > 0 ? said.GlobalKnownHostsFiles : KnownHostsFiles.Shared;

    /// <summary>Whether a new key is accepted. <c>no</c> accepts it as <c>accept-new</c> does,
    /// and no changed one.</summary>
    private static bool Accepts(string strict) => strict is "accept-new" or "no" or "off" or "false";
}
