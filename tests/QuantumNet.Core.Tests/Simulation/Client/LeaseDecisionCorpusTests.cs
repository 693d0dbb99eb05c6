using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Paths;
using QuantumNet.Simulation.Client;
using QuantumNet.Snapshots;
using QuantumNet.Topology;

namespace QuantumNet.Core.Tests.Simulation.Client;

/// <summary>What the simulated dnsmasq and clients make of the clouds of tests/corpus, beside what became of the
/// instances' leases in the lab.</summary>
public sealed class LeaseDecisionCorpusTests
{
    /// <summary>Faults of dnsmasq's side.</summary>
    private static readonly string[] s_faults =
        ["QN6005", "QN6007", "QN6008", "QN6009", "QN6010", "QN6011", "QN6012", "QN6025"];

    /// <summary>Cases in which the state shows a lease of the port's address all the same, and why.</summary>
    private static readonly Dictionary<string, string> s_exceptions = new()
    {
        ["grizzly-gre/QN6007-duplicate"] = "each of the two gives the lease; that there are two is the fault",
        ["grizzly-gre/QN6010-unread"] = "the file is right; that the process has not read it stands in its log alone",
        ["two-dhcp-agents/QN6012-authoritative"] =
            "each gives its own lease; what one refuses is a REQUEST to the other, which udhcpc leaves aside",
    };

    public static TheoryData<string> Healthy => Names(one => one.IsHealthy);

    public static TheoryData<string> Faulty => Names(one => s_faults.Contains(one.Fault));

    [Theory]
    [MemberData(nameof(Healthy))]
    public void Dnsmasq_of_a_healthy_cloud_gives_each_port_its_address(string name)
    {
        List<(DhcpLeg Leg, LeaseDecision? Decision)> legs = [.. Decisions(CorpusCase.All[name])];
        Assert.NotEmpty(legs);
        Assert.All(legs, one =>
        {
            Assert.Equal((LeaseOutcome.Leased, one.Leg.Port.IpAddress),
                (one.Decision?.Outcome, one.Decision?.IpAddress));
            Assert.Contains(one.Leg.Port.Mac, one.Decision!.Rule, StringComparison.Ordinal);
            Assert.Matches($"^offers {one.Leg.Port.IpAddress} for [0-9]+ s$", one.Decision.Reason);
        });
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Dnsmasq_with_a_fault_of_its_own_gives_no_such_lease(string name)
    {
        List<(DhcpLeg Leg, LeaseDecision? Decision)> legs = [.. Decisions(CorpusCase.All[name])];
        Assert.NotEmpty(legs);
        Assert.All(legs, one => Assert.True(
            (one.Decision?.GivesPortsAddress(one.Leg.Port) == true) == s_exceptions.ContainsKey(name),
            $"{name}: {one.Decision?.Outcome} {one.Decision?.Reason}"));
        Assert.All(legs, one => Assert.NotEqual(LeaseOutcome.Unknown, one.Decision?.Outcome ?? LeaseOutcome.NoAnswer));
    }

    [Fact]
    public void Every_exception_is_a_case() =>
        Assert.Subset(CorpusCase.All.Keys.ToHashSet(), s_exceptions.Keys.ToHashSet());

    private static IEnumerable<(DhcpLeg, LeaseDecision?)> Decisions(CorpusCase one)
    {
        Cloud cloud = CloudReader.Read(one.Load());
        LegFinder legs = new(new CloudView(cloud));
        return one.Ports.SelectMany(port => legs.Find(PortSelector.Find(cloud.Records, port).Ports[0]))
            .Select(leg => (leg, LeaseDecision.Of(leg)));
    }

    private static TheoryData<string> Names(Func<CorpusCase, bool> fits) =>
        new(CorpusCase.All.Values.Where(fits).Select(one => one.Name).Order(StringComparer.Ordinal));
}
