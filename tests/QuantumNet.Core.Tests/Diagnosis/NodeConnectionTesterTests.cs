using System.Text;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Connections;

namespace QuantumNet.Core.Tests.Diagnosis;

public sealed class NodeConnectionTesterTests
{
    private static readonly NodeConnectionTester s_tester = new(need => [$"Get-{need}"]);

    private static readonly NodeProbe s_healthy = new()
    {
        ComputerName = "compute1",
        Transport = "ssh",
        UsesSudo = true,
        Clock = new(0.002, 0.01, 0.02),
        Facts =
        [
            Ran("stack\n", "id", "-un"), Ran("1000\n", "id", "-u"), Ran("6.1.0\n", "uname", "-r"),
            Ran("NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n", "cat", "/etc/os-release"),
            Ran("ovs-vsctl (Open vSwitch) 3.1.0\nDB Schema 8.3.1\n", "ovs-vsctl", "--version"),
        ],
        Commands = [May("OvsFlow", "ovs-ofctl", "dump-flows", "br-int"), May("NodeLink", "ip", "address")],
    };

    [Fact]
    public void Healthy_node_is_ready_with_its_tools_and_clock()
    {
        QuantumConnectionResult result = s_tester.Of(s_healthy);
        Assert.Equal((DhcpPathStatus.Ok, FindingStatus.Pass, "stack"), (result.Status, result.Sudo, result.UserName));
        Assert.Empty(result.Findings);
        Assert.Empty(result.Costs);
        Assert.Equal("Debian GNU/Linux 12 (bookworm), 6.1.0", result.System);
        Assert.Equal("ovs-ofctl 3.1.0 (/usr/bin/ovs-ofctl)", result.Tools[1].ToString());
        Assert.Equal("compute1 is ready: stack by ssh; 2 tools are there and may run; "
            + "its clock agrees with this machine's (within 0.01 s).", result.Summary);
    }

    [Theory]
    [InlineData("NodeUnreachable", "reach", FindingStatus.Fail, FindingStatus.Unknown, FindingStatus.Unknown)]
    [InlineData("HostKeyChanged", "host key", FindingStatus.Pass, FindingStatus.Fail, FindingStatus.Unknown)]
    [InlineData("AuthenticationFailed", "login", FindingStatus.Pass, FindingStatus.Pass, FindingStatus.Fail)]
    [InlineData("NodeShellFailed", "shell", FindingStatus.Pass, FindingStatus.Pass, FindingStatus.Pass)]
    [InlineData("SshConfigInvalid", "transport", FindingStatus.Unknown, FindingStatus.Unknown, FindingStatus.Unknown)]
    [InlineData("NodeTimedOut", "reach", FindingStatus.Fail, FindingStatus.Unknown, FindingStatus.Unknown)]
    public void Node_that_gives_nothing_is_broken_where_the_way_ends(
        string id, string place, FindingStatus reach, FindingStatus hostKey, FindingStatus login)
    {
        QuantumConnectionResult result = s_tester.Of(new()
        {
            ComputerName = "compute1", Transport = "ssh",
            Error = new() { Id = id, Category = QuantumErrorCategory.ConnectionError, Message = "No.", Advice = "Do." },
        });
        Assert.Equal((DhcpPathStatus.Broken, "QN9002", place), (result.Status, result.Cause, result.Object));
        Assert.Equal((reach, hostKey, login), (result.Reach, result.HostKey, result.Login));
        Assert.Equal(("compute1 cannot be used: No.", "Do."), (result.Summary, result.Remedy));
        Assert.Contains("Get-OvsFlow", result.Costs);
    }

    [Fact]
    public void Connection_that_ends_midway_has_let_us_in()
    {
        QuantumError lost = new()
        {
            Id = "ConnectionLost", Category = QuantumErrorCategory.ConnectionError, Message = "Gone.",
            Advice = "Again.",
        };
        QuantumConnectionResult result = s_tester.Of(s_healthy with { Commands = [], Error = lost });
        Assert.Equal((DhcpPathStatus.Broken, "connection", FindingStatus.Pass),
            (result.Status, result.Object, result.Login));
    }

    [Fact]
    public void Missing_tool_costs_the_cmdlets_that_wait_for_it()
    {
        QuantumConnectionResult result = s_tester.Of(With(May("OvsFlow", "ovs-ofctl", "dump-flows", "br-int"), 127));
        Assert.Equal((DhcpPathStatus.Degraded, "QN9003", "ovs-ofctl"), (result.Status, result.Cause, result.Object));
        Assert.Equal(["Get-OvsFlow"], result.Costs);
        Assert.Equal("ovs-ofctl: missing", result.Tools.Single(tool => tool.Name == "ovs-ofctl").ToString());
        Assert.Contains("openvswitch_vswitchd", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Tool_that_another_stands_in_for_is_not_needed()
    {
        QuantumConnectionResult result = s_tester.Of(With(May("Socket", "netstat", "-lunp"), 127) with
        {
            Commands = [Refused(May("Socket", "netstat", "-lunp"), 127, ""), May("Socket", "ss", "-lunp")],
        });
        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        Assert.Equal(FindingStatus.NotApplicable, result.Tools.Single(tool => tool.Name == "netstat").Status);
    }

    // Whoever has no nft has no tables of it.
    [Fact]
    public void Tool_whose_absence_is_an_answer_is_not_needed() => Assert.Equal(DhcpPathStatus.Ok,
        s_tester.Of(With(May("Nftables", "nft", "list", "chains"), 127)).Status);

    [Fact]
    public void Command_without_a_rule_is_named_with_what_it_costs()
    {
        QuantumConnectionResult result =
            s_tester.Of(With(May("Iptables", "iptables-save", "-c"), 1, "not permitted: no rule"));
        Assert.Equal((DhcpPathStatus.Degraded, "QN9003", "sudo", FindingStatus.Fail),
            (result.Status, result.Cause, result.Object, result.Sudo));
        Assert.Contains("stack may not run `iptables-save -c`, 1 of the 2 commands", result.Summary,
            StringComparison.Ordinal);
        Assert.Equal(["Get-Iptables"], result.Costs);
        Assert.Contains("quantumnet --sudoers stack", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Sudo_that_allows_nothing_makes_the_node_broken()
    {
        QuantumConnectionResult result = s_tester.Of(s_healthy with
        {
            Commands = [Refused(May("OvsFlow", "ovs-ofctl", "dump-flows", "br-int"), 1, "sudo: a password is required"),
                May("NodeLink", "ip", "address") with { NeedsRoot = false }],
        });
        Assert.Equal((DhcpPathStatus.Broken, "sudo"), (result.Status, result.Object));
        Assert.Contains("may run none of the 1 commands", result.Summary, StringComparison.Ordinal);
    }

    // listpw (sudoers(5)): with one rule that needs no password, sudo -l asks for none either.
    [Fact]
    public void Sudo_that_lists_a_command_but_asks_for_a_password_allows_nothing()
    {
        CommandOutput asked = Ran("", "ovs-vsctl", "list-br") with
        {
            ExitStatus = 1, StandardError = "sudo: a password is required",
        };
        QuantumConnectionResult result = s_tester.Of(s_healthy with
        {
            Facts = [.. s_healthy.Facts, asked],
            Commands = [May("OvsFlow", "ovs-ofctl", "dump-flows", "br-int")],
        });
        Assert.Equal((DhcpPathStatus.Broken, "sudo"), (result.Status, result.Object));
    }

    [Fact]
    public void Open_vSwitch_that_does_not_answer_is_named()
    {
        CommandOutput said = Ran("", "ovs-vsctl", "list-br") with
        {
            ExitStatus = 1, StandardError = "ovs-vsctl: unix:/run/db.sock: database connection failed",
        };
        QuantumConnectionResult result = s_tester.Of(s_healthy with { Facts = [.. s_healthy.Facts, said] });
        Assert.Equal((DhcpPathStatus.Degraded, "ovs-vsctl list-br"), (result.Status, result.Object));
    }

    [Theory]
    [InlineData(3600.5, 0.01, "1 h 0 min ahead of")]
    [InlineData(-130, 0.01, "2 min 10 s behind")]
    [InlineData(2.5, 0.6, null)]        // 1.9 s may be all of it
    [InlineData(-2.5, 0.1, "2.5 s behind")]
    public void Clock_is_told_when_it_is_off_beyond_the_error(double offset, double error, string? words)
    {
        QuantumConnectionResult result = s_tester.Of(s_healthy with { Clock = new(offset, error, 2 * error) });
        Assert.Equal(words is null ? null : "QN9011", result.Cause);
        Assert.True(words is null || result.Summary.Contains(words, StringComparison.Ordinal), result.Summary);
    }

    [Fact]
    public void Tool_in_a_container_is_shown_with_what_runs_it()
    {
        ProbedCommand inside = May("OvsPort", "docker", "exec", "openvswitch_vswitchd", "ovs-vsctl", "show");
        QuantumTool tool = Assert.Single(s_tester.Of(s_healthy with { Commands = [inside] }).Tools);
        Assert.Equal(("ovs-vsctl", "", "docker exec openvswitch_vswitchd"), (tool.Name, tool.Path, tool.Container));
    }

    [Theory]
    [InlineData("ovs-vsctl (Open vSwitch) 1.4.0+build0\nCompiled", "1.4.0+build0")]
    [InlineData("ip utility, iproute2-6.1.0, libbpf 1.1.0", "6.1.0")]
    [InlineData("ip utility, iproute2-ss130716", "ss130716")]
    [InlineData("iptables v1.8.9 (nf_tables)", "1.8.9 nf_tables")]
    [InlineData("Dnsmasq version 2.90  Copyright (c) 2000-2024 Simon Kelley", "2.90")]
    [InlineData("tcpdump version 4.99.3\nlibpcap version 1.10.3", "4.99.3")]
    [InlineData("", "")]
    public void Version_is_read_out_of_what_a_tool_says(string said, string version) =>
        Assert.Equal(version, ToolVersions.Of(said));

    private static NodeProbe With(ProbedCommand command, int status, string said = "") =>
        s_healthy with { Commands = [Refused(command, status, said), May("NodeLink", "ip", "address")] };

    private static ProbedCommand Refused(ProbedCommand command, int status, string said) => command with
    {
        Answer = command.Answer with { ExitStatus = status, StandardError = said, StandardOutput = default },
    };

    private static ProbedCommand May(string collector, params string[] argv) =>
        new(collector, 0, Ran($"/usr/bin/{argv[0]}\n", argv), NeedsRoot: true);

    private static CommandOutput Ran(string text, params string[] argv) => new()
    {
        ComputerName = "compute1", Argv = argv, ExitStatus = 0, StandardOutput = Encoding.UTF8.GetBytes(text),
    };
}
