using System.Text;
using QuantumNet.Diagnosis;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>What the tools really print, in the versions of Debian 12: iputils 20221126, iproute2 6.1.0, nc of OpenBSD
/// 1.219, nc 1.10, ncat 7.93, curl 7.88.1.</summary>
public sealed class ReachabilityQuestionTests
{
    private const string Pinged = """
        PING 172.17.75.152 (172.17.75.152) 56(84) bytes of data.
        64 bytes from 172.17.75.152: icmp_seq=1 ttl=64 time=4.55 ms
        64 bytes from 172.17.75.152: icmp_seq=2 ttl=64 time=1.23 ms

        --- 172.17.75.152 ping statistics ---
        2 packets transmitted, 2 received, 0% packet loss, time 1015ms
        rtt min/avg/max/mdev = 1.226/2.886/4.547/1.660 ms
        """;

    private const string Unanswered = """
        PING 172.17.75.200 (172.17.75.200) 56(84) bytes of data.

        --- 172.17.75.200 ping statistics ---
        2 packets transmitted, 0 received, 100% packet loss, time 1022ms
        """;

    [Theory]
    [InlineData(0, Pinged, ReachabilityAnswer.Answered, 4.55)]
    [InlineData(1, Unanswered, ReachabilityAnswer.Silent, null)]
    [InlineData(1, "exec of \"ping\" failed: No such file or directory", ReachabilityAnswer.NotAsked, null)]
    [InlineData(2, "ping: connect: Network is unreachable", ReachabilityAnswer.NotAsked, null)]
    public void Ping_is_answered_silent_or_not_run(
        int status, string text, ReachabilityAnswer answer, double? milliseconds)
    {
        ReachabilityProbe probe = Ask(ReachabilityKind.Ping, status, text);
        Assert.Equal((answer, milliseconds), (probe.Answer, probe.Milliseconds));
    }

    [Theory]
    [InlineData("172.17.75.152 dev tap6dd94dc9-52 lladdr fa:16:3e:dd:8d:90 REACHABLE ", ReachabilityAnswer.Answered)]
    [InlineData("172.17.75.200 dev tap6dd94dc9-52 FAILED ", ReachabilityAnswer.Silent)]
    [InlineData("172.17.75.200 dev tap6dd94dc9-52 INCOMPLETE ", ReachabilityAnswer.Silent)]
    [InlineData("172.17.75.152 dev tap6dd94dc9-52 lladdr fa:16:3e:dd:8d:90 STALE ", ReachabilityAnswer.NotAsked)]
    [InlineData("", ReachabilityAnswer.NotAsked)]
    public void Neighbour_answers_only_while_its_entry_is_confirmed(string text, ReachabilityAnswer answer) =>
        Assert.Equal(answer, Ask(ReachabilityKind.Arp, 0, text).Answer);

    [Theory]
    [InlineData("DELAY", true)]
    [InlineData("PROBE", true)]
    [InlineData("STALE", false)]
    [InlineData("REACHABLE", false)]
    [InlineData("FAILED", false)]
    public void Neighbour_that_the_kernel_asks_again_will_tell_soon(string state, bool isUnsettled)
    {
        string line = $"172.17.75.152 dev tap6dd94dc9-52 lladdr fa:16:3e:dd:8d:90 {state} ";
        Assert.Equal(isUnsettled, Question(ReachabilityKind.Arp).IsUnsettled(Ask(ReachabilityKind.Arp, 0, line)));
        Assert.False(Question(ReachabilityKind.Ping).IsUnsettled(Ask(ReachabilityKind.Ping, 1, line)));
    }

    [Fact]
    public void Neighbour_is_looked_at_after_all_packets() => Assert.Equal(ReachabilityKind.Arp,
        ReachabilityQuestion.All("netnode", "qdhcp-1", "tap1", "172.17.75.152", 22, 2)[^1].Kind);

    [Theory]
    [InlineData(0, "Connection to 172.17.75.152 22 port [tcp/*] succeeded!", ReachabilityAnswer.Answered)]
    [InlineData(0, "(UNKNOWN) [172.17.75.152] 22 (ssh) open", ReachabilityAnswer.Answered)]
    [InlineData(0, "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to 172.17.75.152:22.",
        ReachabilityAnswer.Answered)]
    [InlineData(28, "*   Trying 172.17.75.152:22...\n* Connected to 172.17.75.152 (172.17.75.152) port 22 (#0)\n"
        + "* Time-out\n* Closing connection 0", ReachabilityAnswer.Answered)]
    [InlineData(1, "nc: connect to 172.17.75.152 port 22 (tcp) failed: Connection refused",
        ReachabilityAnswer.Refused)]
    [InlineData(1, "(UNKNOWN) [172.17.75.152] 22 (ssh) : Connection refused", ReachabilityAnswer.Refused)]
    [InlineData(1, "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connection refused.",
        ReachabilityAnswer.Refused)]
    [InlineData(7, "* connect to 172.17.75.152 port 22 failed: Connection refused", ReachabilityAnswer.Refused)]
    [InlineData(1, "nc: connect to 172.17.75.152 port 23 (tcp) timed out: Operation now in progress",
        ReachabilityAnswer.Silent)]
    [InlineData(1, "(UNKNOWN) [172.17.75.152] 23 (telnet) : Connection timed out", ReachabilityAnswer.Silent)]
    [InlineData(1, "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: TIMEOUT.", ReachabilityAnswer.Silent)]
    [InlineData(28, "*   Trying 172.17.75.152:23...\n* ipv4 connect timeout after 3000ms, move on!\n"
        + "* Failed to connect to 172.17.75.152 port 23 after 3000 ms: Timeout was reached",
        ReachabilityAnswer.Silent)]
    [InlineData(1, "exec of \"nc\" failed: No such file or directory", ReachabilityAnswer.NotAsked)]
    public void Connection_is_made_refused_or_silent_whichever_tool_tells(
        int status, string text, ReachabilityAnswer answer) =>
        Assert.Equal(answer, Ask(ReachabilityKind.Tcp, status, text).Answer);

    [Theory]
    [InlineData(1, "exec of \"nc\" failed: No such file or directory", true)]
    [InlineData(127, "timeout: failed to run command 'nc': No such file or directory", true)]
    [InlineData(1, "nc: connect to 172.17.75.152 port 22 (tcp) failed: Connection refused", false)]
    [InlineData(0, "Connection to 172.17.75.152 22 port [tcp/*] succeeded!", false)]
    public void Another_tool_is_asked_where_the_first_is_not_there(int status, string error, bool isMissing)
    {
        ReachabilityQuestion tcp = Question(ReachabilityKind.Tcp);
        Assert.Equal(isMissing, tcp.IsToolMissing(new() { ExitStatus = status, StandardError = error }));
    }

    private static ReachabilityProbe Ask(ReachabilityKind kind, int status, string text) => Question(kind).Answered(
        new() { ExitStatus = status, StandardOutput = Encoding.UTF8.GetBytes(text), Argv = ["a"] });

    private static ReachabilityQuestion Question(ReachabilityKind kind) => ReachabilityQuestion
        .All("netnode", "qdhcp-1", "tap1", "172.17.75.152", 22, 2).Single(one => one.Kind == kind);
}
