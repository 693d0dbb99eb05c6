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

    [SkippableFact]
    public void Reached_instance_is_ok_and_each_reason_not_to_be_is_named()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(new("grizzly", "gre", "hybrid", 1));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        Assert.True(lab.Lease(lab.Victim));
        List<string> wrong = [];
        wrong.AddRange(Expect("nothing listens", DhcpPathStatus.Degraded, "QN7006", Test(lab)));
        Guest(lab, Listener);
        wrong.AddRange(Expect("reached", DhcpPathStatus.Ok, null, Test(lab)));
        wrong.AddRange(Expect("not in its groups", DhcpPathStatus.Broken, "QN3014", Test(lab, tcpPort: 80)));
        Guest(lab, "iptables -A INPUT -p tcp --dport 22 -j DROP");
        wrong.AddRange(Expect("its own firewall", DhcpPathStatus.Broken, "QN7005", Test(lab)));
        Guest(lab, "iptables -F INPUT");
        wrong.AddRange(Broken(lab, new("QN5001", "compute", "K", TakesLease: true), "QN9009"));
        wrong.AddRange(Broken(lab, new("QN2001", "tap", "K", TakesLease: true), "QN9009"));
        wrong.AddRange(Expect("mended", DhcpPathStatus.Ok, null, Test(lab)));
        Guest(lab, "ip addr flush dev eth0");
        Forget(lab);
        wrong.AddRange(Expect("no address", DhcpPathStatus.Broken, "QN7004", Test(lab)));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private IEnumerable<string> Broken(LabCloud lab, LabFault fault, string code)
    {
        lab.Put(fault);
        Forget(lab);
        InstanceReachabilityResult result = Test(lab);
        lab.Undo(fault);
        return Expect(fault.ToString(), DhcpPathStatus.Broken, code, result);
    }

    /// <summary>The DHCP server's node asks for the instance's MAC anew.</summary>
    private static void Forget(LabCloud lab) => lab.Enter(lab.DhcpNodes[0], "sh", "-c",
        "for space in $(ip netns | cut -d' ' -f1); do ip -n \"$space\" neigh flush all; done");

    private static void Guest(LabCloud lab, string script) => lab.Enter(lab.Victim.Name, "sh", "-c", script);

    private static InstanceReachabilityResult Test(LabCloud lab, int tcpPort = 22)
    {
        TestHost host = lab.Run(new TestInstanceReachabilityCommand { PortId = [lab.Victim.PortId], Count = 2,
            TcpPort = tcpPort });
        Assert.Empty(host.Errors);
        return Assert.IsType<InstanceReachabilityResult>(Assert.Single(host.Objects));
    }

    private IEnumerable<string> Expect(
        string what, DhcpPathStatus status, string? cause, InstanceReachabilityResult result)
    {
        string told = $"{what}: {result.Status} {result.Cause}: {result.Summary}";
        log.WriteLine(told);
        return (result.Status, result.Cause) == (status, cause) ? [] : [told];
    }
}
