using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Trace-DhcpPacket while a fault takes the lease: what is captured and what the nodes hold come to one cause,
/// the fault's own, and both lose the packet at one place. Two faults by chance in one cloud; all of them in every
/// cloud with QUANTUMNET_LONG=1. QUANTUMNET_FAULTS names codes.</summary>
[Collection("lab")]
public sealed class TraceFaultLabTests(ITestOutputHelper log)
{
    private const int FaultsPerCloud = 2;

    /// <summary>What the nodes' state cannot lose at the place that captures show: what only packets tell (a guest that
    /// asks as another, the wire, a stale datapath, checksums, a deaf guest), a network without any server, and a key
    /// that the sender gets wrong, which the receiver drops.</summary>
    private static readonly string[] s_placedElsewhere =
    [
        "QN1002 unscheduled", "QN1014 guest", "QN5008 key", "QN5009 out_key", "QN5018 trunk", "QN5020 wire",
        "QN5023 stale", "QN6020 offload", "QN7003 deaf",
    ];

    [SkippableFact]
    public void A_fault_that_takes_the_lease_is_named() => Judge(new("neutron", "vxlan"), "client");

    [SkippableTheory]
    [InlineData("grizzly", "gre", "hybrid", "client")]
    [InlineData("grizzly", "gre", "hybrid", "none")]
    [InlineData("neutron", "vxlan", "direct", "client")]
    [InlineData("neutron", "vlan", "hybrid", "client")]
    public void So_it_is_in_every_kind_of_cloud(string flavour, string network, string plug, string controlPlane)
    {
        Skip.IfNot(Settings.IsLong, "QUANTUMNET_LONG is not 1");
        Judge(new(flavour, network, plug), controlPlane);
    }

    private void Judge(LabKind kind, string controlPlane)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(kind);
        log.WriteLine($"{kind}, {controlPlane}, lab seed {lab.Plan["seed"]}, choice seed {Settings.Seed}");
        List<string> wrong = [];
        IEnumerable<LabFault> faults = lab.Faults()
            .Where(fault => fault.TakesLease && !fault.IsOfPacket && !(controlPlane == "none" && fault.NeedsRecords));
        foreach (LabFault fault in lab.Draw(faults, FaultsPerCloud))
        {
            lab.Put(fault);
            DhcpPathResult state = Assert.Single(lab.Test(controlPlane, lab.Victim.PortId));
            DhcpTraceResult result = lab.Trace(() => lab.Lease(lab.Victim), controlPlane);
            lab.Undo(fault);
            string told = $"{fault}: {result.Status} {result.Cause} {result.Direction} {result.LastSeen} > "
                + $"{result.FirstMissing}: {result.Summary}";
            log.WriteLine(told);
            if (result.Status != DhcpPathStatus.Broken || result.Cause != fault.Code)
                wrong.Add(told);
            if (Array.IndexOf(s_placedElsewhere, fault.ToString()) < 0
                && LossPlace.Differs(state, result) is { } difference)
                wrong.Add($"{fault}: {difference}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
