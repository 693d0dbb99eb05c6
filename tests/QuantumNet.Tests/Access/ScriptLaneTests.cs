using QuantumNet.Access.Gathering;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

/// <summary>What runs side by side on a node: Open vSwitch's tools, readers of files, and the kernel's tools.</summary>
public sealed class ScriptLaneTests : IDisposable
{
    private static readonly CommandTemplate[] s_oneOfEach =
        [new("ovs-vsctl", "show"), new("dmesg", "-T"), new("ps", "-efww")];

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string> Shells => GatherScriptTests.Shells;

    [SkippableTheory, MemberData(nameof(Shells))]
    public async Task Commands_of_different_tools_run_at_the_same_time(string shell)
    {
        GatherScriptTests.RequireShell(shell);
        // Each says that it is there and waits for the other two: one after another, none would end.
        foreach (string name in (string[])["ovs-vsctl", "dmesg", "ps"])
            _bench.Program(name, $"cd {_bench.Folder}; : > {name}.here; "
                + "until [ -e ovs-vsctl.here ] && [ -e dmesg.here ] && [ -e ps.here ]; do sleep 0.02; done; "
                + $"echo {name}");
        NodeGathering gathering = await _bench.GatherAsync(s_oneOfEach, shell: shell.Split(' '));
        Assert.Equal([(0, "ovs-vsctl\n"), (0, "dmesg\n"), (0, "ps\n")],
            gathering.Outputs.Select(output => (output.ExitStatus ?? -1, output.Text)));
    }

    [SkippableTheory, MemberData(nameof(Shells))]
    public async Task No_output_is_torn_however_long(string shell)
    {
        GatherScriptTests.RequireShell(shell);
        foreach (string name in (string[])["ovs-vsctl", "dmesg", "ps"])
            _bench.Program(name, $"yes '{name} said it' | head -n 40000; printf 'last\\000'");
        NodeGathering gathering = await _bench.GatherAsync(s_oneOfEach, shell: shell.Split(' '));
        Assert.Equal(s_oneOfEach.Select(one => one.Argv[0]), gathering.Outputs.Select(output => output.Argv[0]));
        Assert.All(gathering.Outputs, output => Assert.Equal(
            string.Concat(Enumerable.Repeat($"{output.Argv[0]} said it\n", 40000)) + "last\0", output.Text));
    }

    [Fact]
    public async Task Switch_that_hangs_costs_nothing_of_what_others_say()
    {
        _bench.Program("ovs-vsctl", "exec sleep 100").Program("dmesg", "yes kernel | head -c 200000")
            .Program("ps", "echo processes");
        NodeGathering gathering = await _bench.GatherAsync(
            [new("ovs-vsctl", "show") { TimeoutSeconds = 90 }, .. s_oneOfEach[1..]], timeoutSeconds: 3);
        Assert.Equal([0, 200000, 10], gathering.Outputs.Select(output => output.StandardOutput.Length));
        Assert.Equal([null, 0, 0], gathering.Outputs.Select(output => output.ExitStatus));
    }

    [Fact]
    public async Task After_cancelling_no_lane_starts_another_command()
    {
        string begun = Path.Combine(_bench.Folder, "begun"), trap = Path.Combine(_bench.Folder, "trap");
        foreach (string name in (string[])["ovs-vsctl", "dmesg", "ps"])
            _bench.Program(name, $"echo >> {begun}; exec sleep 100");
        foreach (string name in (string[])["ovs-appctl", "journalctl", "nft"])
            _bench.Program(name, $"echo {name} >> {trap}");
        using CancellationTokenSource stop = new();
        Task<NodeGathering> gathering = _bench.GatherAsync(
            [.. s_oneOfEach, new("ovs-appctl", "fdb/show", "br-int"), new("journalctl", "-q", "-k"),
                new("nft", "list", "chains")], stop: stop.Token);
        while (!File.Exists(begun) || new FileInfo(begun).Length < 3)
            await Task.Delay(20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathering);
        Assert.True(await GatherScriptTests.Becomes(() => !GatherScriptTests.HasProcessOf(_bench.Folder)),
            "processes were left behind");
        Assert.False(File.Exists(trap), "a lane went on after its command had been killed");
    }
}
