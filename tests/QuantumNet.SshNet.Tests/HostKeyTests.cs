using QuantumNet.Tests.Access;

namespace QuantumNet.SshNet.Tests;

/// <summary>Host keys of a real sshd.</summary>
public sealed class HostKeyTests
{
    [SkippableFact]
    public async Task An_unknown_key_is_refused_with_the_line_that_makes_it_known()
    {
        using SshServer server = Server.Start();
        QuantumError error = await Server.FailsAsync("HostKeyUnknown", server.Reach("no_hosts"), server.Node());
        Assert.Equal("HostKeyUnknown",
            (await Server.FailsAsync("HostKeyUnknown", server.Reach("no_hosts", strict: null), server.Node())).Id);
        string[] quoted = error.Advice.Split('\'');
        File.WriteAllText(quoted[^2], quoted[^4] + "\n");
        await Server.WorksAsync(server.Reach("no_hosts"), server.Node());
    }

    [SkippableFact]
    public async Task A_changed_key_is_refused_whatever_is_asked()
    {
        using SshServer server = Server.Start();
        await Server.FailsAsync("HostKeyChanged", server.Reach("other_hosts"), server.Node());
        await Server.FailsAsync("HostKeyChanged", server.Reach("other_hosts", strict: false), server.Node());
    }

    [SkippableFact]
    public async Task A_revoked_key_is_refused()
    {
        using SshServer server = Server.Start();
        string file = Path.Combine(server.Folder, "known_hosts");
        File.AppendAllText(file, "@revoked * " + File.ReadAllText(Path.Combine(server.Folder, "host.pub")));
        await Server.FailsAsync("HostKeyRevoked", server.Reach(), server.Node());
    }

    [SkippableFact]
    public async Task A_new_key_is_kept_when_asked_for_even_where_the_login_then_fails()
    {
        using SshServer server = Server.Start();
        await Server.FailsAsync("AuthenticationFailed", server.Reach("new_hosts", strict: false),
            server.Node(key: "stranger"));
        Assert.Equal(File.ReadAllText(Path.Combine(server.Folder, "known_hosts")).Split(' ')[..2],
            File.ReadAllText(Path.Combine(server.Folder, "new_hosts")).Split(' ')[..2]);
        await Server.WorksAsync(server.Reach("new_hosts"), server.Node());
    }

    [SkippableFact]
    public async Task What_ssh_keyscan_and_ssh_keygen_write_is_read()
    {
        using SshServer server = Server.Start();
        string hashed = Path.Combine(server.Folder, "hashed_hosts");
        File.Copy(Path.Combine(server.Folder, "known_hosts"), hashed);
        Server.Run("ssh-keygen", ["-q", "-H", "-f", hashed]);
        Assert.StartsWith("|1|", File.ReadAllText(hashed), StringComparison.Ordinal);
        await Server.WorksAsync(server.Reach("hashed_hosts"), server.Node());
    }

    [SkippableTheory]
    [InlineData("ed25519")]
    [InlineData("rsa")]
    [InlineData("ecdsa")]
    public async Task The_node_is_asked_for_the_type_of_key_that_is_known(string type)
    {
        string folder = Directory.CreateTempSubdirectory("quantumnet-keys-").FullName;
        try
        {
            Skip.If(SshServer.Missing is not null, SshServer.Missing);
            string[] files = Array.ConvertAll(["ed25519", "rsa", "ecdsa"], (string one) => Path.Combine(folder, one));
            foreach (string file in files)
                Server.Run("ssh-keygen", ["-q", "-t", Path.GetFileName(file), "-N", "", "-f", file]);
            using SshServer server = Server.Start(Array.ConvertAll(files, file => $"HostKey {file}"));
            File.WriteAllText(Path.Combine(server.Folder, "one_host"),
                $"[127.0.0.1]:{server.Port} {File.ReadAllText(Path.Combine(folder, type + ".pub"))}");
            await Server.WorksAsync(server.Reach("one_host"), server.Node());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
