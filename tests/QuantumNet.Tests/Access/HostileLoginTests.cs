using System.Diagnostics;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

/// <summary>Logins that are not as one would wish: other shells than sh, start-up files that talk or eat, full disks,
/// locales that are not there, and commands that print a gigabyte.</summary>
public sealed class HostileLoginTests
{
    private static readonly CommandTemplate[] s_commands = [new("uname", "-s"), new("id", "-u"), new("ip", "-V")];

    [SkippableTheory]
    [InlineData("/bin/csh", ".cshrc")]
    [InlineData("/bin/tcsh", ".tcshrc")]
    [InlineData("/usr/bin/fish", ".config/fish/config.fish")]
    [InlineData("/usr/bin/zsh", ".zshenv")]
    [InlineData("/bin/bash", ".bashrc")]
    public async Task Login_shell_and_what_its_start_up_files_print_change_nothing(string shell, string file)
    {
        Skip.If(SshServer.Missing is not null, SshServer.Missing);
        Skip.IfNot(File.Exists(shell), $"{shell} is not installed");
        const string Talk = "echo 'Welcome to n1! uname -s'\nprintf 'no newline; \\033[31m $N ='\necho oops >&2\n";
        using SshServer server = SshServer.StartWith(shell, new() { [file] = Talk });
        var gatherer = new NodeGatherer(server.Transport(), new Listener());
        NodeGathering gathering = await gatherer.GatherAsync(server.Node(), Plan(s_commands), 30, default);

        Assert.Null(gathering.Error);
        Assert.Equal(["Linux\n", "0\n"], gathering.Outputs.Take(2).Select(output => output.Text));
        Assert.All(gathering.Outputs, output => Assert.Equal((0, ""), (output.ExitStatus, output.StandardError)));
    }

    [SkippableFact]
    public async Task A_banner_and_a_message_of_the_day_change_nothing()
    {
        Skip.If(SshServer.Missing is not null, SshServer.Missing);
        string banner = Path.GetTempFileName();
        await File.WriteAllTextAsync(banner, "Authorised use only\n");
        using SshServer server = SshServer.StartWith("/bin/bash",
            new() { [".bashrc"] = "cat /etc/hostname; yes motd | head -n 20000\n" }, $"Banner {banner}",
            "PrintMotd yes");
        NodeGathering gathering = await new NodeGatherer(server.Transport(), new Listener())
            .GatherAsync(server.Node(), Plan(s_commands), 30, default);
        File.Delete(banner);
        Assert.Null(gathering.Error);
        Assert.Equal("Linux\n", gathering.Outputs[0].Text);
    }

    /// <summary>A start-up file that reads takes the script away, and one that ends the login leaves nobody to run it:
    /// the node is named, with what there is to know, and soon.</summary>
    [SkippableTheory]
    [InlineData("cat >/dev/null")]
    [InlineData("exit 3")]
    [InlineData("exec nologin-of-mine")]
    public async Task A_start_up_file_that_leaves_no_shell_is_told(string text)
    {
        Skip.If(SshServer.Missing is not null, SshServer.Missing);
        using SshServer server = SshServer.StartWith("/bin/bash", new() { [".bashrc"] = text + "\n" });
        NodeGathering gathering = await new NodeGatherer(server.Transport(), new Listener())
            .GatherAsync(server.Node(), Plan(s_commands), 3, default);
        Assert.NotNull(gathering.Error);
        Assert.Contains("n1", gathering.Error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(gathering.Error.Advice);
        Assert.Empty(gathering.Outputs);
    }

    [SkippableTheory]
    [InlineData("sh")]
    [InlineData("bash")]
    [InlineData("busybox sh")]
    public async Task A_full_disk_and_a_missing_locale_change_nothing(string shell)
    {
        Skip.IfNot(Environment.UserName == "root", "needs root to fill a disk");
        GatherScriptTests.RequireShell(shell);
        using Bench bench = new();
        bench.Program("ps", "df /tmp | tail -n 1; : > /tmp/x || echo full");
        const string Full = "mount -t tmpfs -o size=4k,nr_inodes=1 tmpfs /tmp && mount --bind /tmp /root && "
            + "export HOME=/root TMPDIR=/tmp LC_ALL=xx_XX.UTF-8 LANG=xx_XX LANGUAGE=xx && exec ";
        string real = bench.Folder;
        NodeGathering gathering = await bench.GatherAsync([new("uname", "-s"), new("id", "-u"), new("cat", "{file}")
            { Scope = CommandScope.File, FilePatterns = ["/etc/dnsmasq.conf", "/etc/hostname"] }],
            shell: ["unshare", "-m", "sh", "-c", Full + shell + " \"$@\"", "sh"]);
        Assert.Null(gathering.Error);
        Assert.Equal(["Linux\n", "0\n"], gathering.Outputs.Take(2).Select(output => output.Text));
        Assert.All(gathering.Outputs, output => Assert.Equal("", output.StandardError));
        Assert.True(Directory.Exists(real));
    }

    /// <summary>sudo that would ask for a password asks nobody: what needs root is told with its reason, files that
    /// root would have listed too, and what needs no root is there. So it is where there is no timeout program.
    /// </summary>
    [Theory]
    [InlineData("exec timeout \"$@\"")]
    [InlineData("exit 127")]
    public async Task Sudo_that_asks_for_a_password_is_told_and_waited_for_by_nobody(string timeout)
    {
        using Bench bench = new();
        string asked = Path.Combine(bench.Folder, "asked");
        bench.Program("id", "echo 1000").Program("ovs-vsctl", "echo ran").Program("sudo",
            $"[ \"$1\" = -n ] || {{ echo asks >> '{asked}'; sleep 60; }}; "
                + "echo 'sudo: a password is required' >&2; exit 1");
        if (timeout != "exec timeout \"$@\"")
            bench.Program("timeout", timeout);
        GatherPlan plan = GatherPlan.For([new Declared("Test", new CommandTemplate("ovs-vsctl", "show"),
            new CommandTemplate("cat", "{file}") { Scope = CommandScope.File, FilePatterns = ["/etc/hostname"] },
            new CommandTemplate("uname", "-s"))]);
        Stopwatch clock = Stopwatch.StartNew();
        NodeGathering gathering = await new NodeGatherer(bench.Transport(), new Listener())
            .GatherAsync(new() { Name = "n1", Sudo = true }, plan, 60, default);

        Assert.Null(gathering.Error);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
        Assert.False(File.Exists(asked));
        Dictionary<string, CommandOutput> outputs = gathering.Outputs.ToDictionary(output => output.Argv[0]);
        Assert.Equal("Linux\n", outputs["uname"].Text);
        foreach (string refused in (string[])["ovs-vsctl", "cat"])
        {
            CommandVerdict verdict = CommandVerdict.Of(outputs[refused]);
            Assert.Equal(("QN9003", "sudo: a password is required"), (verdict.Code, verdict.Reason));
        }
    }

    /// <summary>A gigabyte goes by in bounded memory; what came first is kept, so are the other commands' outputs, and
    /// one sentence tells the limit.</summary>
    [Fact]
    public async Task A_gigabyte_of_one_command_is_cut_and_costs_no_memory()
    {
        using Bench bench = new();
        bench.Program("ps", "head -c 1000000000 /dev/zero").Program("pgrep", "echo other");
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        long before = self.WorkingSet64;
        long peak = 0;
        using var sampler = new Timer(_ =>
        {
            using Process now = Process.GetCurrentProcess();
            peak = Math.Max(peak, now.WorkingSet64);
        }, null, 0, 20);
        NodeGathering gathering = await bench.GatherAsync([new("ps", "-ef") { TimeoutSeconds = 60 },
            new("pgrep", "x"), new("uname", "-s")], timeoutSeconds: 120);

        Assert.Null(gathering.Error);
        CommandOutput big = gathering.Outputs[0];
        Assert.Equal((64L << 20, true), (big.StandardOutput.Length, big.Truncated));
        Assert.Equal(["other\n", "Linux\n"], gathering.Outputs.Skip(1).Select(output => output.Text));
        CommandVerdict verdict = CommandVerdict.Of(big);
        Assert.Equal(CollectionState.Failed, verdict.State);
        Assert.Contains("cut at 67108864 bytes", verdict.Reason, StringComparison.Ordinal);
        Assert.InRange(peak - before, long.MinValue, 400L << 20);
    }

    /// <summary>Between stop and start a service's restart is not ended with the connection.</summary>
    [SkippableTheory, MemberData(nameof(GatherScriptTests.Shells), MemberType = typeof(GatherScriptTests))]
    public async Task A_restart_goes_on_to_its_end_where_the_connection_is_cut(string shell)
    {
        GatherScriptTests.RequireShell(shell);
        using Bench bench = new();
        string state = Path.Combine(bench.Folder, "state");
        bench.Program("service", $"echo stopping; echo stopped > '{state}'; for i in 1 2 3 4 5 6; do sleep 0.3; "
            + $"echo still at it; echo and this >&2; done; echo started > '{state}'");
        var probe = new AgentProbe("neutron-dhcp-agent", UsesSystemd: false, "running", 1, "");
        GatherPlan plan = GatherPlan.Of([new(probe.RestartCommand()) { TimeoutSeconds = 60 }]);
        using CancellationTokenSource stop = new();
        Task<NodeGathering> gathering = new NodeGatherer(bench.Transport(shell.Split(' ')), new Listener())
            .GatherAsync(new() { Name = "n1" }, plan, 60, stop.Token);
        Assert.True(await GatherScriptTests.Becomes(() => File.Exists(state)), "the restart never began");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathering);
        Assert.True(await GatherScriptTests.Becomes(() => File.ReadAllText(state) == "started\n"),
            "the service was left stopped");
        Assert.True(await GatherScriptTests.Becomes(() => !GatherScriptTests.HasProcessOf(bench.Folder)),
            "something was left behind");
    }

    private static GatherPlan Plan(CommandTemplate[] commands) => GatherPlan.For([new Declared("Test", commands)]);
}
