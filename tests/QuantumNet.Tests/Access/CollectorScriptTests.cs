using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using QuantumNet.Access.Collecting;
using QuantumNet.Access.Gathering;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Tests.Access;

/// <summary>The script that others run on a node: what it prints is what the gatherer gathers.</summary>
public sealed partial class CollectorScriptTests : IDisposable
{
    private const string Network = "5f0e6a3c-8c1b-4f5e-9d0a-1b2c3d4e5f60",
        Other = "00000000-1111-2222-3333-444444444444";
    private static readonly string[] s_collectors = ["OvsFlow", "Process", "NodeLink", "OvsPort", "NetworkNamespace"];
    private readonly Bench _bench = new();

    public CollectorScriptTests() => _bench
        .Program("ovs-vsctl", "case $* in list-br) printf 'br-int\\nbr-tun\\n' ;; "
            + "*) echo \"$*\"; echo went >&2 ;; esac")
        .Program("ovs-ofctl", "echo \"flows of $*\"; printf 'a\\000b'; exit 3")
        .Program("ps", "echo \"$*\"")
        .Program("ip", $"case $* in 'netns list') printf 'qdhcp-{Network} (id: 0)\\nqdhcp-{Other}\\n' ;; "
            + "*) echo \"$*\" ;; esac");

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string> Shells => GatherScriptTests.Shells;

    [SkippableTheory, MemberData(nameof(Shells))]
    public async Task Every_shell_prints_what_the_gatherer_gathers(string shell)
    {
        GatherScriptTests.RequireShell(shell);
        GatherPlan plan = GatherPlan.For(GatherPlan.Choose(s_collectors, Snapshots.Collectors.All));
        NodeGathering gathered = await new NodeGatherer(_bench.Transport(), new Listener())
            .GatherAsync(new() { Name = "n1" }, plan, 60, default);
        Part part = Take(new() { Collectors = s_collectors, Role = CollectorRole.Network }, shell);
        Assert.True(part.IsWhole);
        Assert.Equal(("n1", "network"), (part.ComputerName, part.Manifest.Role));
        Assert.Equal(gathered.Outputs.Select(Told), part.Outputs.Select(Told));
        Assert.Contains(part.Outputs, output => output.Command == $"ip netns exec qdhcp-{Network} ip address");
        Assert.InRange((DateTime.UtcNow - part.BeganAt).TotalSeconds, -2, 60);
    }

    [SkippableTheory, MemberData(nameof(Shells))]
    public void Node_without_gzip_prints_plain(string shell)
    {
        GatherScriptTests.RequireShell(shell);
        string script = Script(new() { Collectors = s_collectors }).Replace("command -v gzip", "command -v no-gzip",
            StringComparison.Ordinal);
        byte[] printed = Run(script, shell);
        Assert.StartsWith("quantumnet-part 1 plain\n", Encoding.Latin1.GetString(printed), StringComparison.Ordinal);
        Assert.True(Read(printed).IsWhole);
    }

    [Fact]
    public void One_network_of_many_is_asked_about_alone()
    {
        Part all = Take(new() { Collectors = s_collectors });
        Part one = Take(new() { Collectors = s_collectors, NetworkIds = [Network] });
        Assert.Contains(all.Outputs, output => output.Command.Contains(Other, StringComparison.Ordinal));
        Assert.DoesNotContain(one.Outputs, output => output.Command.Contains(Other, StringComparison.Ordinal));
        Assert.Contains(one.Outputs, output => output.Command.Contains(Network, StringComparison.Ordinal));
    }

    [Fact]
    public void Compute_nodes_are_not_asked_what_only_dhcp_servers_have()
    {
        static string[] Names(CollectorRole role)
        {
            string quoted = Manifest().Match(Script(new() { Role = role })).Groups[1].Value;
            return [.. PartManifest.Read(quoted.Replace("'\\''", "'", StringComparison.Ordinal))!
                .Commands.SelectMany(command => command.Collectors).Distinct()];
        }
        string[] all = [.. Snapshots.Collectors.All.Select(collector => collector.Name)];
        Assert.Empty(all.Except(Names(CollectorRole.All)));
        Assert.Empty(all.Except(Names(CollectorRole.Network)));
        Assert.Equal(["DhcpConfig", "DhcpEvent", "DhcpHost", "DhcpLease", "DhcpOption", "DhcpServer"],
            all.Except(Names(CollectorRole.Compute)).Order(StringComparer.Ordinal));
        Assert.Empty(Names(CollectorRole.Controller));
    }

    [Theory]
    [InlineData("sh"), InlineData("busybox sh")]
    public void Secrets_are_masked_on_the_node_already(string shell)
    {
        _bench.Program("ps", """
            cat <<'E'
            root 1 curl -H X-Auth-Token: s3cret1
            root 2 mysql -uroot -ps3cret2 neutron
            root 3 curl -u admin:s3cret3 http://a:s3cret4@ctl/x
            rabbit://a:s3cret5@one,b:s3cret5@two/
            auth_token =
              s3cret6
              s3cret6
            password: "a s3cret7 b"
            the secret is s3cret8
            Bearer s3cret9s3cret9
            -----BEGIN RSA PRIVATE KEY-----
            s3cret10
            -----END RSA PRIVATE KEY-----
            [keystone_authtoken]
            root 4 dnsmasq --no-hosts --pid-file=/var/lib/neutron/dhcp/x/pid --dhcp-range=set:tag0,10.0.0.0,static
            E
            """);
        Part part = Take(new() { Collectors = ["Process"] }, shell);
        CommandOutput told = Assert.Single(part.Outputs);
        Assert.DoesNotContain("s3cret", told.Text, StringComparison.Ordinal);
        Assert.Contains("--dhcp-range=set:tag0,10.0.0.0,static", told.Text, StringComparison.Ordinal);
        Assert.Contains("[keystone_authtoken]\n", told.Text, StringComparison.Ordinal);
        Assert.Equal(15, told.Text.Count(letter => letter == '\n'));
    }

    [Fact]
    public void Masking_takes_time_in_proportion_to_a_hostile_line()
    {
        foreach (string word in (string[])["a-", "://", "password=", "-u ", " -u a", "eyJ.", "mysql -p"])
        {
            _bench.Program("ps", $"yes '{word}' | tr -d '\\n' | head -c 400000; echo");
            Stopwatch watch = Stopwatch.StartNew();
            Assert.True(Take(new() { Collectors = ["Process"] }).IsWhole);
            Assert.True(watch.Elapsed.TotalSeconds < 8, $"'{word}' took {watch.Elapsed}");
        }
    }

    [SkippableTheory, MemberData(nameof(Shells))]
    public async Task Its_time_ends_it_with_everything_it_started(string shell)
    {
        GatherScriptTests.RequireShell(shell);
        _bench.Program("ps", "echo begun; exec sleep 600");
        Part part = Take(new() { Collectors = ["Process", "OvsPort"], TimeoutSeconds = 2 }, shell);
        Assert.False(part.IsWhole);
        Assert.True(await GatherScriptTests.Becomes(() => !GatherScriptTests.HasProcessOf(_bench.Folder)));
    }

    [Fact]
    public async Task Reader_that_leaves_ends_it_with_everything_it_started()
    {
        string begun = Path.Combine(_bench.Folder, "begun");
        _bench.Program("ps", $": > {begun}; yes endless");
        using Process process = Start("sh");
        await process.StandardInput.WriteAsync(Script(new() { Collectors = ["Process"] })
            .Replace("command -v gzip", "command -v no-gzip", StringComparison.Ordinal));
        process.StandardInput.Close();
        while (!File.Exists(begun))
            await Task.Delay(20);
        process.StandardOutput.Close();
        Assert.True(await GatherScriptTests.Becomes(() => !GatherScriptTests.HasProcessOf(_bench.Folder)));
    }

    [Fact]
    public void Nothing_in_it_writes_a_file_and_each_command_only_reads()
    {
        foreach (CollectorRole role in Enum.GetValues<CollectorRole>())
        {
            string script = Script(new() { Role = role });
            Assert.Equal(["/dev/null"],
                Redirections().Matches(script).Select(match => match.Groups[1].Value).Distinct());
            Assert.DoesNotContain("mktemp", script, StringComparison.Ordinal);
        }
    }

    private Part Take(CollectorOptions options, string shell = "sh") => Read(Run(Script(options), shell));

    private static Part Read(byte[] printed) =>
        PartReader.Read("x", Assert.Single(PartText.Find(printed, _ => int.MaxValue)))!;

    private static string Script(CollectorOptions options) => CollectorScript.Write(options);

    private byte[] Run(string script, string shell)
    {
        using Process process = Start(shell);
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        using MemoryStream printed = new();
        process.StandardOutput.BaseStream.CopyTo(printed);
        process.WaitForExit();
        return printed.ToArray();
    }

    private Process Start(string shell)
    {
        string[] words = shell.Split(' ');
        ProcessStartInfo start = new(words[0]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[.. words.Skip(1), "-s", "--", "n1"])
            start.ArgumentList.Add(argument);
        start.Environment["PATH"] = _bench.Folder + ":" + Environment.GetEnvironmentVariable("PATH");
        return Process.Start(start)!;
    }

    private static (string, string, string, int?, string, string) Told(CommandOutput output) =>
        (output.Command, output.Collector, output.Subject, output.ExitStatus, output.Text, output.StandardError);

    [GeneratedRegex(@"'(\{""format"".*\})' ")]
    private static partial Regex Manifest();

    // A list of the client's commands tells by an arrow what is asked next; that is no redirection.
    [GeneratedRegex(@"(?<!list)>+ ?((?:""?\$|[/A-Za-z.~])[^ ;)}\n]*)")]
    private static partial Regex Redirections();
}
