using QuantumNet.Tests.Lab;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Capture;

/// <summary>Every kind of cloud that the lab can be: a lease followed over all its hops,
/// and packets lost at each of them, in both directions. One kind for each encapsulation, and one loss in it,
/// unless QUANTUMNET_LONG=1 asks for all.</summary>
public sealed class VariantTraceTests(ITestOutputHelper output)
{
    private static readonly DhcpMessageType[] s_exchange =
        [DhcpMessageType.Discover, DhcpMessageType.Offer, DhcpMessageType.Request, DhcpMessageType.Ack];

    public static TheoryData<string, string, string> Variants()
    {
        var variants = new TheoryData<string, string, string>
        {
            { "neutron", "vxlan", "hybrid" }, { "neutron", "vlan", "direct" }, { "grizzly", "flat", "hybrid" },
        };
        if (!Settings.IsLong)
            return variants;
        variants.Add("grizzly", "gre", "hybrid");
        variants.Add("grizzly", "gre", "direct");
        variants.Add("grizzly", "vlan", "hybrid");
        variants.Add("neutron", "gre", "hybrid");
        variants.Add("neutron", "gre", "direct");
        variants.Add("neutron", "vxlan", "direct");
        variants.Add("neutron", "vlan", "hybrid");
        variants.Add("neutron", "flat", "hybrid");
        variants.Add("neutron", "flat", "direct");
        return variants;
    }

    [SkippableTheory]
    [MemberData(nameof(Variants))]
    public async Task A_lease_is_followed_and_every_loss_is_found_where_it_is(
        string flavour, string network, string plug)
    {
        Skip.If(TraceLab.MissingReason() is { Length: > 0 }, TraceLab.MissingReason());
        using var lab = new TraceLab("--flavour", flavour, "--network", network, "--plug", plug);
        lab.Need();
        var hops = new LabHops(lab, network, plug);
        await LeaseIsFollowedAsync(lab, hops);

        LabLoss[] losses = hops.Losses();
        if (!Settings.IsLong)
            losses = [losses[new Random(Settings.Seed).Next(losses.Length)]];
        List<string> wrong = [];
        foreach (LabLoss loss in losses)
            await LossIsFoundAsync(lab, loss, wrong);
        Assert.Empty(wrong);
    }

    private static async Task LeaseIsFollowedAsync(TraceLab lab, LabHops hops)
    {
        (DhcpTraceResult result, List<DhcpPacketObservation> seen) =
            await lab.TraceAsync(() => lab.RunAsync("lease", lab.Name));
        Assert.Equal((DhcpPathStatus.Ok, null), (result.Status, result.Cause));
        Assert.Equal(hops.All, result.Points.Where(point => point.IsCaptured).Select(point => point.Hop));
        DhcpTraceTransaction lease = Assert.Single(result.Transactions, one => one.IsOfPort);
        Assert.All(hops.All,
            hop => Assert.Equal(s_exchange, lease.Hops.Where(one => one.Hop == hop).Select(one => one.Type)));
        Assert.All(result.Points.Where(point => !point.IsCaptured),
            point => Assert.Contains("Open vSwitch", point.Reason));
        DhcpPacketObservation[] wire =
            [.. seen.Where(one => one is { Component: HopComponent.Underlay, IsOfPort: true })];
        Assert.NotEmpty(wire);
        Assert.All(wire, one => Assert.Equal(hops.OnTheWire, (one.Encapsulation, one.TunnelKey,
            one.Encapsulation.Length > 0 ? null : one.Vlans.Select(vlan => (int?)vlan).FirstOrDefault())));
    }

    private async Task LossIsFoundAsync(TraceLab lab, LabLoss loss, List<string> wrong)
    {
        lab.Run(loss.Put[0], loss.Put[1..]);
        (DhcpTraceResult result, _) = await lab.TraceAsync(() => lab.RunAsync("lease", lab.Name));
        lab.Run(loss.Undo[0], loss.Undo[1..]);
        string wanted = $"{DhcpPathStatus.Broken} {loss.Direction}: {loss.LastSeen} > {loss.FirstMissing}";
        output.WriteLine($"{Told(result)} {result.Cause}");
        if (Told(result) != wanted)
            wrong.Add($"{wanted}, not {Told(result)}: {result.Summary}");
    }

    private static string Told(DhcpTraceResult result) =>
        $"{result.Status} {result.Direction}: {result.LastSeen} > {result.FirstMissing}";
}
