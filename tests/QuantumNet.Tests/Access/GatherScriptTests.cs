using System.Diagnostics;
using System.Text;
using QuantumNet.Access.Gathering;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

public sealed class GatherScriptTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string> Shells { get; } = ["sh", "dash", "bash", "bash --posix", "busybox sh"];

    [SkippableTheory, MemberData(nameof(Shells))]
    public async Task Every_shell_frames_output_errors_and_status(string shell)
    {
        RequireShell(shell);
        _bench.Program("ps", "printf 'a\\000b\\377'; echo 'went wrong' >&2; exit 3");
        NodeGathering gathering = await _bench.GatherAsync([new("ps", "-ef"), new("uname", "-a")],
            shell: shell.Split(' '));

        Assert.Null(gathering.Error);
        CommandOutput first = gathering.Outputs[0];
        Assert.Equal((byte[])[(byte)'a', 0, (byte)'b', 255], first.StandardOutput.ToArray());
        Assert.Equal((3, "went wrong", "ps -ef", false),
            (first.ExitStatus ?? -1, first.StandardError, first.Command, first.TimedOut));
        Assert.StartsWith("Linux", gathering.Outputs[1].Text, StringComparison.Ordinal);
        Assert.InRange((DateTime.UtcNow - first.StartedAt).TotalSeconds, -1, 60);
    }

    [SkippableTheory, MemberData(nameof(Shells))]
    public async Task A_command_past_its_deadline_is_ended_and_what_it_printed_kept(string shell)
    {
        RequireShell(shell);
        _bench.Program("ps", "echo begun; exec sleep 600");
        CommandOutput output = (await _bench.GatherAsync([new("ps", "-ef") { TimeoutSeconds = 1 }],
            shell: shell.Split(' '))).Outputs[0];
        Assert.Equal((true, "begun\n", (int?)null), (output.TimedOut, output.Text, output.ExitStatus));
        Assert.InRange(output.DurationSeconds, 0.9, 10);
    }

    [Fact]
    public async Task A_node_without_a_timeout_program_keeps_deadlines_too()
    {
        _bench.Program("timeout", "exit 127").Program("ps", "echo begun; exec sleep 600")
            .Program("pgrep", "echo quick; exit 1");
        NodeGathering gathering = await _bench.GatherAsync(
            [new("ps", "-ef") { TimeoutSeconds = 1 }, new("pgrep", "dnsmasq")]);
        Assert.Equal((true, "begun\n"), (gathering.Outputs[0].TimedOut, gathering.Outputs[0].Text));
        Assert.Equal((1, "quick\n"), (gathering.Outputs[1].ExitStatus, gathering.Outputs[1].Text));
    }

    [Fact]
    public async Task Output_is_cut_at_its_limit_and_a_log_keeps_its_end()
    {
        _bench.Program("ps", "yes 0123456789 | head -c 3000000")
            .Program("pgrep", "echo first; yes | head -c 100000; echo last");
        NodeGathering gathering = await _bench.GatherAsync(
            [new("ps", "-ef") { MaximumBytes = 1000 }, new("pgrep", "x") { MaximumBytes = 1000, KeepsTail = true }]);
        Assert.Equal((1000, true), (gathering.Outputs[0].StandardOutput.Length, gathering.Outputs[0].Truncated));
        Assert.StartsWith("0123456789\n", gathering.Outputs[0].Text, StringComparison.Ordinal);
        Assert.Equal((1000, true), (gathering.Outputs[1].StandardOutput.Length, gathering.Outputs[1].Truncated));
        Assert.EndsWith("last\n", gathering.Outputs[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_complaints_are_cut()
    {
        _bench.Program("ps", "yes complaint | head -c 5000000 >&2");
        CommandOutput output = (await _bench.GatherAsync([new("ps", "-ef"), new("uname", "-a")])).Outputs[0];
        Assert.InRange(output.StandardError.Length, 1000, 200_000);
    }

    [Fact]
    public async Task A_missing_program_is_told()
    {
        CommandOutput output = (await _bench.GatherAsync([new("initctl", "list")], shell: null)).Outputs[0];
        Assert.Equal(127, output.ExitStatus);
    }

    [SkippableTheory, MemberData(nameof(Shells))]
    public async Task Hostile_bridge_names_are_only_data(string shell)
    {
        RequireShell(shell);
        string trap = Path.Combine(_bench.Folder, "trapped");
        string[] names = ["br int", $"$(touch {trap})", $"`touch {trap}`", "a'b\"c", $"x;touch {trap};", "*", "-rf",
            "back\\slash", "br-ünï"];
        _bench.Program("ovs-vsctl", $"cat <<'END'\n{string.Join('\n', names)}\nEND")
            .Program("ovs-ofctl", "for a; do printf '[%s]' \"$a\"; done");
        NodeGathering gathering = await _bench.GatherAsync(
            [new("ovs-ofctl", "dump-flows", "{bridge}") { Scope = CommandScope.Bridge }], shell: shell.Split(' '));

        Assert.Null(gathering.Error);
        Assert.Equal(names.Where(name => name[0] != '-'), gathering.Outputs.Select(output => output.Subject));
        Assert.All(gathering.Outputs, output => Assert.Equal($"[dump-flows][{output.Subject}]", output.Text));
        Assert.False(File.Exists(trap));
    }

    [Fact]
    public async Task What_runs_over_nothing_was_collected_and_is_empty()
    {
        _bench.Program("ovs-vsctl", ":").Program("ip", "echo qrouter-x");
        NodeGathering gathering = await _bench.GatherAsync(
            [new("ovs-ofctl", "show", "{bridge}") { Scope = CommandScope.Bridge },
                new("ip", "netns", "exec", "{namespace}", "ip", "addr") { Scope = CommandScope.DhcpNamespace }]);
        Assert.All(gathering.Outputs, output => Assert.Equal((0, ""), (output.ExitStatus, output.Text)));
        Assert.Equal("ovs-ofctl show {bridge}", gathering.Outputs[0].Command);
    }

    [Fact]
    public async Task A_lookup_that_fails_is_no_empty_answer()
    {
        _bench.Program("ovs-vsctl",
            "echo 'ovs-vsctl: unix:db.sock: database connection failed (No such file or directory)' >&2; exit 1");
        CommandOutput output = (await _bench.GatherAsync(
            [new("ovs-ofctl", "show", "{bridge}") { Scope = CommandScope.Bridge }])).Outputs[0];
        Assert.Equal(1, output.ExitStatus);
        Assert.Contains("database connection failed", output.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Namespaces_are_narrowed_to_the_networks_wanted()
    {
        _bench.Program("ip", "if [ \"$2\" = exec ]; then echo \"in $3\"; else printf 'qdhcp-aa (id: 0)\\nqdhcp-bb (id: "
            + "1)\\nqrouter-cc\\n'; fi");
        CommandTemplate[] commands =
            [new("ip", "netns", "exec", "{namespace}", "ip", "addr") { Scope = CommandScope.DhcpNamespace }];
        Assert.Equal(["in qdhcp-aa\n", "in qdhcp-bb\n"],
            (await _bench.GatherAsync(commands)).Outputs.Select(output => output.Text));
        Assert.Equal(["in qdhcp-bb\n"],
            (await _bench.GatherAsync(commands, networks: ["bb"])).Outputs.Select(output => output.Text));
    }

    [SkippableTheory, MemberData(nameof(Shells))]
    public async Task Only_the_dnsmasq_of_the_networks_wanted_are_asked(string shell)
    {
        RequireShell(shell);
        Skip.IfNot(OperatingSystem.IsLinux(), "needs /proc");
        string[] ids = [Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), Guid.NewGuid().ToString()];
        _bench.Program("dnsmasq", "sleep 100 & trap 'kill $!' TERM; wait");
        Process[] running = [.. ids.Select(
            id => Process.Start(Path.Combine(_bench.Folder, "dnsmasq"), $"--pid-file=/x/dhcp/{id}/pid"))];
        try
        {
            Assert.True(await Becomes(
                () => running.All(one => File.ReadAllText($"/proc/{one.Id}/comm") == "dnsmasq\n")));
            CommandTemplate[] commands = [new("cat", "/proc/{pid}/cmdline") { Scope = CommandScope.DnsmasqProcess }];
            NodeGathering some =
                await _bench.GatherAsync(commands, shell: shell.Split(' '), networks: [ids[0], ids[2]]);
            Assert.Equal([running[0].Id, running[2].Id],
                some.Outputs.Select(output => int.Parse(output.Subject, null)).Order());
            Assert.Contains(ids[0], some.Outputs[0].Text + some.Outputs[1].Text, StringComparison.Ordinal);
            NodeGathering all = await _bench.GatherAsync(commands, shell: shell.Split(' '));
            Assert.All(running, one => Assert.Contains(all.Outputs, output => output.Subject == $"{one.Id}"));
        }
        finally
        {
            foreach (Process one in running)
                one.Kill(entireProcessTree: true);
        }
    }

    [SkippableFact]
    public async Task Hostile_file_names_and_links_are_only_data()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root to write to /var/log");
        DirectoryInfo folder = Directory.CreateDirectory("/var/log/quantumnet-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            string[] odd = ["a b.log", "$(id).log", "it's.log", "q\"uote.log"], plain = ["-n.log", "agent_1.log"];
            string[] names = [.. odd, .. plain, "new\nline.log"];
            foreach (string name in names)
                File.WriteAllText(Path.Combine(folder.FullName, name), "text of " + name);
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "evil.log"), "/etc/shadow");
            NodeGathering gathering = await _bench.GatherAsync(
                [new("cat", "{file}") { Scope = CommandScope.File, FilePatterns = [folder.FullName + "/*.log"] }]);

            Assert.Equal(plain.Order(StringComparer.Ordinal), gathering.Outputs.Where(output => output.ExitStatus == 0)
                .Select(output => Path.GetRelativePath(folder.FullName, output.Subject)).Order(StringComparer.Ordinal));
            Assert.All(odd.Append("evil.log"), name => Assert.Equal((126, ""), gathering.Outputs
                .Where(output => Path.GetRelativePath(folder.FullName, output.Subject) == name)
                .Select(output => (output.ExitStatus ?? -1, output.Text)).Single()));
            Assert.DoesNotContain(gathering.Outputs, output => output.Text.Contains("root:", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Noise_of_a_profile_and_output_that_looks_like_a_frame_do_no_harm()
    {
        string nonce = NodeGatherer.NewNonce();
        _bench.Program("ps", $"printf '{nonce}B0 1{nonce}O fake {nonce}Z'");
        NodeGathering gathering = await _bench.GatherAsync([new("ps", "-ef")],
            shell: ["sh", "-c", "echo 'Welcome!'; exec sh \"$@\"", "sh"]);
        Assert.Equal($"{nonce}B0 1{nonce}O fake {nonce}Z", gathering.Outputs.Single().Text);
    }

    [Fact]
    public async Task Nothing_is_left_on_the_node_after_cancelling()
    {
        string marker = "60" + Random.Shared.Next(100000, 999999);
        _bench.Program("ps", $"sleep {marker} & sleep {marker}");
        using CancellationTokenSource stop = new();
        Task<NodeGathering> gathering = _bench.GatherAsync([new("ps", "-ef") { TimeoutSeconds = 100 }],
            stop: stop.Token);
        Assert.True(await Becomes(() => Running(marker) == 2), "the command never began");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathering);
        Assert.True(await Becomes(() => Running(marker) == 0), "processes were left behind");
    }

    [SkippableTheory, MemberData(nameof(Shells))]
    public async Task Nothing_is_left_when_the_caller_is_killed(string shell)
    {
        RequireShell(shell);
        string marker = "61" + Random.Shared.Next(100000, 999999);
        _bench.Program("ps", $"sleep {marker}");
        GatherPlan plan = GatherPlan.For(
            [new Declared("Test", new CommandTemplate("ps", "-ef") { TimeoutSeconds = 100 })]);
        string script = GatherScript.Write(plan, new Dictionary<string, string>(), false, NodeGatherer.NewNonce(),
            NodeGatherer.NewNonce());
        string[] words = shell.Split(' ');
        ProcessStartInfo start = new(words[0]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string word in words.Skip(1).Append("-s"))
            start.ArgumentList.Add(word);
        start.Environment["PATH"] = _bench.Folder + ":" + Environment.GetEnvironmentVariable("PATH");
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(script);
        await process.StandardInput.FlushAsync();
        Assert.True(await Becomes(() => Running(marker) == 1), "the command never began");
        process.StandardInput.Close();              // all that a node sees of a kill -9 far away
        Assert.True(await Becomes(() => Running(marker) == 0 && process.HasExited), "processes were left behind");
    }

    [Fact]
    public async Task A_slow_node_gives_what_it_had()
    {
        _bench.Program("ps", "echo done").Program("pgrep", "yes begun | head -c 30000; exec sleep 100");
        Listener listener = new();
        NodeGathering gathering = await _bench.GatherAsync([new("ps", "-ef"), new("pgrep", "x") { TimeoutSeconds = 90 },
            new("uname", "-a")], listener, timeoutSeconds: 2);
        Assert.Equal(["done\n", "begun\n", ""],
            gathering.Outputs.Select(output => output.Text[..Math.Min(6, output.Text.Length)]));
        Assert.Equal([0, null, null], gathering.Outputs.Select(output => output.ExitStatus));
        Assert.Equal("NodeTimedOut", Assert.Single(listener.Errors).Id);
        Assert.Equal("QN9002", gathering.Node.FailureCode);
    }

    [Fact]
    public async Task Slow_login_is_told_apart_from_slow_commands()
    {
        Listener listener = new();
        _bench.Program("ps", "echo done");
        await _bench.GatherAsync([new("ps", "-ef")], listener, shell: ["sh", "-c", "sleep 2.1; exec sh -s"]);
        Assert.Contains(listener.Said, text => text.StartsWith("n1: the login took ", StringComparison.Ordinal));
        Assert.Empty(listener.Errors);

        await _bench.GatherAsync([new("ps", "-ef")], listener, shell: ["sh", "-c", "exec sleep 100"],
            timeoutSeconds: 1);
        Assert.Equal("Node 'n1' ran nothing within 1 s of the login.", Assert.Single(listener.Errors).Message);
    }

    [Fact]
    public async Task A_shell_that_dies_gives_what_it_had()
    {
        _bench.Program("ps", "echo done")
            .Program("pgrep", "kill -9 $(cut -d' ' -f4 /proc/$(cut -d' ' -f4 /proc/$PPID/stat)/stat)");
        NodeGathering gathering = await _bench.GatherAsync([new("ps", "-ef"), new("pgrep", "x"), new("uname", "-a")],
            shell: ["sh"]);
        Assert.Equal("done\n", gathering.Outputs[0].Text);
        Assert.NotEmpty(gathering.Outputs);
    }

    [Fact]
    public async Task No_file_is_made()
    {
        string[] before = Directory.GetFileSystemEntries(Path.GetTempPath());
        string folder = Directory.CreateTempSubdirectory("quantumnet-tmp-").FullName;
        await _bench.GatherAsync([new("uname", "-a"), new("ps", "-ef")], shell: ["env", "TMPDIR=" + folder, "sh"]);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        Directory.Delete(folder);
        Assert.NotNull(before);
    }

    [Fact]
    public void What_comes_first_runs_first_as_often_as_it_stands_there()
    {
        GatherPlan plan = GatherPlan.For([new Declared("Test", new CommandTemplate("ps", "-ef"))],
            first: FlowCounters.Settle);
        Assert.Equal(["ovs-appctl", "ovs-appctl", "ps"], plan.Commands.Select(command => command.Template.Argv[0]));
        Assert.Equal([0, 1, 2], plan.Commands.Select(command => command.Number));
        Assert.Equal(["", "", "Test"], plan.Commands.Select(command => Assert.Single(command.Collectors)));
        Assert.Throws<QuantumException>(
            () => GatherPlan.For([], first: [new CommandTemplate("ovs-appctl", "revalidator/pause")]));
    }

    [Fact]
    public void A_command_that_is_not_on_the_list_stops_everything()
    {
        QuantumException refused = Assert.Throws<QuantumException>(
            () => GatherPlan.For([new Declared("Evil", new CommandTemplate("rm", "-rf", "/"))]));
        Assert.Equal("CommandNotAllowed", refused.Error.Id);
    }

    [Fact]
    public void Quoting_gives_every_word_back()
    {
        foreach (string word in (string[])["", "a b", "it's", "$(id)", "`id`", "a\nb", "\\", "*",
            "~", "-n", "''", "\"", "ü"])
        {
            ProcessStartInfo start = new("sh") { RedirectStandardOutput = true,
                StandardOutputEncoding = Encoding.UTF8 };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"printf '%s' {ShellQuote.Word(word)}");
            using Process process = Process.Start(start)!;
            Assert.Equal(word, process.StandardOutput.ReadToEnd());
        }
    }

    internal static void RequireShell(string shell)
    {
        string program = shell.Split(' ')[0];
        Skip.IfNot(Environment.GetEnvironmentVariable("PATH")!.Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program))), $"{program} is not installed");
    }

    private static int Running(string marker)
    {
        int count = 0;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                string[] argv = File.ReadAllText(folder + "/cmdline").Split('\0');
                count +=
                    argv.Length > 1 && argv[0].EndsWith("sleep", StringComparison.Ordinal) && argv[1] == marker ? 1 : 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone, or no process.
            }
        }
        return count;
    }

    /// <summary>Whether a process has a folder in its environment.</summary>
    internal static bool HasProcessOf(string folder)
    {
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(process), out _)
                    && File.ReadAllText(process + "/environ").Contains(folder, StringComparison.Ordinal))
                    return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone, or not ours.
            }
        }
        return false;
    }

    internal static async Task<bool> Becomes(Func<bool> condition)
    {
        for (int i = 0; i < 100; i++)
        {
            if (condition())
                return true;
            await Task.Delay(50);
        }
        return false;
    }
}
