using QuantumNet.Access;
using QuantumNet.Access.Ssh;

namespace QuantumNet.Tests.Access;

public sealed class HostKeyGuardTests : IDisposable
{
    private static readonly HostKey s_key = KnownHostsTests.KeyOf("host_ed25519"),
        s_other = KnownHostsTests.KeyOf("stranger"), s_rsa = KnownHostsTests.KeyOf("host_rsa");

    private readonly string _home = Directory.CreateTempSubdirectory("quantumnet-home-").FullName;

    private string OwnFile => Path.Combine(_home, ".ssh", "known_hosts");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void A_known_key_is_trusted_and_nothing_is_written()
    {
        string text = Know(KnownHostsFiles.LineFor("n1", 22, s_key));
        HostKeyGuard guard = Guard(strict: true);
        Assert.True(guard.Trusts(BytesOf(s_key)));
        guard.Keep();
        Assert.Equal(text, File.ReadAllText(OwnFile));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public void An_unknown_key_is_refused_with_its_fingerprint_and_the_line_to_add(bool? strict)
    {
        HostKeyGuard guard = Guard(strict);
        Assert.False(guard.Trusts(BytesOf(s_key)));
        Assert.Equal("HostKeyUnknown", guard.Refusal!.Id);
        Assert.Contains(s_key.Fingerprint, guard.Refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"echo 'n1 {s_key.Type} {s_key.Base64}' >> '{OwnFile}'", guard.Refusal.Advice,
            StringComparison.Ordinal);
        guard.Keep();
        Assert.False(File.Exists(OwnFile));
    }

    [Fact]
    public void The_line_that_is_advised_makes_the_key_known()
    {
        HostKeyGuard refused = Guard(strict: true, port: 2222);
        Assert.False(refused.Trusts(BytesOf(s_key)));
        Know(refused.Refusal!.Advice.Split('\'')[3]);
        Assert.True(Guard(strict: true, port: 2222).Trusts(BytesOf(s_key)));
    }

    [Fact]
    public void A_new_key_is_kept_only_when_it_was_proven_and_with_the_others()
    {
        Know("# mine, without a line's end");
        File.WriteAllText(OwnFile, "# mine, without a line's end");
        HostKeyGuard guard = Guard(strict: false, port: 2222);
        Assert.True(guard.Trusts(BytesOf(s_key)));
        Assert.DoesNotContain("[n1]:2222", File.ReadAllText(OwnFile), StringComparison.Ordinal);
        guard.Keep();
        guard.Keep();
        Assert.Equal(["# mine, without a line's end", $"[n1]:2222 {s_key.Type} {s_key.Base64}"],
            File.ReadAllLines(OwnFile));
    }

    [Fact]
    public void The_file_of_new_keys_is_made_for_its_owner_alone()
    {
        HostKeyGuard guard = Guard(strict: false);
        Assert.True(guard.Trusts(BytesOf(s_key)));
        guard.Keep();
        Assert.True(Guard(strict: true).Trusts(BytesOf(s_key)));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(OwnFile));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(OwnFile)!));
        }
    }

    [Fact]
    public async Task Connections_side_by_side_keep_a_key_once()
    {
        HostKeyGuard[] guards = [.. Enumerable.Range(0, 8).Select(_ => Guard(strict: false))];
        await Task.WhenAll(guards.Select(guard => Task.Run(() =>
        {
            Assert.True(guard.Trusts(BytesOf(s_key)));
            guard.Keep();
        })));
        Assert.Single(File.ReadAllLines(OwnFile));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_changed_key_is_never_taken(bool strict)
    {
        string text = Know("", KnownHostsFiles.LineFor("n1", 22, s_other));
        HostKeyGuard guard = Guard(strict);
        Assert.False(guard.Trusts(BytesOf(s_key)));
        Assert.Equal("HostKeyChanged", guard.Refusal!.Id);
        Assert.Contains("line 2 ", guard.Refusal.Advice, StringComparison.Ordinal);
        guard.Keep();
        Assert.Equal(text, File.ReadAllText(OwnFile));
    }

    [Fact]
    public void A_host_that_is_known_by_another_type_of_key_is_not_taken_as_new()
    {
        Know(KnownHostsFiles.LineFor("n1", 22, s_rsa));
        HostKeyGuard guard = Guard(strict: false);
        Assert.Equal(["ssh-rsa"], guard.KnownTypes);
        Assert.False(guard.Trusts(BytesOf(s_key)));
        Assert.Equal("HostKeyUnknown", guard.Refusal!.Id);
        Assert.Contains("known_hosts:1 knows it by ssh-rsa", guard.Refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_revoked_key_and_bytes_that_are_none_are_refused()
    {
        Know("@revoked * " + s_key.Type + " " + s_key.Base64, KnownHostsFiles.LineFor("n1", 22, s_key));
        HostKeyGuard guard = Guard(strict: false);
        Assert.False(guard.Trusts(BytesOf(s_key)));
        Assert.Equal("HostKeyRevoked", guard.Refusal!.Id);
        HostKeyGuard fooled = Guard(strict: false);
        Assert.False(fooled.Trusts([1, 2, 3]));
        Assert.Equal("HostKeyUnreadable", fooled.Refusal!.Id);
    }

    [Fact]
    public void A_key_exchanged_anew_must_be_the_same()
    {
        HostKeyGuard guard = Guard(strict: false);
        Assert.True(guard.Trusts(BytesOf(s_key)));
        Assert.False(guard.Trusts(BytesOf(s_rsa)));
        Assert.True(guard.Trusts(BytesOf(s_key)));
    }

    [Fact]
    public void A_file_that_the_inventory_names_stands_in_for_the_users_own()
    {
        Know(KnownHostsFiles.LineFor("n1", 22, s_key));
        string named = Path.Combine(_home, "lab_hosts");
        HostKeyGuard guard = new("n1", "n1", 22, new() { KnownHostsFile = named }, _home);
        Assert.False(guard.Trusts(BytesOf(s_key)));
        Assert.Contains($">> '{named}'", guard.Refusal!.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_named()
    {
        Directory.CreateDirectory(Path.Combine(_home, "folder"));
        HostKeyGuard guard = new("n1", "n1", 22,
            new() { KnownHostsFile = Path.Combine(_home, "folder"), StrictHostKeyChecking = false }, _home);
        Assert.True(guard.Trusts(BytesOf(s_key)));
        Assert.Equal("KnownHostsNotWritten", Assert.Throws<QuantumException>(guard.Keep).Error.Id);
    }

    [Fact]
    public void Why_a_certificate_does_not_make_a_key_known_is_told()
    {
        Know($"@cert-authority n1 {s_other.Type} {s_other.Base64}");
        Assert.Contains("for n2", Refused(new(s_other, true, ["n2"], false)), StringComparison.Ordinal);
        Assert.Contains("of a user", Refused(new(s_other, false, [], false)), StringComparison.Ordinal);
        Assert.Contains($"signed by {s_rsa}", Refused(new(s_rsa, true, ["n1"], false)), StringComparison.Ordinal);
        Assert.Contains("it shows none", Refused(null), StringComparison.Ordinal);
        Assert.True(Guard(strict: true).Trusts(BytesOf(s_key), new(s_other, true, ["n1"], false)));

        string Refused(HostCertificate? certificate)
        {
            HostKeyGuard guard = Guard(strict: true);
            Assert.False(guard.Trusts(BytesOf(s_key), certificate));
            Assert.Equal("HostKeyUnknown", guard.Refusal!.Id);
            return guard.Refusal.Message;
        }
    }

    private HostKeyGuard Guard(bool? strict, int port = 22) =>
        new("n1", "n1", port, new() { StrictHostKeyChecking = strict }, _home);

    private string Know(params string[] lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(OwnFile)!);
        File.WriteAllLines(OwnFile, lines);
        return File.ReadAllText(OwnFile);
    }

    private static byte[] BytesOf(HostKey key) => Convert.FromBase64String(key.Base64);
}
