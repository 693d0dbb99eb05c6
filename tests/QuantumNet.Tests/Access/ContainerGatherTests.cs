using QuantumNet.Access.Gathering;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

/// <summary>Where a node keeps its tools in containers, the same commands run in those.</summary>
public sealed class ContainerGatherTests : IDisposable
{
    // A runtime that runs what it is told, and says where.
    private const string Runtime = """
        case $1 in
        ps) printf 'horizon\nopenvswitch_db\nopenvswitch_vswitchd\nneutron_dhcp_agent\nneutron_openvswitch_agent\n' ;;
        exec) shift; name=$1; shift
          case "$*" in
          'find -P '*dhcp/*) printf 'd0:/var/lib/neutron/dhcp/3bf84212-0b9a-4c4b-aa16-0be8757af78d\n' ;;
          '/usr/bin/find -P '*) printf '@d@@d@@d@@f@' >&2; echo "$* in $name" ;;
          'ovs-vsctl list-br') printf 'br-int\n' ;;
          *) echo "$* in $name" ;;
          esac ;;
        esac
        """;

    private readonly Bench _bench = new();

    public static TheoryData<string> Shells { get; } = ["sh", "dash", "bash", "bash --posix"];

    public void Dispose() => _bench.Dispose();

    [SkippableTheory, MemberData(nameof(Shells))]
    public async Task Missing_tool_runs_in_the_agents_container_and_says_so(string shell)
    {
        GatherScriptTests.RequireShell(shell);
        _bench.Program("docker", Runtime);
        CommandOutput output =
            (await _bench.GatherAsync([new("initctl", "list")], shell: shell.Split(' '))).Outputs.Single();
        Assert.Equal((0, "initctl list in neutron_openvswitch_agent\n"), (output.ExitStatus, output.Text));
        Assert.Equal("docker exec neutron_openvswitch_agent initctl list", output.Command);
    }

    [SkippableFact]
    public async Task Open_vSwitchs_tools_run_in_its_own_container()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root to hide a program");
        _bench.Program("podman", Runtime).Program("docker", "echo 'permission denied' >&2; exit 1");
        NodeGathering gathering = await _bench.GatherAsync(
            [new("ovs-vsctl", "show"), new("ovs-ofctl", "dump-flows", "{bridge}") { Scope = CommandScope.Bridge }],
            shell: Without("ovs-vsctl", "ovs-ofctl"));
        Assert.Equal(
            ["podman exec openvswitch_vswitchd ovs-vsctl show",
                "podman exec openvswitch_vswitchd ovs-ofctl dump-flows br-int"],
            gathering.Outputs.Select(output => output.Command));
        Assert.All(gathering.Outputs, output => Assert.Equal(0, output.ExitStatus));
    }

    [SkippableFact]
    public async Task Files_of_an_agent_in_a_container_are_read_there()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root to hide a folder");
        _bench.Program("docker", Runtime);
        CommandOutput output = (await _bench.GatherAsync(
            [new("cat", "{folder}/host") { Scope = CommandScope.DhcpNetwork }],
            shell: ["unshare", "-m", "sh", "-c", "mount -t tmpfs tmpfs /var/lib && exec sh \"$@\"", "sh"]))
            .Outputs.Single();
        Assert.StartsWith("/usr/bin/find -P /var/lib/neutron ( -path /var/lib/neutron ", output.Text,
            StringComparison.Ordinal);
        Assert.EndsWith(" if={} ; ) -o -prune in neutron_dhcp_agent\n", output.Text, StringComparison.Ordinal);
        Assert.Equal(("3bf84212-0b9a-4c4b-aa16-0be8757af78d", 0, ""),
            (output.Subject, output.ExitStatus ?? -1, output.StandardError));
    }

    [Fact]
    public async Task Node_with_its_own_tools_asks_no_runtime()
    {
        _bench.Program("docker", "echo asked >&2; exit 1").Program("ovs-vsctl", "echo own");
        CommandOutput output = (await _bench.GatherAsync([new("ovs-vsctl", "show")])).Outputs.Single();
        Assert.Equal(("own\n", "", "ovs-vsctl show"), (output.Text, output.StandardError, output.Command));
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("printf 'horizon\\n'")]
    [InlineData("printf -- '-openvswitch_agent\\nevil openvswitch_agent\\n$(id)openvswitch_agent\\n'")]
    public async Task Missing_tool_without_a_container_stays_missing(string runtime)
    {
        _bench.Program("docker", runtime).Program("podman", "exit 1");
        CommandOutput output = (await _bench.GatherAsync([new("initctl", "list")])).Outputs.Single();
        Assert.Equal((127, "initctl list"), (output.ExitStatus, output.Command));
    }

    [Fact]
    public void Advice_for_a_missing_ovs_tool_names_the_container()
    {
        var output = new CommandOutput { ComputerName = "compute1", Argv = ["ovs-vsctl", "show"], ExitStatus = 127,
            StandardError = "ovs-vsctl: not found" };
        Assert.Contains("docker exec openvswitch_vswitchd ovs-vsctl show", CommandVerdict.Advice(output),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "docker", "exec", "openvswitch_vswitchd", "ovs-vsctl", "show")]
    [InlineData(true, "podman", "exec", "neutron_dhcp_agent", "ip", "netns", "exec", "qdhcp-1", "ip", "addr")]
    [InlineData(true, "docker", "ps", "--format", "{{.Names}}")]
    [InlineData(false, "docker", "exec", "-it", "ovs-vsctl", "show")]
    [InlineData(false, "docker", "exec", "box", "sh", "-c", "id")]
    [InlineData(false, "docker", "exec", "box", "docker", "exec", "box", "ip", "addr")]
    [InlineData(false, "docker", "exec", "a;b", "ip", "addr")]
    [InlineData(false, "docker", "run", "box", "ip", "addr")]
    public void Only_reading_commands_run_in_containers(bool isAllowed, params string[] argv) =>
        Assert.Equal(isAllowed, AllowList.Allows(argv));

    /// <summary>A shell in a mount namespace of its own, where programs are covered.</summary>
    internal static string[] Without(params string[] programs)
    {
        string cover = string.Concat(programs.Select(
            name => $"for p in /usr/bin/{name} /bin/{name}; do [ ! -e $p ] || mount --bind /dev/null $p; done; "));
        return ["unshare", "-m", "sh", "-c", $"{cover}exec sh \"$@\"", "sh"];
    }
}
