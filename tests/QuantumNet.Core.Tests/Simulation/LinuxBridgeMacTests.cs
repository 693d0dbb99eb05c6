using System.Net.Sockets;
using System.Text;
using QuantumNet.Core.Tests.Capture;
using QuantumNet.Core.Tests.Faults;
using QuantumNet.Simulation.KernelBridge;
using QuantumNet.Snapshots;
using QuantumNet.Topology;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>Where a Linux bridge's MAC table leads the reply, as the kernel's does.</summary>
public sealed class LinuxBridgeMacTests
{
    private const string Mac = "fa:16:3e:02:ea:33", Guest = "02:00:00:00:00:01";
    private static readonly string s_host = $"qnb{Environment.ProcessId}-h", s_peer = $"qnb{Environment.ProcessId}-p";

    [Theory]
    [InlineData("{0} dev tapa6f5a96d-ce master {1}", DhcpPathStatus.Ok)]
    [InlineData("{0} dev qvba6f5a96d-ce master {1}", DhcpPathStatus.Ok)]
    [InlineData("{0} dev qvba6f5a96d-ce master {1} static", DhcpPathStatus.Ok)]
    [InlineData("{0} dev qvba6f5a96d-ce self permanent", DhcpPathStatus.Ok)]
    [InlineData("fe:16:3e:02:ea:33 dev tapa6f5a96d-ce master {1} permanent", DhcpPathStatus.Ok)]
    [InlineData("{0} dev tapa6f5a96d-ce master {1} permanent", DhcpPathStatus.Broken)]
    [InlineData("{0} dev qvba6f5a96d-ce master {1} sticky static", DhcpPathStatus.Broken)]
    public void Entry_of_the_port_decides_over_the_reply(string entry, DhcpPathStatus expected)
    {
        string line = string.Format(System.Globalization.CultureInfo.InvariantCulture, entry, Mac, "qbra6f5a96d-ce");
        DhcpPathResult result = new SampleCloud().Printing("compute1", "bridge fdb show", line + "\n").Test(Mac);
        Assert.Equal((expected, expected == DhcpPathStatus.Ok ? null : "QN9009"), (result.Status, result.Cause));
        if (expected != DhcpPathStatus.Ok)
            Assert.Equal((line, DhcpDirection.Reply),
                (result.Findings[0].Evidence[0].Text, result.Findings[0].Direction!.Value));
    }

    [Theory]
    [InlineData("learning on", "learning off", "", DhcpPathStatus.Broken)]
    [InlineData("ageing_time 30000", "ageing_time 0", "", DhcpPathStatus.Ok)]
    [InlineData("ageing_time 30000", "ageing_time 0", " static", DhcpPathStatus.Broken)]
    [InlineData(" learning on", "", "", DhcpPathStatus.Unknown)]
    public void Bridge_that_does_not_learn_keeps_what_it_has(
        string told, string instead, string state, DhcpPathStatus expected) => Assert.Equal(expected, new SampleCloud()
        .With("compute1", "ip -s -d link", text => text.Replace(told, instead, StringComparison.Ordinal))
        .Printing("compute1", "bridge fdb show", $"{Mac} dev qvba6f5a96d-ce master qbra6f5a96d-ce{state}\n")
        .Test(Mac).Status);

    [SkippableFact]
    public void Reply_gets_where_the_kernels_bridge_sends_it()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "namespaces need root on Linux");
        foreach (string program in (string[])["ip", "bridge"])
            Skip.IfNot(Tool.IsThere(program), $"{program} is not installed");
        string fdb = $"bridge -n {s_host} fdb replace {Guest} dev", link = $"bridge -n {s_host} link set dev tap0",
            bridge = $"ip -n {s_host} link set qbr0 type bridge";
        try
        {
            MakeNamespaces();
            using Socket tap = NamespaceThread.OpenFrames(s_peer, "tap0"), inner = NamespaceThread.OpenFrames(s_peer,
                "qvb0");
            string[] wrong = [.. ((string[])
            [
                "true", $"{fdb} qvb0 master dynamic", $"{fdb} oth0 master dynamic", $"{fdb} tap0 master dynamic",
                $"{fdb} tap0 master static", $"{fdb} qvb0 master static", $"{fdb} oth0 master static",
                $"{fdb} oth0 master static; {bridge} ageing_time 0",
                $"{fdb} tap0 master static; {bridge} ageing_time 0",
                $"{bridge} ageing_time 0", $"{link} learning off; {fdb} oth0 master dynamic",
                $"{link} learning off; {fdb} qvb0 master static", $"{link} learning off",
                $"{fdb} qvb0 master sticky static", $"{fdb} tap0 master permanent", $"{fdb} oth0 master permanent",
                $"ip -n {s_host} link set tap0 address {Guest}",
            ]).Where(change => !AreSame(change, tap, inner))];
            Assert.Empty(wrong);
        }
        finally
        {
            Tool.Status("ip", "netns", "del", s_host);
            Tool.Status("ip", "netns", "del", s_peer);
        }
    }

    private static void MakeNamespaces() => Assert.Equal(0, Tool.Status("sh", "-ec", $"""
        ip netns add {s_host}; ip netns add {s_peer}
        for n in {s_host} {s_peer}; do ip netns exec $n sysctl -qw net.ipv6.conf.all.disable_ipv6=1; done
        for d in tap0 qvb0 oth0; do
          ip -n {s_host} link add $d type veth peer name $d netns {s_peer}
          ip -n {s_host} link set $d up; ip -n {s_peer} link set $d up
        done
        """));

    private static bool AreSame(string change, Socket tap, Socket inner)
    {
        Assert.Equal(0, Tool.Status("sh", "-ec", $"""
            ip -n {s_host} link del qbr0 2>/dev/null || true
            ip -n {s_host} link add qbr0 type bridge forward_delay 0 mcast_snooping 0
            ip -n {s_host} link set tap0 address 02:00:00:00:00:77
            for d in tap0 qvb0 oth0; do ip -n {s_host} link set $d master qbr0; done
            ip -n {s_host} link set qbr0 up
            for n in $(seq 400); do
              [ "$(bridge -n {s_host} link | grep -c 'state forwarding')" != 3 ] || break
              sleep 0.05
            done
            {change}
            """));
        HopAction ours = LinuxBridgeCrossing.Of(Gathered(), "qbr0", Guest, "tap0", "qvb0").Action;
        byte[] guest = [2, 0, 0, 0, 0, 1], server = [2, 0, 0, 0, 0, 2], all = [255, 255, 255, 255, 255, 255];
        byte[] padding = new byte[46];
        tap.Send([.. all, .. guest, 0x88, 0xb5, .. padding]);
        Await(inner, 0xb5);
        inner.Send([.. guest, .. server, 0x88, 0xb6, .. padding]);
        inner.Send([.. all, .. server, 0x88, 0xb7, .. padding]);
        return ours == (Await(tap, 0xb7).Contains(0xb6) ? HopAction.Forwarded : HopAction.Dropped);
    }

    /// <summary>Reads frames of our own kinds from a device until one comes; the kinds that came before it.</summary>
    private static List<byte> Await(Socket socket, byte kind)
    {
        List<byte> kinds = [];
        byte[] frame = new byte[2048];
        socket.ReceiveTimeout = 20_000;
        while (kinds is not [.., var last] || last != kind)
        {
            int length = socket.Receive(frame);
            // What the socket itself sent it sees as well, from its own address.
            if (length > 13 && frame[12] == 0x88 && frame[13] is >= 0xb5 and <= 0xb7)
                kinds.Add(frame[13]);
        }
        return kinds;
    }

    private static NodeView Gathered()
    {
        var snapshot = new QuantumSnapshot { Nodes = [new() { ComputerName = "n1" }], Outputs =
        [
            Output("ip", "-s", "-d", "link"), Output("bridge", "link"), Output("bridge", "fdb", "show"),
        ] };
        return new CloudView(CloudReader.Read(snapshot)).Node("n1")!;
    }

    private static CommandOutput Output(params string[] argv) => new()
    {
        ComputerName = "n1", Argv = argv, ExitStatus = 0, StandardOutput = Encoding.UTF8.GetBytes(
            Tool.Run(argv[0], ["-n", s_host, .. argv[1..]])),
    };
}
