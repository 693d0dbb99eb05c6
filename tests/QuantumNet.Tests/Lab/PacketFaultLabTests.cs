using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>The faults that only packets show, put into real clouds and found by Trace-DhcpPacket.</summary>
public sealed class PacketFaultLabTests(PacketFaultLabTests.Cloudlet fixture, ITestOutputHelper log)
    : IClassFixture<PacketFaultLabTests.Cloudlet>
{
    [SkippableTheory]
    [InlineData("QN1014", "guest", "K")]
    [InlineData("QN5020", "wire", "D")]
    [InlineData("QN5023", "stale", "K")]
    [InlineData("QN6020", "offload", "K")]
    [InlineData("QN7003", "deaf", "K")]
    public void A_fault_that_takes_the_lease_is_the_cause(string code, string variant, string side)
    {
        LabCloud lab = Need();
        DhcpTraceResult trace = TraceWith(lab, new(code, variant, side, TakesLease: true));

        Assert.True((trace.Status, trace.Cause) == (DhcpPathStatus.Broken, code), Describe(trace));
        Assert.Equal(side == "K" ? lab.Victim.Node : lab.DhcpNodes[0], trace.ComputerName);
    }

    [SkippableFact]
    public void A_server_that_is_none_of_the_networks_is_named()
    {
        LabCloud lab = Need();
        DhcpTraceResult trace = TraceWith(lab, new("QN3005", "rogue", "K", TakesLease: false));

        Finding rogue = Assert.Single(trace.Findings, finding => finding.Code == "QN3005");
        Assert.True(trace.Status == DhcpPathStatus.Degraded, Describe(trace));
        Assert.Contains("fa:16:3e:00:00:05", rogue.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_renewal_that_is_refused_is_told()
    {
        LabCloud lab = Need();
        LabFault fault = new("QN6011", "other", "D", TakesLease: false);
        lab.Enter(lab.Victim.Name, "udhcpc", "-b", "-i", "eth0", "-p", "/run/lab/udhcpc.pid", "-s",
            "/run/lab/lib/udhcpc-script");
        lab.Put(fault);
        try
        {
            DhcpTraceResult trace = lab.Trace(
                () => lab.Enter(lab.Victim.Node, "sh", "-c", "kill -USR1 $(cat /run/lab/udhcpc.pid)"));
            log.WriteLine(trace.Summary);
            Assert.True(trace.Findings.Any(finding => finding.Code == "QN6011")
                && trace.Transactions.Any(one => one.IsOfPort && one.HasNak), Describe(trace));
        }
        finally
        {
            lab.Undo(fault);
            lab.Enter(lab.Victim.Node, "sh", "-c", "kill $(cat /run/lab/udhcpc.pid)");
        }
    }

    [SkippableFact]
    public void A_guest_that_says_nothing_is_not_blamed()
    {
        LabCloud lab = Need();
        DhcpTraceResult trace = lab.Trace(() => { });
        DhcpPathResult weighed = lab.Weigh([trace]);

        Assert.True((trace.Status, trace.Cause) == (DhcpPathStatus.Unknown, null), Describe(trace));
        Assert.Equal(("QN7001", FindingStatus.Unknown),
            trace.Findings.Select(finding => (finding.Code, finding.Status)).Single());
        Assert.Equal(DhcpPathStatus.Ok, weighed.Status);
    }

    [SkippableFact]
    public void A_guest_that_gets_its_lease_and_asks_again_is_told()
    {
        LabCloud lab = Need();
        DhcpTraceResult trace = lab.Trace(() =>
        {
            for (int i = 0; i < 3; i++)
                lab.Lease(lab.Victim);
        });
        Assert.True((trace.Status, trace.Cause) == (DhcpPathStatus.Degraded, "QN7002"), Describe(trace));
    }

    [SkippableFact]
    public void A_virtual_switch_that_drops_foreign_MACs_is_named()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(new("neutron", "flat"));
        DhcpTraceResult trace = TraceWith(lab, new("QN2007", "forged", "-", TakesLease: true));

        Assert.True((trace.Status, trace.Cause, trace.Direction) == (DhcpPathStatus.Broken, "QN2007",
            DhcpDirection.Request), Describe(trace));
        Assert.Equal(lab.DhcpNodes[0], trace.ComputerName);
    }

    [SkippableFact]
    public void What_one_server_gives_and_another_refuses_is_told()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(new("neutron", "vxlan", DhcpAgents: 2));
        DhcpTraceResult trace = TraceWith(lab, new("QN6012", "authoritative", "D", TakesLease: false));

        Assert.Contains(trace.Findings, finding => finding.Code == "QN6012");
        Assert.DoesNotContain(trace.Findings, finding => finding.Code == "QN6011");
    }

    private DhcpTraceResult TraceWith(LabCloud lab, LabFault fault)
    {
        lab.Put(fault);
        try
        {
            DhcpTraceResult trace = lab.Trace(() => lab.Lease(lab.Victim));
            log.WriteLine($"{trace.Status} {trace.Cause} {trace.Summary}");
            return trace;
        }
        finally
        {
            lab.Undo(fault);
        }
    }

    private LabCloud Need()
    {
        Skip.If(fixture.Cloud is null, LabCloud.Missing);
        return fixture.Cloud!;
    }

    private static string Describe(DhcpTraceResult trace) =>
        $"{trace.Status} {trace.Cause} at {trace.ComputerName} {trace.Object}: {trace.Summary}"
        + string.Concat(trace.Findings.Select(finding => $"\n  {finding.Code} {finding.Status} {finding.Severity} "
            + $"{finding.ComputerName} {finding.Object}: {finding.Message}"))
        + string.Concat(trace.Transactions
            .Select(one => $"\n  {one}: {string.Join("; ", one.Hops.Select(hop => hop.ToString()))}"));

    /// <summary>One cloud for most of them.</summary>
    public sealed class Cloudlet : IDisposable
    {
        internal LabCloud? Cloud { get; } = LabCloud.Missing is null ? LabCloud.Up(new("neutron", "vxlan")) : null;

        public void Dispose() => Cloud?.Dispose();
    }
}
