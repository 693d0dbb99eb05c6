using System.Diagnostics;
using QuantumNet.Access.Ssh;
using QuantumNet.Core.Tests.Parsing;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Access;

public sealed class KnownHostsTests
{
    private static readonly string s_samples = Path.Combine(Repository.Root, "tests", "fixtures", "openssh-9.2");
    private static readonly HostKey s_ed25519 = KeyOf("host_ed25519"), s_rsa = KeyOf("host_rsa"),
        s_ecdsa = KeyOf("host_ecdsa"), s_stranger = KeyOf("stranger");

    [Fact]
    public void Fingerprints_are_those_of_ssh_keygen()
    {
        string printed = File.ReadAllText(Path.Combine(s_samples, "fingerprints"));
        Assert.All([s_ed25519, s_rsa, s_ecdsa, s_stranger],
            key => Assert.Contains($" {key.Fingerprint} ", printed, StringComparison.Ordinal));
        Assert.Equal(["ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256"],
            new[] { s_ed25519, s_rsa, s_ecdsa }.Select(key => key.Type));
    }

    [Theory]
    [InlineData("compute1", 22, "host_ed25519", "Known")]
    [InlineData("COMPUTE1", 22, "host_ed25519", "Known")]
    [InlineData("10.0.20.12", 22, "host_ed25519", "Known")]
    [InlineData("10.0.20.12", 2222, "host_ed25519", "Known")]      // known for port 22: ssh takes it for others, too
    [InlineData("10.0.20.12", 2222, "host_rsa", "Unknown")]
    [InlineData("10.0.20.1", 22, "host_ed25519", "Unknown")]
    [InlineData("compute1", 22, "host_rsa", "OtherType")]
    [InlineData("netnode.example.org", 22, "host_rsa", "Known")]
    [InlineData("netnode.example.org", 22, "host_ecdsa", "Known")]     // by the pattern
    [InlineData("x.example.org", 22, "host_ecdsa", "Known")]
    [InlineData("bad.example.org", 22, "host_ecdsa", "Unknown")]       // !bad.example.org
    [InlineData("[10.0.21.5]", 2222, "host_ecdsa", "Unknown")]
    [InlineData("10.0.21.5", 2222, "host_ecdsa", "Known")]
    [InlineData("10.0.21.55", 2222, "host_ecdsa", "Unknown")]
    [InlineData("10.0.21.5", 22, "host_ecdsa", "Unknown")]
    [InlineData("compute1", 22, "stranger", "Revoked")]
    [InlineData("nobody", 22, "stranger", "Revoked")]
    public void A_key_is_judged_as_ssh_judges_it(string host, int port, string key, string standing) =>
        Assert.Equal(standing, Read("known_hosts").Judge(host, port, KeyOf(key)).Standing.ToString());

    [Theory]
    [InlineData("compute1", 22, "host_ed25519", "Known")]
    [InlineData("Compute1", 22, "host_ed25519", "Known")]
    [InlineData("127.0.0.1", 2299, "host_rsa", "Known")]
    [InlineData("127.0.0.1", 2299, "stranger", "Changed")]
    [InlineData("127.0.0.1", 22, "host_rsa", "Unknown")]
    public void Hashed_names_are_found(string host, int port, string key, string standing) =>
        Assert.Equal(standing, Read("known_hosts.hashed").Judge(host, port, KeyOf(key)).Standing.ToString());

    [Fact]
    public void A_judgement_names_its_line()
    {
        HostKeyJudgement changed = Read("known_hosts.hashed").Judge("127.0.0.1", 2299, s_stranger);
        Assert.Equal("known_hosts.hashed:2", changed.Line!.ToString());
        Assert.Equal(6, Read("known_hosts").Judge("compute1", 22, s_stranger).Line!.Number);
    }

    [Fact]
    public void A_host_is_asked_for_the_types_that_can_be_compared()
    {
        Assert.Equal(["ecdsa-sha2-nistp256", "ssh-ed25519", "ssh-rsa"],
            Read("known_hosts.hashed").TypesOf("127.0.0.1", 2299));
        Assert.Equal(["ssh-rsa", "ecdsa-sha2-nistp256"], Read("known_hosts").TypesOf("netnode.example.org", 22));
        Assert.Empty(Read("known_hosts").TypesOf("nobody", 22));
    }

    [Fact]
    public void A_certificate_authority_makes_no_key_known()
    {
        KnownHosts known = new KnownHosts()
            .Add($"@cert-authority *.cloud.example {s_ed25519.Type} {s_ed25519.Base64}", "f");
        Assert.Equal(HostKeyStanding.Unknown, known.Judge("n1.cloud.example", 22, s_ed25519).Standing);
        Assert.True(known.HasAuthorityOf("n1.cloud.example", 22));
        Assert.False(known.HasAuthorityOf("n1.example", 22));
    }

    [Theory]
    [InlineData("n1.cloud.example", true, false, "*.cloud.example", "Known")]
    [InlineData("n1.cloud.example", true, false, "n1.cloud.example", "Known")]
    [InlineData("n1.cloud.example", true, false, "", "Known")]           // a certificate without names is for all
    [InlineData("n1.cloud.example", true, false, "n2.cloud.example", "Unknown")]
    [InlineData("n1.cloud.example", false, false, "", "Unknown")]        // a user's
    [InlineData("n1.cloud.example", true, true, "", "Unknown")]          // on conditions that nobody knows
    [InlineData("n1.example", true, false, "", "Unknown")]               // the authority is not trusted for this host
    public void A_certificate_makes_its_key_known_where_its_authority_is_trusted(
        string host, bool isForHosts, bool isConditional, string name, string standing)
    {
        KnownHosts known = new KnownHosts()
            .Add($"@cert-authority *.cloud.example {s_ed25519.Type} {s_ed25519.Base64}", "f");
        HostCertificate certificate = new(s_ed25519, isForHosts, name.Length > 0 ? [name] : [], isConditional);
        Assert.Equal(standing, known.Judge(host, 22, s_rsa, certificate).Standing.ToString());
        Assert.Equal(HostKeyStanding.Unknown,
            known.Judge(host, 22, s_rsa, certificate with { Authority = s_stranger }).Standing);
        known.Add($"@revoked * {s_ed25519.Type} {s_ed25519.Base64}", "f");
        Assert.Equal(HostKeyStanding.Revoked, known.Judge(host, 22, s_rsa, certificate).Standing);
    }

    [SkippableTheory]
    [InlineData("known_hosts")]
    [InlineData("known_hosts.hashed")]
    public void The_lines_of_a_host_are_those_that_ssh_keygen_finds(string file)
    {
        string[] hosts = ["compute1", "10.0.20.12", "10.0.20.1", "netnode.example.org", "bad.example.org",
            "x.example.org", "a.b.example.org", "example.org", "[10.0.21.5]:2222", "[10.0.21.55]:2222",
            "[127.0.0.1]:2299", "127.0.0.1", "n1.cloud.example", "nobody"];
        string path = Path.Combine(s_samples, file);
        string[] lines = File.ReadAllLines(path);
        foreach (string host in hosts)
        {
            int[] found = [.. Enumerable.Range(1, lines.Length).Where(number =>
                KnownHostsLine.TryParse(lines[number - 1], file, number, out KnownHostsLine? line) && line.IsOf(host))];
            Assert.Equal(FoundBySshKeygen(host, path), found);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("# a comment")]
    [InlineData("host")]
    [InlineData("host ssh-ed25519")]
    [InlineData("host ssh-ed25519 notbase64!")]
    [InlineData("host ssh-ed25519 AAAA")]
    [InlineData("host 1024 35 1318274")]                     // protocol 1
    [InlineData("@unheard-of host ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==")]
    [InlineData("host ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIA==")]    // the key is of another type than the line says
    public void What_is_no_key_is_passed_over(string text) =>
        Assert.False(KnownHostsLine.TryParse(text, "f", 1, out _));

    [Fact]
    public void Never_throws() => Mutations.NeverThrow(
        File.ReadAllText(Path.Combine(s_samples, "known_hosts"))
            + File.ReadAllText(Path.Combine(s_samples, "known_hosts.hashed")),
        text => new KnownHosts().Add(text, "f").Judge("compute1", 2222, s_ed25519));

    [Fact]
    public void Bytes_that_are_no_key_are_refused()
    {
        Assert.False(HostKey.TryRead([], out _));
        Assert.False(HostKey.TryRead([0, 0, 0, 7, 1, 2], out _));
        Assert.False(HostKey.TryRead([255, 255, 255, 255, 65], out _));
        Assert.False(HostKey.TryRead([0, 0, 0, 1, 10, 65], out _));
    }

    private static KnownHosts Read(string file) =>
        new KnownHosts().Add(File.ReadAllText(Path.Combine(s_samples, file)), file);

    internal static HostKey KeyOf(string name)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "tests", "fixtures",
            "openssh-9.2", name + ".pub"));
        return HostKey.TryReadBase64(text.Split(' ')[1].Trim(), out HostKey? key) ? key
            : throw new InvalidOperationException(name);
    }

    // "# Host compute1 found: line 3", and for some lines " REVOKED" or " CA" after it.
    private static int[] FoundBySshKeygen(string host, string path)
    {
        Process? process = null;
        try
        {
            process = Process.Start(
                new ProcessStartInfo("ssh-keygen", ["-F", host, "-f", path]) { RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
        }
        Skip.If(process is null, "ssh-keygen is not installed");
        using (process)
        {
            string said = process!.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return [.. said.Split('\n').Where(line => line.StartsWith("# Host ", StringComparison.Ordinal))
                .Select(line => int.Parse(line[(line.IndexOf("line ", StringComparison.Ordinal) + 5)..].Split(' ')[0],
                    System.Globalization.CultureInfo.InvariantCulture))];
        }
    }
}
