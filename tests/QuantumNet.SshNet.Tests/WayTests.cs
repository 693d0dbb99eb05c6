using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Access;
using Renci.SshNet;

namespace QuantumNet.SshNet.Tests;

/// <summary>What ssh_config, agents, certificates and jump hosts do for a login, by both transports,
/// against real sshds.</summary>
public sealed class WayTests : IDisposable
{
    private readonly Ways _ways = new();

    public void Dispose() => _ways.Dispose();

    [SkippableTheory]
    [InlineData("ssh")]
    [InlineData("sshnet")]
    public async Task A_node_behind_a_jump_host_is_reached_through_it(string transport)
    {
        using SshServer jump = Server.Start(), target = Server.Start();
        _ways.Write(_ways.Host("target", target, "ProxyJump gate") + _ways.Host("gate", jump));
        await using (INodeShell shell = await _ways.Reach(transport).OpenAsync(Ways.Target, default))
            Assert.True(await Server.BecomesAsync(() => jump.Sessions() > 0 && target.Sessions() > 0),
                "it does not go through the jump host");
        Assert.True(await Server.BecomesAsync(() => jump.Sessions() == 0 && target.Sessions() == 0),
            "a connection is left open");
        await Server.WorksAsync(_ways.Reach(transport), Ways.Target);
    }

    [SkippableTheory]
    [InlineData("ssh")]
    [InlineData("sshnet")]
    public async Task Two_jump_hosts_are_passed_in_order_and_a_jump_host_may_have_its_own(string transport)
    {
        using SshServer first = Server.Start(), second = Server.Start(), target = Server.Start();
        _ways.Write(_ways.Host("target", target, "ProxyJump one,two") + _ways.Host("one", first)
            + _ways.Host("two", second));
        await PassesBothAsync();
        _ways.Write(_ways.Host("target", target, "ProxyJump two") + _ways.Host("one", first)
            + _ways.Host("two", second, "ProxyJump one"));
        await PassesBothAsync();

        async Task PassesBothAsync()
        {
            await using INodeShell shell = await _ways.Reach(transport, timeout: 20).OpenAsync(Ways.Target, default);
            Assert.True(await Server.BecomesAsync(
                () => first.Sessions() > 0 && second.Sessions() > 0 && target.Sessions() > 0), "it takes another way");
        }
    }

    [SkippableTheory]
    [InlineData("ssh")]
    [InlineData("sshnet")]
    public async Task Behind_a_jump_host_a_host_key_is_checked_under_the_nodes_own_name(string transport)
    {
        using SshServer jump = Server.Start(), target = Server.Start();
        _ways.Write(_ways.Host("target", target, "ProxyJump gate", knownHosts: "other_hosts")
            + _ways.Host("gate", jump));
        await Server.FailsAsync("HostKeyChanged", _ways.Reach(transport), Ways.Target);
        _ways.Write(_ways.Host("target", target, "ProxyJump gate")
            + _ways.Host("gate", jump, knownHosts: "other_hosts"));
        QuantumError error = await Server.FailsAsync("HostKeyChanged", _ways.Reach(transport), Ways.Target);
        if (transport == "sshnet")
            Assert.Contains("jump host '127.0.0.1' of node 'target'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, target.Sessions());
    }

    [SkippableFact]
    public async Task A_jump_host_that_fails_is_named()
    {
        using SshServer jump = Server.Start("AllowTcpForwarding no"), target = Server.Start();
        _ways.Write(_ways.Host("target", target, "ProxyJump gate") + _ways.Host("gate", jump));
        Assert.Contains("through jump host 127.0.0.1",
            (await Server.FailsAsync("NodeUnreachable", _ways.Reach("sshnet"), Ways.Target)).Message,
            StringComparison.Ordinal);
        _ways.Write(_ways.Host("target", target, "ProxyJump gate") + _ways.Host("gate", jump, key: "stranger"));
        Assert.Contains("jump host 127.0.0.1: ",
            (await Server.FailsAsync("AuthenticationFailed", _ways.Reach("sshnet"), Ways.Target)).Message,
            StringComparison.Ordinal);
        _ways.Write(_ways.Host("target", target, "ProxyJump gate") + "Host gate\n  ProxyJump gate\n");
        Assert.Contains("again and again",
            (await Server.FailsAsync("SshConfigInvalid", _ways.Reach("sshnet"), Ways.Target)).Message,
            StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("ssh", "ed25519")]
    [InlineData("sshnet", "ed25519")]
    [InlineData("ssh", "rsa")]
    [InlineData("sshnet", "rsa")]
    [InlineData("sshnet", "ecdsa")]
    public async Task A_key_of_the_agent_opens(string transport, string type)
    {
        using SshServer server = Server.Start();
        string key = _ways.Key("held", type), other = _ways.Key("other");
        string agent = _ways.Agent(other, key);
        File.WriteAllText(Path.Combine(server.Folder, "authorized_keys"), File.ReadAllText(key + ".pub"));
        File.Delete(key);       // only the agent has it
        _ways.Write(_ways.Host("target", server, $"IdentityAgent {agent}", key: ""));
        await Server.WorksAsync(_ways.Reach(transport), Ways.Target);
        _ways.Write(_ways.Host("target", server,
            $"IdentityAgent {agent}\n  IdentitiesOnly yes\n  IdentityFile {other}", key: ""));
        await Server.FailsAsync("AuthenticationFailed", _ways.Reach(transport), Ways.Target);
        _ways.Write(_ways.Host("target", server,
            $"IdentityAgent {agent}\n  IdentitiesOnly yes\n  IdentityFile {key}", key: ""));
        await Server.WorksAsync(_ways.Reach(transport), Ways.Target);
    }

    [SkippableFact]
    public async Task An_agent_that_is_not_there_is_named_when_the_login_fails()
    {
        using SshServer server = Server.Start();
        _ways.Write(_ways.Host("target", server, $"IdentityAgent {_ways.Folder}/nowhere", key: "stranger"));
        QuantumError error = await Server.FailsAsync("AuthenticationFailed", _ways.Reach("sshnet"), Ways.Target);
        Assert.Contains($"ssh-agent at '{_ways.Folder}/nowhere' cannot be asked", error.Message,
            StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("ssh", "ed25519", "beside")]
    [InlineData("sshnet", "ed25519", "beside")]
    [InlineData("sshnet", "rsa", "beside")]
    [InlineData("sshnet", "ecdsa", "beside")]
    [InlineData("ssh", "ed25519", "named")]
    [InlineData("sshnet", "ed25519", "named")]
    [InlineData("ssh", "ed25519", "agent")]
    [InlineData("sshnet", "ed25519", "agent")]
    [InlineData("sshnet", "rsa", "agent")]
    [InlineData("ssh", "ed25519", "of the agent")]
    [InlineData("sshnet", "ed25519", "of the agent")]
    public async Task A_certificate_opens(string transport, string type, string place)
    {
        string authority = _ways.Key("authority"), key = _ways.Key("certified", type);
        using SshServer server = Server.Start($"TrustedUserCAKeys {authority}.pub", "AuthorizedKeysFile none");
        _ways.Write(_ways.Host("target", server, $"IdentityFile {key}", key: ""));
        await Server.FailsAsync("AuthenticationFailed", _ways.Reach(transport), Ways.Target);
        string certificate = Ways.Sign(authority, key + ".pub", "-n", "root"),
            moved = Path.Combine(_ways.Folder, "elsewhere");
        string agent = place == "agent" ? _ways.Agent(WithoutCertificate())
            : place == "of the agent" ? _ways.Agent(key) : "none";
        if (place is "named" or "agent")
            File.Move(certificate, moved);
        string named = place is "named" or "agent" ? $"\n  CertificateFile {moved}" : "";
        _ways.Write(_ways.Host("target", server,
            $"IdentityAgent {agent}{(place == "of the agent" ? "" : "\n  IdentityFile " + key)}{named}", key: ""));
        await Server.WorksAsync(_ways.Reach(transport), Ways.Target);

        string WithoutCertificate()
        {
            // ssh-add would add the certificate that lies beside it
            string alone = Path.Combine(_ways.Folder, "alone");
            File.Copy(key, alone);
            return alone;
        }
    }

    [SkippableTheory]
    [InlineData("ssh")]
    [InlineData("sshnet")]
    public async Task A_host_is_known_by_its_certificate(string transport)
    {
        string authority = _ways.Key("authority"), host = _ways.Key("host_key");
        string certificate = Ways.Sign(authority, host + ".pub", "-h", "-n", "127.0.0.1,target.example.org");
        using SshServer server = Server.Start($"HostKey {host}", $"HostCertificate {certificate}");
        string known = Path.Combine(server.Folder, "ca_hosts");
        _ways.Write(_ways.Host("target", server, knownHosts: "ca_hosts"));
        File.WriteAllText(known, $"@cert-authority [127.0.0.1]:* {File.ReadAllText(authority + ".pub")}");
        await Server.WorksAsync(_ways.Reach(transport), Ways.Target);

        File.AppendAllText(known, $"@revoked * {File.ReadAllText(authority + ".pub")}");
        await Server.FailsAsync("HostKeyRevoked", _ways.Reach(transport), Ways.Target);
        File.WriteAllText(known, $"@cert-authority [127.0.0.1]:* {File.ReadAllText(_ways.Key("another") + ".pub")}");
        await Server.FailsAsync("HostKeyUnknown", _ways.Reach(transport), Ways.Target);
    }

    [SkippableTheory]
    [InlineData("ssh")]
    [InlineData("sshnet")]
    public async Task A_certificate_of_another_host_or_of_yesterday_makes_no_host_known(string transport)
    {
        string authority = _ways.Key("authority"), host = _ways.Key("host_key"), late = _ways.Key("late_key");
        using SshServer other = Server.Start($"HostKey {host}",
            $"HostCertificate {Ways.Sign(authority, host + ".pub", "-h", "-n", "other.example.org")}");
        using SshServer expired = Server.Start($"HostKey {late}", "HostCertificate "
            + $"{Ways.Sign(authority, late + ".pub", "-h", "-n", "127.0.0.1", "-V", "20200101:20200102")}");
        foreach (SshServer server in (SshServer[])[other, expired])
            File.WriteAllText(Path.Combine(server.Folder, "ca_hosts"),
                $"@cert-authority * {File.ReadAllText(authority + ".pub")}");
        _ways.Write(_ways.Host("target", other, knownHosts: "ca_hosts"));
        await Server.FailsAsync("HostKeyUnknown", _ways.Reach(transport), Ways.Target);
        _ways.Write(_ways.Host("target", expired, knownHosts: "ca_hosts"));
        await Server.FailsAsync(transport == "ssh" ? "HostKeyUnknown" : "HostKeyUnproven",
            _ways.Reach(transport), Ways.Target);
    }

    [SkippableTheory]
    [InlineData("ssh")]
    [InlineData("sshnet")]
    public async Task Unknown_changed_and_revoked_host_keys_are_three_errors(string transport)
    {
        using SshServer server = Server.Start();
        File.WriteAllText(Path.Combine(server.Folder, "revoked_hosts"),
            File.ReadAllText(Path.Combine(server.Folder, "known_hosts")) + "@revoked * "
                + File.ReadAllText(Path.Combine(server.Folder, "host.pub")));
        foreach ((string file, string id) in ((string, string)[])[("no_hosts", "HostKeyUnknown"),
            ("other_hosts", "HostKeyChanged"), ("revoked_hosts", "HostKeyRevoked")])
        {
            _ways.Write(_ways.Host("target", server, knownHosts: file));
            await Server.FailsAsync(id, _ways.Reach(transport), Ways.Target);
        }
        _ways.Write(_ways.Host("target", server, "StrictHostKeyChecking accept-new", knownHosts: "no_hosts"));
        await Server.WorksAsync(_ways.Reach(transport), Ways.Target);
        _ways.Write(_ways.Host("target", server, knownHosts: "no_hosts"));
        await Server.WorksAsync(_ways.Reach(transport), Ways.Target);
    }

    [SkippableTheory]
    [InlineData("HostKeyAlias lab")]
    [InlineData("HostKeyAlias lab\n  ProxyJump gate")]
    public async Task An_alias_is_the_name_that_a_host_is_known_by(string more)
    {
        using SshServer jump = Server.Start(), server = Server.Start();
        File.WriteAllText(Path.Combine(server.Folder, "alias_hosts"),
            "lab " + File.ReadAllText(Path.Combine(server.Folder, "host.pub")));
        _ways.Write(_ways.Host("target", server, more, knownHosts: "alias_hosts") + _ways.Host("gate", jump));
        await Server.WorksAsync(_ways.Reach("ssh"), Ways.Target);
        await Server.WorksAsync(_ways.Reach("sshnet"), Ways.Target);
    }

    [SkippableTheory]
    [InlineData("ProxyCommand nc %h %p", "ProxyCommand")]
    [InlineData("PKCS11Provider /usr/lib/opensc.so", "PKCS11Provider")]
    [InlineData("RevokedHostKeys /etc/ssh/revoked", "RevokedHostKeys")]
    [InlineData("ProxyJump card", "PKCS11Provider")]
    public async Task What_only_ssh_has_is_refused_by_name(string setting, string name)
    {
        _ways.Write($"Host card\n  PKCS11Provider /usr/lib/opensc.so\nHost target\n  {setting}\n");
        QuantumError error = (await Assert.ThrowsAsync<QuantumException>(
            () => _ways.Reach("sshnet").OpenAsync(Ways.Target, default))).Error;
        Assert.Equal("SshConfigUnsupported", error.Id);
        Assert.Contains($"transport sshnet has no {name}", error.Message, StringComparison.Ordinal);
        Assert.Contains(_ways.Config + ":", error.Message, StringComparison.Ordinal);
        Assert.Contains("transport ssh", error.Advice, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_FIDO_key_is_refused_by_name()
    {
        using SshServer server = Server.Start();
        // The public half of a made-up key: type, name of the curve's key, application.
        List<byte> blob = [];
        SshWire.WriteString(blob, "sk-ssh-ed25519@openssh.com"u8);
        SshWire.WriteString(blob, new byte[32]);
        SshWire.WriteString(blob, "ssh:"u8);
        string file = Path.Combine(_ways.Folder, "id_sk");
        File.WriteAllText(file + ".pub", $"sk-ssh-ed25519@openssh.com {Convert.ToBase64String([.. blob])} token\n");
        _ways.Write(_ways.Host("target", server, $"IdentityFile {file}", key: ""));
        QuantumError error = await Server.FailsAsync("AuthenticationFailed", _ways.Reach("sshnet"), Ways.Target);
        Assert.Contains("FIDO key (sk-ssh-ed25519@openssh.com)", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("sntrup761x25519-sha512@openssh.com")]
    [InlineData("curve25519-sha256")]
    [InlineData("diffie-hellman-group16-sha512")]
    public async Task Todays_key_exchanges_work(string algorithm)
    {
        using SshServer server = Server.Start($"KexAlgorithms {algorithm}");
        _ways.Write(_ways.Host("target", server));
        await Server.WorksAsync(_ways.Reach("sshnet"), Ways.Target);
    }

    [Fact]
    public void Post_quantum_key_exchanges_are_offered_first_and_weak_algorithms_not_at_all()
    {
        ConnectionInfo info = new("n1", "root", new NoneAuthenticationMethod("root"));
        SshNetAlgorithms.Choose(info, ["ssh-rsa"], isCertified: false);
        Assert.Equal(["mlkem768x25519-sha256", "sntrup761x25519-sha512"], info.KeyExchangeAlgorithms.Keys.Take(2));
        Assert.DoesNotContain(info.KeyExchangeAlgorithms.Keys,
            name => name.EndsWith("-sha1", StringComparison.Ordinal));
        Assert.Equal(["rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519"], info.HostKeyAlgorithms.Keys.Take(3));
        SshNetAlgorithms.Choose(info = new("n1", "root", new NoneAuthenticationMethod("root")),
            ["ssh-rsa"], isCertified: true);
        Assert.Equal("ssh-ed25519-cert-v01@openssh.com", info.HostKeyAlgorithms.Keys.First());
        Assert.DoesNotContain(info.HostKeyAlgorithms.Keys,
            name => name.StartsWith("ssh-rsa", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("ssh")]
    [InlineData("sshnet")]
    public async Task A_node_that_dies_without_a_word_is_given_up_after_fifteen_seconds(string transport)
    {
        using SshServer server = Server.Start();
        using Relay relay = new(Relay.To(server.Port));
        File.AppendAllText(Path.Combine(server.Folder, "known_hosts"),
            $"[127.0.0.1]:{relay.Port} {File.ReadAllText(Path.Combine(server.Folder, "host.pub"))}");
        _ways.Write(_ways.Host("target", server));
        Listener heard = new();
        GatherPlan plan = GatherPlan.For([new Declared("Test", new CommandTemplate("uname", "-n"),
            new CommandTemplate("ping", "-i", "11", "-c", "1000", "127.0.0.1") { TimeoutSeconds = 500 })]);
        Task<NodeGathering> gathering = new NodeGatherer(_ways.Reach(transport), heard)
            .GatherAsync(Ways.Target with { Port = relay.Port }, plan, 600, default);
        Assert.True(await Server.BecomesAsync(() => heard.Outputs.Count == 1, 400), "the first command never ended");
        relay.IsSilent = true;
        Stopwatch clock = Stopwatch.StartNew();
        NodeGathering given = await gathering.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("ConnectionLost", given.Error?.Id);
        Assert.InRange(clock.Elapsed.TotalSeconds, 5, 30);
        if (transport == "sshnet")
            Assert.Contains("nothing was heard of it for 15 s", given.Error!.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_node_that_only_waits_is_not_given_up()
    {
        using SshServer server = Server.Start();
        _ways.Write(_ways.Host("target", server));
        NodeGathering given = await Server.GatherAsync(_ways.Reach("sshnet"), Ways.Target,
            new CommandTemplate("ping", "-i", "18", "-c", "2", "-q", "127.0.0.1") { TimeoutSeconds = 60 }, 90);
        Assert.Null(given.Error);
        Assert.Equal(0, given.Outputs[0].ExitStatus);
    }

    [SkippableFact]
    public async Task What_SSH_NET_does_is_told_without_secrets()
    {
        using SshServer server = Server.Start("PubkeyAuthentication no");
        _ways.Write(_ways.Host("target", server));
        ConcurrentQueue<string> lines = [];
        QuantumException refused = await Assert.ThrowsAsync<QuantumException>(() =>
            _ways.Reach("sshnet", new NetworkCredential("root", "wrong s3cret"))
                .OpenAsync(Ways.Target, lines.Enqueue, default));
        Assert.Equal("AuthenticationFailed", refused.Error.Id);
        Assert.Contains(lines,
            line => line.StartsWith("target: SSH.NET: Initiating connection to", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_login_that_waits_is_broken_off()
    {
        string asked = Path.Combine(_ways.Folder, "asked");
        // Whoever looks the user's keys up takes his time.
        using SshServer server = Server.Start($"AuthorizedKeysCommand /bin/sh -c \"touch {asked}; exec sleep 40\"",
            "AuthorizedKeysCommandUser root");
        using Relay relay = new(Relay.To(server.Port));
        File.AppendAllText(Path.Combine(server.Folder, "known_hosts"),
            $"[127.0.0.1]:{relay.Port} {File.ReadAllText(Path.Combine(server.Folder, "host.pub"))}");
        _ways.Write(_ways.Host("target", server, key: "stranger"));
        using CancellationTokenSource stop = new();
        Task<INodeShell> opening = _ways.Reach("sshnet", timeout: 60)
            .OpenAsync(Ways.Target with { Port = relay.Port }, stop.Token);
        Assert.True(await Server.BecomesAsync(() => File.Exists(asked), 400), "nobody logs in");
        Assert.Equal(0, relay.Left);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.True(await Server.BecomesAsync(() => relay.Left == 1), "the connection is left open");
    }
}
