using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Diagnosis;
using QuantumNet.Faults;
using QuantumNet.Paths;
using QuantumNet.Snapshots;
using QuantumNet.Topology;

namespace QuantumNet.Core.Tests.Faults;

/// <summary>Checks are asked once for what they judge, and by several threads at once.</summary>
public sealed class ScopeTests
{
    [Fact]
    public void A_check_of_a_node_or_server_is_asked_once_for_all_ports()
    {
        CorpusCase one = CorpusCase.All["neutron-vxlan"];
        Cloud cloud = CloudReader.Read(one.Load());
        LegFinder finder = new(new CloudView(cloud));
        DhcpLeg[] legs =
            [.. one.Ports.SelectMany(port => finder.Find(PortSelector.Find(cloud.Records, port).Ports[0]))];
        ICheck[] checks = [.. CheckList.All.Where(check => check.Scope == FaultScope.Node)];
        Assert.True(legs.Length > 1 && checks.Length > 1);
        Assert.All(checks, check =>
        {
            Finding[] said = [.. legs.SelectMany(check.Run).Where(finding => finding.Status == FindingStatus.Pass)];
            Assert.Equal(said.Distinct().Count(), said.Distinct(ReferenceEqualityComparer.Instance).Count());
            Assert.True(said.Distinct().Count() < said.Length, check.GetType().Name);
        });
    }

    [Theory]
    [InlineData("neutron-vxlan")]
    [InlineData("grizzly-gre")]
    [InlineData("two-dhcp-agents")]
    public void Ports_judged_at_once_have_the_verdicts_they_have_one_by_one(string name)
    {
        Cloud cloud = CloudReader.Read(CorpusCase.All[name].Load());
        QuantumPort[] ports = [.. Enumerable.Repeat(cloud.Records.Ports, 8).SelectMany(port => port)];
        string[] oneByOne = [.. ports.Select(new DhcpPathTester(cloud).Test).Select(Told)];
        DhcpPathTester tester = new(cloud);
        Assert.Equal(oneByOne,
            ports.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(tester.Test).Select(Told));
    }

    private static string Told(DhcpPathResult result) => string.Join('\n',
        result.Findings.Select(finding => $"{finding.Status} {finding.Code} {finding.Object} {finding.Message}")
            .Prepend($"{result.PortId} {result.Status} {result.Cause} {result.Summary}"));
}
