using System.Diagnostics;
using QuantumNet.Access.Ssh.Config;
using QuantumNet.Core.Tests.Parsing;

namespace QuantumNet.Tests.Access;

public sealed class SshConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_value_counts_and_keys_add_up()
    {
        SshHostSettings said = Read("compute1", """
            Host compute*
              User stack
              IdentityFile /keys/one
            Host *
              User nobody
              Port 2222
              IdentityFile /keys/two
            """);
        Assert.Equal("stack", said.User);
        Assert.Equal(2222, said.Port);
        Assert.Equal(["/keys/one", "/keys/two"], said.IdentityFiles);
    }

    [Fact]
    public void Tokens_and_variables_are_replaced()
    {
        SshHostSettings said = Read("n1", """
            Host n1
              HostName %h.example.org
              Port 2200
              User stack
              IdentityFile ~/.ssh/%r@%h-%p-%n-%u-100%%
              UserKnownHostsFile %d/known "${HOME}/other"
            """);
        Assert.Equal("n1.example.org", said.HostName);
        Assert.Equal([$"{_folder}/.ssh/stack@n1.example.org-2200-n1-operator-100%"], said.IdentityFiles);
        Assert.Equal([$"{_folder}/known", Environment.GetEnvironmentVariable("HOME") + "/other"],
            said.UserKnownHostsFiles);
    }

    [Fact]
    public void What_is_asked_for_comes_before_what_files_say()
    {
        SshHostSettings said = SshConfig.Read(
            Write("config", "Match user root\n  IdentityFile /root.key\nHost *\n  Port 2222\n  User stack\n"),
            new("n1", _folder) { User = "root", Port = 22 });
        Assert.Equal(("root", 22), (said.User, said.Port));
        Assert.Equal(["/root.key"], said.IdentityFiles);
    }

    [Fact]
    public void Whichever_of_ProxyJump_and_ProxyCommand_stands_first_switches_the_other_off()
    {
        SshHostSettings jump = Read("n1", "ProxyJump a,b\nProxyCommand nc %h %p\n"), command = Read("n1",
            "ProxyCommand nc %h %p\nProxyJump a\n");
        Assert.Equal("a,b", jump.ProxyJump.Text);
        Assert.True(jump.ProxyCommand.IsNone);
        Assert.Equal("nc %h %p", command.ProxyCommand.Text);
        Assert.Equal(1, command.ProxyCommand.Line!.Number);
        Assert.True(command.ProxyJump.IsNone);
        Assert.Equal("nc", Read("n1", "ProxyJump none\nProxyCommand nc\n").ProxyCommand.Text);
        Assert.True(Read("n1", "ProxyCommand none\nProxyJump a\n").ProxyJump.IsNone);
    }

    [Fact]
    public void Included_files_count_where_they_are_included()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".ssh", "config.d"));
        File.WriteAllText(Path.Combine(_folder, ".ssh", "config.d", "10-lab"), "Host n1\n  User lab\n");
        File.WriteAllText(Path.Combine(_folder, ".ssh", "config.d", "20-all"), "User all\nPort 2020\n");
        SshHostSettings said = Read("n1",
            "Host other\n  Include config.d/20*\nHost n1\n  Include config.d/*\n  Port 22\n");
        Assert.Equal(("lab", 2020), (said.User, said.Port));
        Assert.Equal("operator", Read("n2", "Host n1\n  Include config.d/*\n").User);
    }

    [Fact]
    public void A_file_that_includes_itself_is_told()
    {
        string file = Path.Combine(_folder, "round");
        File.WriteAllText(file, $"Include {file}\n");
        Assert.Equal("SshConfigInvalid",
            Assert.Throws<QuantumException>(() => SshConfig.Read(file, new("n1", _folder))).Error.Id);
    }

    [Theory]
    [InlineData("Port 70000", ":1: port '70000'")]
    [InlineData("\nIdentityFile %Z", ":2: identityfile: the token %Z")]
    [InlineData("HostName a%", ":1: hostname: '%' ends it")]
    [InlineData("CertificateFile ${NO_SUCH_VARIABLE_HERE}", "NO_SUCH_VARIABLE_HERE")]
    [InlineData("Match host", "Match host has no value")]
    [InlineData("User", "user has no value")]
    public void What_is_wrong_is_told_with_its_line(string text, string because)
    {
        QuantumError error = Assert.Throws<QuantumException>(() => Read("n1", text)).Error;
        Assert.Equal("SshConfigInvalid", error.Id);
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_decides_a_Match_is_refused_by_name()
    {
        QuantumError error =
            Assert.Throws<QuantumException>(() => Read("n1", "Match host n1 exec \"test -f /x\"\n  User a\n")).Error;
        Assert.Equal("SshConfigUnsupported", error.Id);
        Assert.Contains("Match exec", error.Message, StringComparison.Ordinal);
        Assert.Contains("transport ssh", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_named_must_be_there_and_the_users_own_need_not()
    {
        Assert.Equal("SshConfigInvalid", Assert.Throws<QuantumException>(
            () => SshConfig.Read(Path.Combine(_folder, "nowhere"), new("n1", _folder))).Error.Id);
        Assert.Equal("n1", SshConfig.Read("none", new("n1", _folder)).HostName);
        Directory.CreateDirectory(Path.Combine(_folder, ".ssh"));
        File.WriteAllText(Path.Combine(_folder, ".ssh", "config"), "Host n1\n  HostName 10.0.20.12\n");
        Assert.Equal("10.0.20.12", SshConfig.Read(null, new("n1", _folder)).HostName);
    }

    [Fact]
    public void Never_throws_but_with_an_error_of_its_own() => Mutations.NeverThrow(
        "Host n1 !n2\n  HostName=%h.x\n Match host \"n*\" final\n  IdentityFile ~/k # a comment\n  ProxyJump a@b:22,c\n"
            + "UserKnownHostsFile /a \"/b c\"\n", text =>
            {
                try
                {
                    Read("n1", text);
                }
                catch (QuantumException)
                {
                    // Said with its line.
                }
            });

    /// <summary>Some hundred files, made of what files are made of, against the ssh program's own word.</summary>
    [SkippableFact]
    public void Files_are_read_as_ssh_reads_them()
    {
        string included = Write("included", "Host n1\n  Port 2301\nMatch host *.example.org\n  User included\n");
        Random random = new(20261128);
        List<string> differences = [];
        for (int i = 0; i < 60; i++)
        {
            string text = Compose(random, included), file = Write("config", text), host = Pick(random, "n1",
                "n2", "web.example.org");
            string ours = Describe(SshConfig.Read(file, new(host, _folder) { LocalUser = Environment.UserName })),
                theirs = BySsh(file, host);
            if (ours != theirs)
                differences.Add($"--- {host}\n{text}--- ssh\n{theirs}\n--- here\n{ours}");
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static string Compose(Random random, string included)
    {
        System.Text.StringBuilder text = new();
        for (int i = random.Next(3, 12); i > 0; i--)
        {
            text.Append(Pick(random,
                "Host n1", "Host n*", "Host * !n2", "host=\"n1\" web.*", "Host *.example.org", "Match all",
                "Match host n1,web.example.org", "Match !host n1", "Match originalhost n2 host *", "Match user stack",
                "Match final host 10.*", "  # nothing", "", "  User stack", "  User = root", "User\tlab", "  Port 2201",
                "  Port=2202", "  HostName 10.0.20.12", "  HostName %h.example.org", "  hostname n1",
                "  IdentityFile /keys/one", "  IdentityFile \"/keys/two words\"",
                "  IdentityFile /keys/three # a comment", "  CertificateFile /keys/one-cert.pub",
                "  IdentitiesOnly yes", "  IdentitiesOnly no", "  IdentityAgent /run/agent",
                "  UserKnownHostsFile /known/a /known/b", "  UserKnownHostsFile /known/c",
                "  GlobalKnownHostsFile /known/all", "  HostKeyAlias alias1", "  StrictHostKeyChecking accept-new",
                "  ProxyJump jump1,ops@jump2:2222", "  ProxyCommand nc %h %p", "  ProxyJump none",
                $"  Include {included}", "  ServerAliveInterval 7")).Append('\n');
        }
        return text.ToString();
    }

    private static string Pick(Random random, params string[] texts) => texts[random.Next(texts.Length)];

    private static string Describe(SshHostSettings said) => string.Join('\n', new[]
    {
        $"hostname {said.HostName}", $"user {said.User}", $"port {said.Port ?? 22}",
        $"identityfile {string.Join(',', said.IdentityFiles)}",
        $"certificatefile {string.Join(',', said.CertificateFiles)}",
        $"identitiesonly {(said.IdentitiesOnly ? "yes" : "no")}", $"identityagent {said.IdentityAgent}",
        $"userknownhostsfile {string.Join(' ', said.UserKnownHostsFiles)}",
        $"globalknownhostsfile {string.Join(' ', said.GlobalKnownHostsFiles)}",
        $"hostkeyalias {said.HostKeyAlias}", $"stricthostkeychecking {said.StrictHostKeyChecking}",
        $"proxyjump {(said.ProxyJump.IsNone ? "" : said.ProxyJump.Text)}",
        $"proxycommand {(said.ProxyCommand.IsNone ? "" : said.ProxyCommand.Text)}",
    });

    private static string BySsh(string file, string host)
    {
        Skip.IfNot(File.Exists("/usr/bin/ssh"), "ssh is not installed");
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/ssh", ["-G", "-F", file, host])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        // Where a file says nothing, ssh prints what it does by itself.
        string[] byItself = ["~/.ssh/id_", "/root/.ssh/known_hosts /root/.ssh/known_hosts2",
            "/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2", "ask"];
        string Value(string name) =>
            string.Join(',', lines.Where(line => line.StartsWith(name + " ", StringComparison.Ordinal))
                .Select(line => line[(name.Length + 1)..])
                .Where(value => !Array.Exists(byItself, own => value.StartsWith(own, StringComparison.Ordinal))));
        return string.Join('\n', new[] { "hostname", "user", "port", "identityfile", "certificatefile",
            "identitiesonly", "identityagent", "userknownhostsfile", "globalknownhostsfile", "hostkeyalias",
            "stricthostkeychecking", "proxyjump", "proxycommand" }.Select(name => $"{name} {Value(name)}"));
    }

    private SshHostSettings Read(string host, string text) =>
        SshConfig.Read(Write("config", text), new(host, _folder) { LocalUser = "operator" });

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        // Half a surrogate pair is replaced, not refused
        File.WriteAllBytes(path, System.Text.Encoding.UTF8.GetBytes(text));
        return path;
    }
}
