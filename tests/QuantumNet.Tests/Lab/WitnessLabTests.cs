using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Test-DhcpPath with live witnesses, on a VLAN network: what captures and counters of the same cloud add
/// to the state of its nodes.</summary>
public sealed class WitnessLabTests(WitnessLabTests.Cloudlet fixture, ITestOutputHelper log)
    : IClassFixture<WitnessLabTests.Cloudlet>
{
    private readonly LabCloud? _cloud = fixture.Cloud;

    [SkippableFact]
    public void In_a_healthy_cloud_witnesses_agree()
    {
        LabCloud lab = Need();
        DhcpTraceResult trace = Trace(lab);
        DhcpCounterChange[] counters = lab.Measure(() => lab.Lease(lab.Victim));
        DhcpPathResult weighed = lab.Weigh([trace], counters);

        Assert.Equal(DhcpPathStatus.Ok, trace.Status);
        Assert.True(weighed.Status == DhcpPathStatus.Ok && weighed.Findings.Length == 0, Describe(weighed));
    }

    [SkippableTheory]
    [InlineData("QN5018", "trunk", DhcpDirection.Request)]
    [InlineData("QN6020", "offload", null)]
    [InlineData("QN5023", "stale", DhcpDirection.Request)]
    public void What_state_alone_cannot_see_captures_name(string code, string variant, DhcpDirection? direction) =>
        With(code, variant, lab =>
        {
            DhcpTraceResult trace = Trace(lab);
            DhcpPathResult alone = lab.Weigh(), weighed = lab.Weigh([trace]);

            Assert.True(alone.Status == DhcpPathStatus.Ok, Describe(alone));
            Assert.True((weighed.Status, weighed.Cause) == (DhcpPathStatus.Broken, code), Describe(weighed));
            Assert.True(direction is null || weighed.Direction == direction, Describe(weighed));
            Assert.Single(Roots(weighed));
        });

    [SkippableFact]
    public void What_state_alone_cannot_see_counters_show_as_a_disagreement() => With("QN5018", "trunk", lab =>
    {
        DhcpPathResult weighed = lab.Weigh(counters: lab.Measure(() => lab.Lease(lab.Victim)));

        Assert.True((weighed.Status, weighed.Cause, weighed.Direction) == (DhcpPathStatus.Broken, "QN9007",
            DhcpDirection.Request), Describe(weighed));
        Assert.Equal(lab.DhcpNodes[0], weighed.ComputerName);
    });

    [SkippableTheory]
    [InlineData("QN6005", "dead")]
    [InlineData("QN3002", "rule")]
    [InlineData("QN5018", "inbound")]
    [InlineData("QN2001", "tap")]
    public void What_all_see_has_one_cause(string code, string variant) => With(code, variant, lab =>
    {
        DhcpTraceResult trace = Trace(lab);
        DhcpCounterChange[] counters = lab.Measure(() => lab.Lease(lab.Victim));
        DhcpPathResult weighed = lab.Weigh([trace], counters);

        Assert.True((weighed.Status, weighed.Cause) == (DhcpPathStatus.Broken, code), Describe(weighed));
        Assert.True(Roots(weighed).Length == 1 && !weighed.Findings.Any(finding => finding.Code == "QN9007"),
            Describe(weighed));
    });

    private void With(string code, string variant, Action<LabCloud> judge)
    {
        LabCloud lab = Need();
        LabFault fault = new(code, variant, "", TakesLease: true);
        lab.Put(fault);
        try
        {
            judge(lab);
        }
        finally
        {
            lab.Undo(fault);
        }
    }

    private LabCloud Need()
    {
        Skip.If(_cloud is null, LabCloud.Missing);
        return _cloud!;
    }

    private DhcpTraceResult Trace(LabCloud lab)
    {
        DhcpTraceResult trace = lab.Trace(() => lab.Lease(lab.Victim));
        log.WriteLine($"{trace.Status} {trace.Cause} {trace.Summary}");
        return trace;
    }

    private static Finding[] Roots(DhcpPathResult result) =>
        [.. result.Findings.Where(
            finding => finding is { Status: FindingStatus.Fail, Severity: CheckSeverity.Error, CausedBy: null })];

    private static string Describe(DhcpPathResult result) =>
        $"{result.Status} {result.Cause} at {result.ComputerName} {result.Object} {result.Direction}: {result.Summary}"
        + string.Concat(result.Findings.Select(finding => $"\n  {finding.Code} {finding.Status} {finding.Severity} "
            + $"{finding.ComputerName} {finding.Object} {finding.CausedBy}: {finding.Message}"));

    /// <summary>One cloud for all of them.</summary>
    public sealed class Cloudlet : IDisposable
    {
        internal LabCloud? Cloud { get; } = LabCloud.Missing is null ? LabCloud.Up(new("neutron", "vlan")) : null;

        public void Dispose() => Cloud?.Dispose();
    }
}
