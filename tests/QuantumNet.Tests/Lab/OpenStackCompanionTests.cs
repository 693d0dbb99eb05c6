using QuantumNet.Access;
using QuantumNet.Commands;
using QuantumNet.Tests.Access;
using QuantumNet.Tests.Pipeline;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>The cmdlets beside Test-DhcpPath on real OpenStack: each is silent on it, and names some faults. The
/// variables of <see cref="OpenStackCloud"/>; the instance's groups must let ping and ssh in.</summary>
[Collection("lab")]
public sealed class OpenStackCompanionTests(ITestOutputHelper log)
{
    private const string NoInstance = "QUANTUMNET_OPENSTACK_LAB or QUANTUMNET_OPENSTACK_GUEST is not set";
    // It ends by itself: nobody stops it.
    private const string Listener = "ss -ltn | grep -q ':22 ' || { setsid timeout 900 python3 -m http.server 22 "
        + ">/dev/null 2>&1 & until ss -ltn | grep -q ':22 '; do sleep 0.1; done; }";

    // The tunnel to the other node; a flow comes back as it was, its cookie too.
    private const string Tunnel = "t=$(ovs-vsctl list-ports br-tun | grep -v patch | head -n 1); ",
        Save = "ovs-ofctl dump-flows br-tun --no-stats | sed '/hard_timeout/d' > /run/quantumnet-saved; ",
        Restore = "ovs-ofctl add-flows br-tun /run/quantumnet-saved",
        Inside = "n=$(ip netns | sed -n 's/^\\(qdhcp[^ ]*\\).*/\\1/p'); x=\"ip netns exec $n\"; "
            + "d=$($x ls /sys/class/net | grep tap); f=/var/lib/neutron/dhcp/${n#qdhcp-}; ";

    private static readonly string s_port = OpenStackCloud.Port.Length > 11 ? OpenStackCloud.Port[..11] : "";

    private static readonly OpenStackFault[] s_ofTunnels =
    [
        new("QN5002", DhcpPathStatus.Broken, OpenStackCloud.ComputeNode,
            Tunnel + "ovs-vsctl get Interface $t options:remote_ip > /run/quantumnet-saved; "
                + "ovs-vsctl set Interface $t options:remote_ip=10.0.20.99",
            Tunnel + "ovs-vsctl set Interface $t options:remote_ip=$(cat /run/quantumnet-saved)"),
        new("QN5009", DhcpPathStatus.Broken, OpenStackCloud.NetworkNode,
            Tunnel + "ovs-vsctl remove Interface $t options in_key",
            Tunnel + "ovs-vsctl set Interface $t options:in_key=flow"),
        new("QN5021", DhcpPathStatus.Degraded, OpenStackCloud.NetworkNode,
            "ip link set eth0 mtu 1400", "ip link set eth0 mtu 1500"),
        new("QN5003", DhcpPathStatus.Degraded, OpenStackCloud.ComputeNode,
            Tunnel + "ovs-vsctl add-port br-tun gone -- set Interface gone type=$(ovs-vsctl get Interface $t type) "
                + "options:remote_ip=10.0.20.98 options:in_key=flow options:out_key=flow",
            "ovs-vsctl del-port br-tun gone"),
        new("QN5001", DhcpPathStatus.Broken, OpenStackCloud.NetworkNode,
            Tunnel + "{ echo \"$t type=$(ovs-vsctl get Interface $t type) ofport_request=$(ovs-vsctl get Interface $t "
                + "ofport)\"; ovs-vsctl get Interface $t options | tr -d '{},\"' | tr ' ' '\\n' "
                + "| sed 's/^/options:/'; } | tr '\\n' ' ' > /run/quantumnet-saved; ovs-vsctl del-port br-tun $t",
            "read t rest < /run/quantumnet-saved; ovs-vsctl add-port br-tun $t -- set Interface $t $rest"),
    ];

    // Of the network: its flows.
    private static readonly OpenStackFault[] s_ofFlows =
    [
        new("QN5006", DhcpPathStatus.Broken, OpenStackCloud.ComputeNode, Save + "for table in 3 4; do ovs-ofctl "
            + "del-flows br-tun table=$table,tun_id=0x0/0xff000000; done", Restore),
        new("QN5008", DhcpPathStatus.Broken, OpenStackCloud.ComputeNode, Save + "ovs-ofctl --strict dump-flows br-tun "
            + "table=22 --no-stats | sed -n 's/.*\\(dl_vlan=[0-9]*\\).*/\\1/p' | while read vlan; do ovs-ofctl "
            + "del-flows br-tun table=22,$vlan; done", Restore),
    ];

    private static readonly OpenStackFault[] s_ofServer =
    [
        new("QN6027", DhcpPathStatus.Degraded, OpenStackCloud.NetworkNode,
            Inside + "echo fa:16:3e:00:00:99,gone.local,10.10.0.250 >> $f/host", Inside + "sed -i '/gone/d' $f/host"),
        new("QN6015", DhcpPathStatus.Degraded, OpenStackCloud.NetworkNode,
            Inside + "sed -i 's/tag:subnet/tag:old-subnet/' $f/opts", Inside + "sed -i 's/tag:old-/tag:/' $f/opts"),
        new("QN6002", DhcpPathStatus.Broken, OpenStackCloud.NetworkNode,
            Inside + "$x ip link set $d down", Inside + "$x ip link set $d up"),
        new("QN6004", DhcpPathStatus.Broken, OpenStackCloud.NetworkNode,
            Inside + "$x ip -4 -o addr show dev $d | awk '{print $4}' > /run/quantumnet-saved; "
                + "$x ip -4 addr flush dev $d",
            Inside + "while read a; do $x ip addr add $a brd + dev $d; done < /run/quantumnet-saved"),
        new("QN6008", DhcpPathStatus.Broken, OpenStackCloud.NetworkNode,
            Inside + "cp -p $f/host /run/quantumnet-saved; : > $f/host; kill -HUP $(cat $f/pid)",
            Inside + "cat /run/quantumnet-saved > $f/host; kill -HUP $(cat $f/pid)"),
        new("QN6007", DhcpPathStatus.Degraded, OpenStackCloud.NetworkNode, Inside
            + "tr '\\0' '\\n' < /proc/$(cat $f/pid)/cmdline "
            + "| sed 's#--pid-file=.*#--pid-file=/run/quantumnet-second#; $a --port=0' "
            + "| xargs -d '\\n' ip netns exec $n", "kill $(cat /run/quantumnet-second)"),
    ];

    private static readonly OpenStackFault[] s_ofInstance =
    [
        new("QN2002", DhcpPathStatus.Broken, OpenStackCloud.ComputeNode,
            $"ip link set tap{s_port} down", $"ip link set tap{s_port} up"),
        new("QN4005", DhcpPathStatus.Broken, OpenStackCloud.ComputeNode,
            $"for d in qvo{s_port} tap{s_port}; do ovs-vsctl get Port $d tag > /run/quantumnet-saved 2>/dev/null && "
                + "ovs-vsctl set Port $d tag=77 && break; done",
            $"for d in qvo{s_port} tap{s_port}; do ovs-vsctl get Port $d tag >/dev/null 2>&1 && "
                + "ovs-vsctl set Port $d tag=$(cat /run/quantumnet-saved) && break; done"),
    ];

    private static readonly OpenStackFault[] s_ofConnection =
    [
        new("QN9003", DhcpPathStatus.Degraded, OpenStackCloud.ComputeNode,
            "mount --bind /dev/null /usr/bin/tcpdump", "umount /usr/bin/tcpdump"),
        new("QN9011", DhcpPathStatus.Degraded, OpenStackCloud.ComputeNode,
            "printf '#!/usr/bin/python3\\nimport time\\nprint(\"%%.9f\" %% (time.time() + 3600))\\n' > /run/date && "
                + "chmod +x /run/date && mount --bind /run/date /usr/bin/date", "umount /usr/bin/date"),
    ];

    [SkippableFact]
    public void Tunnels_are_whole_and_their_faults_are_named()
    {
        Skip.If(OpenStackCloud.Port.Length == 0, NoInstance);
        TestOvsTunnelCommand live = new();
        live.SetSwitch(nameof(live.Live), true);
        OvsMeshResult mesh = One<OvsMeshResult>(OpenStackCloud.Run(live, "client"));
        Assert.Equal(DhcpPathStatus.Ok, mesh.Status);
        Assert.Empty(mesh.Findings);
        Assert.Contains(Assert.Single(mesh.Pairs).Pings.Length, (int[])[2, 4]);
        Assert.All(mesh.Pairs.SelectMany(pair => pair.Pings), ping => Assert.True(ping.IsAnswered));
        // Where networks are VLANs tunnels stand idle: no flow uses them, and no network tells how large packets are.
        bool isUsed = Array.Exists(mesh.Pairs, pair => pair.Pings.Length == 4);
        Judge(s_ofTunnels.Where(fault => isUsed || fault.Code != "QN5021"), () => Mesh(new()));
        if (isUsed)
            Judge(s_ofFlows, () => Mesh(new() { PortId = [OpenStackCloud.Port] }));
        Assert.Equal((DhcpPathStatus.Ok, null), Mesh(new()));
    }

    [SkippableFact]
    public void A_server_is_well_and_its_faults_are_named()
    {
        Skip.If(OpenStackCloud.Port.Length == 0, NoInstance);
        Assert.Equal((DhcpPathStatus.Ok, null), Server());
        Judge(s_ofServer, Server);
        Assert.Equal((DhcpPathStatus.Ok, null), Server());
    }

    [SkippableFact]
    public void An_instance_is_reached_and_what_keeps_it_from_that_is_named()
    {
        Skip.If(OpenStackCloud.Port.Length == 0 || OpenStackCloud.Guest.Length == 0, NoInstance);
        OpenStackCloud.InGuest(Listener);
        Assert.Equal((DhcpPathStatus.Ok, null), Reach());
        Assert.Equal((DhcpPathStatus.Broken, "QN3014"), Reach(80));
        OpenStackCloud.InGuest("iptables -A INPUT -p tcp --dport 22 -j DROP");
        (DhcpPathStatus, string?) filtered = Reach();
        OpenStackCloud.InGuest("iptables -D INPUT -p tcp --dport 22 -j DROP");
        Assert.Equal((DhcpPathStatus.Broken, "QN7005"), filtered);
        Judge(s_ofInstance, () => Reach());
        Assert.Equal((DhcpPathStatus.Ok, null), Reach());
    }

    [SkippableFact]
    public void Two_times_differ_by_what_was_changed_between_them()
    {
        Skip.If(OpenStackCloud.Port.Length == 0, NoInstance);
        QuantumSnapshot healthy = Take();
        Assert.Empty(Compare(healthy, Take()));
        List<string> wrong = [];
        foreach ((OpenStackFault fault, string what) in (IEnumerable<(OpenStackFault, string)>)
            [(s_ofInstance[0], "state"), (s_ofInstance[1], "tag"), (s_ofServer[4], "host line"),
                (s_ofServer[0], "host line")])
        {
            OpenStackCloud.OnNode(fault.Node, fault.Put);
            QuantumDifference[] told = Compare(healthy, Take());
            OpenStackCloud.OnNode(fault.Node, fault.Undo);
            log.WriteLine($"{fault.Code}: {told.Length}: {told.FirstOrDefault()}");
            if (told is not [var first, ..] || (first.ComputerName, first.What) != (fault.Node, what))
                wrong.Add($"{fault.Code}: {string.Join("\n   ", told.Take(5).Select(one => one.ToString()))}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SkippableFact]
    public void Every_node_and_the_control_plane_are_ready_and_what_a_node_lacks_is_named()
    {
        Skip.If(OpenStackCloud.Port.Length == 0, NoInstance);
        TestHost host = OpenStackCloud.Run(new TestQuantumConnectionCommand(), "client");
        Assert.Empty(host.Errors);
        Assert.Equal(4, host.Objects.Count);
        Assert.All(host.Objects.Cast<QuantumConnectionResult>(), one => Assert.True(
            one is { Status: DhcpPathStatus.Ok, Findings.Length: 0 }, one.ToString()));
        Judge(s_ofConnection, Connection);
    }

    private void Judge(IEnumerable<OpenStackFault> faults, Func<(DhcpPathStatus, string?)> test)
    {
        List<string> wrong = [];
        foreach (OpenStackFault fault in faults)
        {
            OpenStackCloud.OnNode(fault.Node, fault.Put);
            (DhcpPathStatus, string?) told = test();
            OpenStackCloud.OnNode(fault.Node, fault.Undo);
            if (told != (fault.Status, fault.Code))
                wrong.Add($"{fault.Code} {fault.Status}: {told}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private (DhcpPathStatus, string?) Mesh(TestOvsTunnelCommand cmdlet)
    {
        OvsMeshResult result = One<OvsMeshResult>(OpenStackCloud.Run(cmdlet, "client"));
        log.WriteLine($"{result.Status} {result.Cause}: {result.Summary}");
        return (result.Status, result.Cause);
    }

    private (DhcpPathStatus, string?) Connection()
    {
        QuantumConnectionResult result = One<QuantumConnectionResult>(OpenStackCloud.Run(
            new TestQuantumConnectionCommand { ComputerName = [OpenStackCloud.ComputeNode] }, "none"));
        log.WriteLine($"{result.Status} {result.Cause}: {result.Summary}");
        return (result.Status, result.Cause);
    }

    private (DhcpPathStatus, string?) Server()
    {
        DhcpServerResult result = One<DhcpServerResult>(OpenStackCloud.Run(new TestDhcpServerCommand(), "client"));
        log.WriteLine($"{result.Status} {result.Cause}: {result.Summary}");
        return (result.Status, result.Cause);
    }

    private (DhcpPathStatus, string?) Reach(int tcpPort = 22)
    {
        OpenStackCloud.OnNode(OpenStackCloud.NetworkNode, Inside + "$x ip neigh flush all");
        InstanceReachabilityResult result = One<InstanceReachabilityResult>(OpenStackCloud.Run(
            new TestInstanceReachabilityCommand { PortId = [OpenStackCloud.Port], Count = 1, TcpPort = tcpPort },
            "client"));
        log.WriteLine($"{result.Status} {result.Cause}: {result.Summary}");
        return (result.Status, result.Cause);
    }

    private static T One<T>(TestHost host) => Assert.IsType<T>(Assert.Single(host.Objects));

    private static QuantumDifference[] Compare(QuantumSnapshot before, QuantumSnapshot after) =>
        [.. new TestHost().Run(new CompareQuantumSnapshotCommand { Reference = before, Difference = after })
            .Objects.Cast<QuantumDifference>()];

    private static QuantumSnapshot Take() => LiveSource
        .Open(InventoryFile.Parse(OpenStackCloud.Inventory("client"), "here"))
        .GatherAsync(new(), new Listener(), CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>A fault, as scripts on a node.</summary>
    private sealed record OpenStackFault(string Code, DhcpPathStatus Status, string Node, string Put, string Undo);
}
