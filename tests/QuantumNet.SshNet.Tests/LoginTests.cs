using System.Net;
using System.Security.Cryptography;
using QuantumNet.Access;
using QuantumNet.Tests.Access;

namespace QuantumNet.SshNet.Tests;

/// <summary>Logging in to a real sshd, in every way there is.</summary>
public sealed class LoginTests
{
    private static string[] PasswordOnly =>
        ["PasswordAuthentication yes", "KbdInteractiveAuthentication no", "PubkeyAuthentication no"];
    private static string[] QuestionsOnly =>
        ["UsePAM yes", "PasswordAuthentication no", "KbdInteractiveAuthentication yes"];

    [SkippableTheory]
    [InlineData("ed25519")]
    [InlineData("rsa")]
    [InlineData("ecdsa")]
    public async Task A_key_opens(string type)
    {
        using SshServer server = Server.Start();
        await Server.WorksAsync(server.Reach(), server.AddKey("k", type, ""));
    }

    [SkippableTheory]
    [InlineData("ed25519", "")]
    [InlineData("rsa", "")]
    [InlineData("rsa", "PEM")]
    public async Task A_key_with_a_passphrase_opens_with_the_credential(string type, string format)
    {
        using SshServer server = Server.Start(PasswordOnly[1]);
        InventoryNode node = server.AddKey("k", type, "open sesame", format.Length > 0 ? ["-m", format] : []);
        await Server.WorksAsync(server.Reach(credential: new("root", "open sesame")), node);

        QuantumError wrong = await Server.FailsAsync("AuthenticationFailed",
            server.Reach(credential: new("root", "open barley")), node);
        Assert.Contains("does not open with the credential's password", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("barley", wrong.ToString(), StringComparison.Ordinal);
        QuantumError none = await Server.FailsAsync("AuthenticationFailed", server.Reach(), node);
        Assert.Contains("has a passphrase, and none was given", none.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_passphrase_is_not_tried_as_a_password()
    {
        using TestUser user = TestUser.Create();
        using SshServer server = Server.Start();
        // The user's password is the passphrase; the key is not one that the server takes.
        string file = Path.Combine(server.Folder, "k");
        Server.Run("ssh-keygen", ["-q", "-t", "ed25519", "-N", user.Password, "-f", file]);
        QuantumError error = await Server.FailsAsync("AuthenticationFailed",
            server.Reach(credential: user.Credential), server.Node(key: "k"));
        Assert.Contains("was not shown to the node", error.Message, StringComparison.Ordinal);
        // Nor where the named key does not open: what was given for it may be a slip of the passphrase.
        Server.Run("ssh-keygen", ["-q", "-p", "-P", user.Password, "-N", "another", "-f", file]);
        await Server.FailsAsync("AuthenticationFailed",
            server.Reach(credential: user.Credential), server.Node(key: "k"));
        await Server.WorksAsync(server.Reach(credential: user.Credential), server.Node(key: ""));
    }

    [SkippableFact]
    public async Task The_users_own_keys_are_tried_when_none_is_named()
    {
        using SshServer server = Server.Start();
        Directory.CreateDirectory(Path.Combine(server.Folder, ".ssh"));
        Server.Run("ssh-keygen",
            ["-q", "-t", "rsa", "-N", "locked", "-f", Path.Combine(server.Folder, ".ssh", "id_rsa")]);
        Server.Run("ssh-keygen",
            ["-q", "-t", "ecdsa", "-N", "", "-f", Path.Combine(server.Folder, ".ssh", "id_ecdsa")]);
        await Server.FailsAsync("AuthenticationFailed", server.Reach(), server.Node(key: ""));
        File.Copy(Path.Combine(server.Folder, "user"), Path.Combine(server.Folder, ".ssh", "id_ed25519"));
        await Server.WorksAsync(server.Reach(), server.Node(key: ""));
    }

    [SkippableFact]
    public async Task A_key_that_is_missing_or_none_is_named()
    {
        using SshServer server = Server.Start();
        QuantumError missing = await Server.FailsAsync("AuthenticationFailed", server.Reach(),
            server.Node(key: "nowhere"));
        Assert.Contains("nowhere' cannot be read", missing.Message, StringComparison.Ordinal);
        QuantumError none = await Server.FailsAsync("AuthenticationFailed", server.Reach(),
            server.Node(key: "sshd_config"));
        Assert.Contains("sshd_config' cannot be used", none.Message, StringComparison.Ordinal);
        Assert.Contains("ssh-agent", none.Advice, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_password_opens_and_a_wrong_one_is_refused_and_told_to_nobody()
    {
        using TestUser user = TestUser.Create();
        using SshServer server = Server.Start(PasswordOnly);
        await Server.WorksAsync(server.Reach(credential: user.Credential), server.Node(key: ""));
        QuantumError error = await Server.FailsAsync("AuthenticationFailed",
            server.Reach(credential: new(user.Name, "wrong s3cret")), server.Node(key: ""));
        Assert.Contains("(password)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString() + error.Cause, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_password_opens_by_the_ssh_program_too_and_behind_a_jump_host_that_asks_for_it()
    {
        using TestUser user = TestUser.Create();
        using SshServer jump = Server.Start(PasswordOnly), server = Server.Start(PasswordOnly);
        await Server.WorksAsync(server.Transport(credential: user.Credential), server.Node(key: "") with { User = "" });
        using Ways ways = new();
        ways.Write(ways.Host("target", server, "ProxyJump gate")
                .Replace("User root", $"User {user.Name}", StringComparison.Ordinal)
            + ways.Host("gate", jump).Replace("User root", $"User {user.Name}", StringComparison.Ordinal));
        foreach (string transport in (string[])["ssh", "sshnet"])
            await Server.WorksAsync(ways.Reach(transport, user.Credential, timeout: 10), Ways.Target);
    }

    [SkippableFact]
    public async Task A_question_for_the_password_is_answered_once()
    {
        using TestUser user = TestUser.Create();
        using SshServer server = Server.Start(QuestionsOnly);
        Skip.IfNot(File.Exists("/etc/pam.d/sshd"), "there is no PAM service sshd");
        await Server.WorksAsync(server.Reach(credential: user.Credential, timeout: 10), server.Node(key: ""));
        QuantumError error = await Server.FailsAsync("AuthenticationFailed",
            server.Reach(credential: new(user.Name, "wrong s3cret"), timeout: 10), server.Node(key: ""));
        Assert.Contains("keyboard-interactive", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString() + error.Cause, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Both_a_key_and_a_password_can_be_asked_for()
    {
        using TestUser user = TestUser.Create();
        using SshServer server = Server.Start("AuthenticationMethods publickey,password", PasswordOnly[1],
            $"AuthorizedKeysFile {user.AuthorizedKeys}");
        File.Copy(Path.Combine(server.Folder, "user.pub"), user.AuthorizedKeys);
        await Server.WorksAsync(server.Reach(credential: user.Credential), server.Node());
        await Server.FailsAsync("AuthenticationFailed",
            server.Reach(credential: new(user.Name, "wrong")), server.Node());
    }

    [SkippableFact]
    public async Task A_server_that_counts_few_attempts_refuses_a_login_and_is_not_unreachable()
    {
        using SshServer server = Server.Start("MaxAuthTries 1");
        Directory.CreateDirectory(Path.Combine(server.Folder, ".ssh"));
        foreach (string name in (string[])["id_ecdsa", "id_ed25519"])
            Server.Run("ssh-keygen",
                ["-q", "-t", name[3..], "-N", "", "-f", Path.Combine(server.Folder, ".ssh", name)]);
        await Server.FailsAsync("AuthenticationFailed", server.Reach(), server.Node(key: ""));
    }

    [SkippableFact]
    public async Task A_user_without_a_shell_is_let_in_and_runs_nothing()
    {
        using TestUser user = TestUser.Create("/usr/sbin/nologin");
        using SshServer server = Server.Start(PasswordOnly);
        await Server.FailsAsync("NodeShellFailed", server.Reach(credential: user.Credential), server.Node(key: ""));
    }

    /// <summary>A user of this machine with a password, for as long as a test takes.</summary>
    private sealed class TestUser : IDisposable
    {
        private TestUser()
        {
        }

        public string Name { get; } = $"qn{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        public string Password { get; } = RandomNumberGenerator.GetHexString(24);
        public NetworkCredential Credential => new(Name, Password);
        public string AuthorizedKeys => $"/home/{Name}/authorized_keys";

        public static TestUser Create(string shell = "/bin/sh")
        {
            Skip.If(SshServer.Missing is not null, SshServer.Missing);
            TestUser user = new();
            Server.Run("/usr/sbin/useradd", ["-m", "-s", shell, user.Name]);
            Server.Run("/usr/sbin/chpasswd", [], $"{user.Name}:{user.Password}\n");
            return user;
        }

        public void Dispose() => Server.Run("/usr/sbin/userdel", ["-f", "-r", Name]);
    }
}
