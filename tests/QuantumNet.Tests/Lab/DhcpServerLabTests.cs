using System.Diagnostics;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Test-DhcpServer on real servers through real ssh: a healthy one is Ok and nothing is found, each fault
/// of the server is named, and it is Ok again without it.</summary>
[Collection("lab")]
public sealed class DhcpServerLabTests(ITestOutputHelper log)
{
    private const string Files = "/var/lib/*/dhcp/*/";

    // Each on the server's own side: without the control plane's records, but for those that only records tell.
    private static readonly string[] s_ordinary =
    [
        "QN6007 duplicate", "QN6025 release", "QN6002 tag", "QN6008 line", "QN6009 address", "QN6004 missing",
    ];

    private static readonly string[] s_long =
    [
        .. s_ordinary, "QN6001 namespace", "QN6002 unplugged", "QN6002 down", "QN6003 stale", "QN6004 wrong",
        "QN6005 dead", "QN6010 unread", "QN6011 lease", "QN6022 input",
    ];

    private static readonly TimeSpan s_settling = TimeSpan.FromMinutes(10);

    /// <summary>Every kind of cloud: each has its servers.</summary>
    public static TheoryData<string> Clouds => LabVariants.Of("neutron vxlan hybrid");

    [SkippableTheory]
    [MemberData(nameof(Clouds))]
    public void Faults_of_a_server_are_named_and_a_healthy_one_is_silent(string variant)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(LabKind.Parse(variant));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        List<string> wrong = [.. Expect(lab, "healthy", DhcpPathStatus.Ok, null, Test(lab, "client")),
            .. Expect(lab, "healthy, no records", DhcpPathStatus.Ok, null, Test(lab))];
        wrong.AddRange(WrongTag(lab));
        wrong.AddRange(StaleLine(lab));
        wrong.AddRange(Stranger(lab));
        string[] names = Settings.IsLong ? s_long : s_ordinary;
        foreach (LabFault fault in lab.Faults().Where(one => names.Contains(one.ToString())))
            wrong.AddRange(Put(lab, fault));
        wrong.AddRange(Expect(lab, "fixed", DhcpPathStatus.Ok, null, Settled(lab)));
        wrong.AddRange(Respawning(lab));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // On the first of several servers' nodes; the others' are well all the while.
    private IEnumerable<string> Put(LabCloud lab, LabFault fault)
    {
        ForgetThePast(lab);
        lab.Put(fault, lab.DhcpNodes[0]);
        if (fault.NeedsRefusal)
            lab.Lease(lab.Victim);
        DhcpServerResult result = Test(lab, fault.NeedsRecords ? "client" : "none");
        lab.Undo(fault);
        // By another address than its port's it answers: whether a filter far from it drops that, its path tells.
        bool isBroken = fault.TakesLease && fault.ToString() != "QN6004 wrong";
        return Expect(lab, fault.ToString(),
            isBroken ? DhcpPathStatus.Broken : DhcpPathStatus.Degraded, fault.Code, result);
    }

    // Only packets show that another server answers: dnsmasq does not log what clients ask of others.
    private IEnumerable<string> Stranger(LabCloud lab)
    {
        LabFault rogue = new("QN3005", "rogue", "K", TakesLease: false);
        if (!Settings.IsLong || lab.Faults().All(fault => fault.ToString() != rogue.ToString()))
            return [];
        lab.Put(rogue);
        DhcpPacket[] packets = Capture(lab);
        DhcpServerResult result = Test(lab, "client", new() { Packet = packets });
        lab.Undo(rogue);
        return Expect(lab, $"a stranger, of {packets.Length} packets", DhcpPathStatus.Degraded, "QN3005", result);
    }

    private static DhcpPacket[] Capture(LabCloud lab)
    {
        const string Written = "/run/lab/state/stranger.pcap";
        // Before the port's chains: they let no offer of another address in.
        string device = (lab.Kind.Plug == "hybrid" ? "qvo" : "tap") + lab.Victim.PortId[..11];
        lab.Enter(lab.Victim.Node, "sh", "-c", $"tcpdump -U -i {device} -w {Written} udp port 67 "
            + ">/dev/null 2>&1 & echo $! > /run/lab/tcpdump; until [ -s " + Written + " ]; do sleep 0.1; done");
        lab.Lease(lab.Victim);
        lab.Enter(lab.Victim.Node, "sh", "-c", "sleep 1; kill $(cat /run/lab/tcpdump)");
        TestHost host = new TestHost().Run(new GetDhcpPacketCommand
            { Path = [Path.Combine(lab.Folder, Path.GetFileName(Written))] });
        Assert.Empty(host.Errors);
        return [.. host.Objects.Cast<DhcpPacket>()];
    }

    // A fault's end often starts dnsmasq again, which no agent does so often: what those before it logged goes.
    private static void ForgetThePast(LabCloud lab) => lab.Enter(lab.DhcpNodes[0], "sh", "-c",
        $"grep -F \"[$(cat $(ls {Files}pid))]\" /var/log/syslog > /run/lab/syslog; "
            + "cat /run/lab/syslog > /var/log/syslog");

    // Several of the faults start dnsmasq again: for a while its log shows one process after another.
    private DhcpServerResult Settled(LabCloud lab)
    {
        long start = Stopwatch.GetTimestamp();
        DhcpServerResult result = Test(lab);
        while (result.Cause == "QN6006" && Stopwatch.GetElapsedTime(start) < s_settling)
            result = Test(lab);
        return result;
    }

    private IEnumerable<string> Respawning(LabCloud lab)
    {
        LabFault respawn = new("QN6006", "respawn", "D", TakesLease: false);
        lab.Put(respawn, lab.DhcpNodes[0]);
        DhcpServerResult result = Test(lab, cmdlet: new() { SampleSeconds = 5 });
        lab.Undo(respawn);
        return result.Cause == "QN6006" && result.IsStable != true ? []
            : [$"{lab.Kind}, respawning: {Describe(result)}"];
    }

    private IEnumerable<string> WrongTag(LabCloud lab)
    {
        string server = lab.DhcpNodes[0];
        lab.Enter(server, "sh", "-c", $"sed -i 's/^tag:/tag:old-/' {Files}opts");
        DhcpServerResult result = Test(lab);
        lab.Enter(server, "sh", "-c", $"sed -i 's/^tag:old-/tag:/' {Files}opts");
        return Expect(lab, "wrong tag", DhcpPathStatus.Degraded, "QN6015", result);
    }

    private IEnumerable<string> StaleLine(LabCloud lab)
    {
        string server = lab.DhcpNodes[0];
        lab.Enter(server, "sh", "-c", $"echo fa:16:3e:00:00:99,gone.local,10.254.254.9 >> $(ls {Files}host)");
        DhcpServerResult result = Test(lab, "client");
        lab.Enter(server, "sh", "-c", $"sed -i '/gone.local/d' {Files}host");
        return Expect(lab, "stale line", DhcpPathStatus.Degraded, "QN6027", result);
    }

    private static IEnumerable<string> Expect(
        LabCloud lab, string what, DhcpPathStatus status, string? cause, DhcpServerResult result)
    {
        bool isSilent = cause is not null || result.Findings.Length == 0;
        return (result.Status, result.Cause) == (status, cause) && isSilent ? []
            : [$"{lab.Kind}, {what}, not {status} {cause}: {Describe(result)}"];
    }

    private DhcpServerResult Test(LabCloud lab, string controlPlane = "none", TestDhcpServerCommand? cmdlet = null)
    {
        cmdlet ??= new();
        cmdlet.NetworkId = [(string)lab.Plan["network"]!["id"]!];
        cmdlet.Inventory = lab.InventoryWith(controlPlane);
        TestHost host = new TestHost().Run(cmdlet);
        Assert.Empty(host.Errors);
        DhcpServerResult result = Assert.Single(host.Objects.Cast<DhcpServerResult>(),
            one => one.ComputerName == lab.DhcpNodes[0]);
        log.WriteLine($"{result.Status} {result.Cause} in {result.DurationSeconds} s: {result.Summary}");
        return result;
    }

    private static string Describe(DhcpServerResult result) => $"{result.Status} {result.Cause}: {result.Summary}"
        + string.Concat(result.Findings.Select(finding => $"\n      {finding}"));
}
