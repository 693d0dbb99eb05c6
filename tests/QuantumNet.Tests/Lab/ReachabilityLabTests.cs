using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Test-InstanceReachability through real ssh, with real packets to a real guest: reached it is Ok, each
/// reason not to be is named.</summary>
[Collection("lab")]
public sealed class ReachabilityLabTests(ITestOutputHelper log)
{
    private const string Listener = "setsid python3 -m http.server 22 >/dev/null 2>&1 & "
        + "until ss -ltn | grep -q ':22 '; do sleep 0.1; done";

    // What loses every packet, so ARP's: each where a lab of the kind can have it.
    private static readonly string[] s_dead =
    [
        "QN5001 compute", "QN2001 tap", "QN4001 instance", "QN4005 instance", "QN5018 uplink", "QN2002 tap",
        "QN6002 tag", "QN5006 compute", "QN5009 in_key",
    ];

    // Two are enough where time counts.
    private const int OrdinaryCount = 2;

    /// <summary>Every kind of cloud: a DHCP server asks its instances in each.</summary>
    public static TheoryData<string> Clouds => LabVariants.Of("grizzly gre hybrid");

    [SkippableTheory]
    [MemberData(nameof(Clouds))]
    public void Reached_instance_is_ok_and_each_reason_not_to_be_is_named(string variant)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(LabKind.Parse(variant) with { LetsSshIn = true });
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        Assert.True(lab.Lease(lab.Victim));
        List<string> wrong = [];
        wrong.AddRange(Expect("nothing listens", DhcpPathStatus.Degraded, "QN7006", Test(lab)));
        Guest(lab, Listener);
        wrong.AddRange(Expect("reached", DhcpPathStatus.Ok, null, Test(lab)));
        // Grizzly filters on the Linux bridge only: where there is none, whoever asks is let in.
        bool isFiltered = lab.Kind is not { Flavour: "grizzly", Plug: "direct" };
        wrong.AddRange(isFiltered ? Expect("not in its groups", DhcpPathStatus.Broken, "QN3014", Test(lab, tcpPort: 80))
            : Expect("no filter", DhcpPathStatus.Degraded, "QN7006", Test(lab, tcpPort: 80)));
        Guest(lab, "iptables -A INPUT -p tcp --dport 22 -j DROP");
        wrong.AddRange(Expect("its own firewall", DhcpPathStatus.Broken, "QN7005", Test(lab)));
        Guest(lab, "iptables -F INPUT");
        foreach (LabFault fault in Dead(lab))
            wrong.AddRange(Broken(lab, fault));
        wrong.AddRange(Expect("fixed", DhcpPathStatus.Ok, null, Test(lab)));
        Guest(lab, "ip addr flush dev eth0");
        Forget(lab);
        wrong.AddRange(Expect("no address", DhcpPathStatus.Broken, "QN7004", Test(lab)));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Neutron's default group, as each project has it: nobody outside it is let in, and the DHCP server is
    /// no member.</summary>
    [SkippableFact]
    public void Group_without_ssh_is_named_and_another_member_is_not_the_server()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        Skip.If(!Settings.IsLong, "Neutron's default group is tested with QUANTUMNET_LONG=1");
        using LabCloud lab = LabCloud.Up(new("neutron", "vxlan"));
        Assert.True(lab.Lease(lab.Victim));
        InstanceReachabilityResult result = Test(lab);
        Assert.Empty(Expect("default group", DhcpPathStatus.Broken, "QN3014", result));
        Assert.Contains("no rule of its security groups allows it", result.Summary, StringComparison.Ordinal);
        Assert.Equal(lab.Victim.Node, result.ComputerName);
    }

    /// <summary>The same from a router's namespace: what is reached, what no rule lets in, and ARP that dies on the way
    /// or at the guest.</summary>
    [SkippableTheory]
    [InlineData("grizzly", "gre", "hybrid")]
    [InlineData("neutron", "vxlan", "hybrid")]
    [InlineData("neutron", "vxlan", "direct")]
    [InlineData("neutron", "vlan", "hybrid")]
    public void Router_reaches_and_each_reason_not_to_is_named(string flavour, string network, string plug)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        Skip.If(!Settings.IsLong && (flavour, plug) != ("neutron", "hybrid"), "QUANTUMNET_LONG=1 tests the others");
        using LabCloud lab = LabCloud.Up(new(flavour, network, plug) { LetsSshIn = true, HasRouter = true });
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        Assert.True(lab.Lease(lab.Victim));
        List<string> wrong = [];
        Guest(lab, Listener);
        InstanceReachabilityResult reached = Test(lab, from: ReachabilityOrigin.Router);
        Assert.Equal(("netnode", $"qrouter-{lab.Plan["router"]!["id"]}"), (reached.FromNode, reached.FromNamespace));
        wrong.AddRange(Expect("reached", DhcpPathStatus.Ok, null, reached));
        wrong.AddRange(Expect("not in its groups", DhcpPathStatus.Broken, "QN3014",
            Test(lab, tcpPort: 80, ReachabilityOrigin.Router)));
        foreach (LabFault fault in Dead(lab).Where(fault => !fault.Code.StartsWith("QN6", StringComparison.Ordinal)))
            wrong.AddRange(Broken(lab, fault, ReachabilityOrigin.Router));
        wrong.AddRange(DeadServerIsNoneOfTheRouter(lab));
        wrong.AddRange(Expect("fixed", DhcpPathStatus.Ok, null, Test(lab, from: ReachabilityOrigin.Router)));
        Guest(lab, "ip addr flush dev eth0");
        Forget(lab);
        wrong.AddRange(Expect("no address", DhcpPathStatus.Broken, "QN7004",
            Test(lab, from: ReachabilityOrigin.Router)));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.All(lab.Test(), path => Assert.Equal(DhcpPathStatus.Ok, path.Status));
    }

    private IEnumerable<string> DeadServerIsNoneOfTheRouter(LabCloud lab)
    {
        LabFault fault = lab.Faults().First(one => one.ToString() == "QN6002 tag");
        lab.Put(fault);
        Forget(lab);
        InstanceReachabilityResult result = Test(lab, from: ReachabilityOrigin.Router);
        lab.Undo(fault);
        return Expect("the server's tag", DhcpPathStatus.Ok, null, result);
    }

    private static IEnumerable<LabFault> Dead(LabCloud lab)
    {
        LabFault[] possible = [.. lab.Faults().Where(fault => s_dead.Contains(fault.ToString()))
            .OrderBy(fault => Array.IndexOf(s_dead, fault.ToString()))];
        return Settings.IsLong || Settings.NamesFaults ? lab.Draw(possible, possible.Length)
            : possible.Take(OrdinaryCount);
    }

    private IEnumerable<string> Broken(
        LabCloud lab, LabFault fault, ReachabilityOrigin from = ReachabilityOrigin.Dhcp)
    {
        lab.Put(fault);
        Forget(lab);
        InstanceReachabilityResult result = Test(lab, from: from);
        lab.Undo(fault);
        return Expect(fault.ToString(), DhcpPathStatus.Broken, fault.Code, result);
    }

    /// <summary>The DHCP servers' nodes ask for the instance's MAC again.</summary>
    private static void Forget(LabCloud lab)
    {
        foreach (string node in lab.DhcpNodes)
            lab.Enter(node, "sh", "-c",
                "for space in $(ip netns | cut -d' ' -f1); do ip -n \"$space\" neigh flush all; done");
    }

    private static void Guest(LabCloud lab, string script) => lab.Enter(lab.Victim.Name, "sh", "-c", script);

    private static InstanceReachabilityResult Test(
        LabCloud lab, int tcpPort = 22, ReachabilityOrigin from = ReachabilityOrigin.Dhcp)
    {
        TestHost host = lab.Run(new TestInstanceReachabilityCommand { PortId = [lab.Victim.PortId], Count = 1,
            TcpPort = tcpPort, From = from });
        Assert.Empty(host.Errors);
        return Assert.IsType<InstanceReachabilityResult>(Assert.Single(host.Objects));
    }

    private IEnumerable<string> Expect(
        string what, DhcpPathStatus status, string? cause, InstanceReachabilityResult result)
    {
        string told = $"{what}: {result.Status} {result.Cause} at {result.ComputerName} {result.Object} in "
            + $"{result.DurationSeconds} s: {result.Summary}";
        log.WriteLine(told);
        return (result.Status, result.Cause) == (status, cause) && (status != DhcpPathStatus.Ok
            || result.Findings.Length == 0) ? [] : [told];
    }
}
