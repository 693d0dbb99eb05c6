using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Real clouds through real ssh: a healthy one gives Ok and no finding, each fault its own code at its own
/// place, and Ok again without it. A random handful of faults per cloud; all of them with QUANTUMNET_LONG=1.
/// QUANTUMNET_SEED repeats a run's choice, QUANTUMNET_FAULTS names codes.</summary>
[Collection("lab")]
public sealed class LabFaultTests(ITestOutputHelper log)
{
    private const int FaultsPerCloud = 3;

    [SkippableTheory]
    [InlineData("grizzly", "gre", "hybrid")]
    [InlineData("grizzly", "vlan", "hybrid")]
    [InlineData("neutron", "vxlan", "hybrid")]
    [InlineData("neutron", "gre", "hybrid")]
    [InlineData("neutron", "vlan", "hybrid")]
    [InlineData("neutron", "vxlan", "direct")]
    public void Verdicts_are_true(string flavour, string network, string plug)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(new(flavour, network, plug));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}, choice seed {Settings.Seed}");
        List<string> wrong = [.. Healthy(lab, "client"), .. Healthy(lab, "none")];
        foreach (LabFault fault in lab.Draw(lab.Faults().Where(ExpectedVerdict.IsJudged), FaultsPerCloud))
            wrong.AddRange(Judge(lab, fault));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SkippableFact]
    public void With_two_agents_one_that_answers_is_enough()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(new("neutron", "vxlan", DhcpAgents: 2));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        List<string> wrong = [.. Healthy(lab, "client"), .. Healthy(lab, "none")];
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        LabFault dead = lab.Faults().First(fault => fault.Code == "QN6005");
        lab.Put(dead, lab.DhcpNodes[0]);
        DhcpPathResult result = Assert.Single(lab.Test("client", lab.Victim.PortId));
        Assert.Equal((DhcpPathStatus.Degraded, "QN6005", lab.DhcpNodes[0]),
            (result.Status, result.Cause, result.ComputerName));
        Assert.True(lab.Lease(lab.Victim));
    }

    private IEnumerable<string> Healthy(LabCloud lab, string controlPlane)
    {
        DhcpPathResult[] results = lab.Test(controlPlane);
        if (results.Length != lab.Instances.Count)
            yield return $"{lab.Kind}, {controlPlane}: {results.Length} verdicts on {lab.Instances.Count} instances";
        foreach (DhcpPathResult result in results)
        {
            log.WriteLine($"{controlPlane,-7} {result.Status} {result.Summary}");
            if (result.Status != DhcpPathStatus.Ok || result.Findings.Length > 0)
                yield return $"{lab.Kind}, {controlPlane}, healthy: {Describe(result)}";
        }
    }

    private IEnumerable<string> Judge(LabCloud lab, LabFault fault)
    {
        ExpectedVerdict expected = ExpectedVerdict.Of(lab, fault);
        lab.Put(fault);
        foreach (string controlPlane in fault.NeedsRecords ? ["client"] : (string[])["client", "none"])
        {
            DhcpPathResult broken = Assert.Single(lab.Test(controlPlane, lab.Victim.PortId));
            log.WriteLine($"{fault,-18} {controlPlane,-7} {broken.Status} {broken.Cause} {broken.ComputerName} "
                + $"{broken.Object}: {broken.Summary}");
            // Without records the name of the object may not be known, such as of a DHCP port that is gone.
            if ((controlPlane == "none" ? expected with { Object = "" } : expected).Differs(broken) is { } difference)
                yield return $"{lab.Kind}, {controlPlane}, {fault}: {difference}\n    {Describe(broken)}";
            if (CorpusAnswers.Of(lab.Kind, fault, controlPlane != "none") is { } written
                && written != (broken.Status, broken.Cause))
                yield return $"{lab.Kind}, {controlPlane}, {fault}: the corpus has {written}\n    {Describe(broken)}";
        }
        lab.Undo(fault);
        DhcpPathResult undone = Assert.Single(lab.Test(fault.NeedsRecords ? "client" : "none", lab.Victim.PortId));
        if (undone.Status != DhcpPathStatus.Ok || undone.Findings.Length > 0)
            yield return $"{lab.Kind}, {fault} undone: {Describe(undone)}";
    }

    private static string Describe(DhcpPathResult result) =>
        $"{result.Status} {result.Cause} at {result.ComputerName} {result.Object}: {result.Summary}"
        + string.Concat(result.Findings.Select(finding => $"\n      {finding.Code} {finding.Status} {finding.Severity} "
            + $"{finding.ComputerName} {finding.Object}: {finding.Message}"
            + (finding.CausedBy is null ? "" : $" (caused by {finding.CausedBy})")));
}
