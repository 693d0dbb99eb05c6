using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Lab;

/// <summary>Every sample is judged as its name says: <c>healthy-...</c>, <c>broken-CODE-...</c>
/// or <c>degraded-CODE-...</c>; a <c>fleet-...</c> has several causes, and a <c>traced-CODE-...</c> is broken and holds
/// the captures of a trace.</summary>
public sealed class SampleTests
{
    private static readonly string s_samples = Path.Combine(Repository.Root, "samples");

    public static TheoryData<string> Names => new(Folders());

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdict_is_what_the_name_says(string name)
    {
        DhcpPathResult[] results = Test(name);
        Assert.NotEmpty(results);
        Assert.All(results.Where(result => result.Status == DhcpPathStatus.Ok),
            result => Assert.Empty(result.Findings));
        string[] words = name.Split('-');
        if (words[0] == "healthy")
        {
            Assert.Equal([DhcpPathStatus.Ok, DhcpPathStatus.Ok, DhcpPathStatus.Ok],
                results.Select(result => result.Status));
            return;
        }
        if (words[0] == "fleet")
        {
            Assert.Equal(3, results.Select(result => result.Cause).OfType<string>().Distinct().Count());
            return;
        }
        DhcpPathResult verdict = Assert.Single(results, result => result.Status != DhcpPathStatus.Ok);
        DhcpPathStatus status = words[0] == "traced" ? DhcpPathStatus.Broken
            : Enum.Parse<DhcpPathStatus>(words[0], ignoreCase: true);
        Assert.Equal((status, words[1]), (verdict.Status, verdict.Cause));
        Assert.Contains(verdict.Findings, finding => finding.Code == words[1] && finding.CausedBy is null);
        Assert.DoesNotContain(verdict.Findings, finding => finding.Status == FindingStatus.Unknown);
    }

    [Fact]
    public void Saved_trace_is_judged_as_its_name_says()
    {
        TestHost host = new TestHost().Run(new TraceDhcpPacketCommand { PortId = ["a6f5a96d"],
            Snapshot = Path.Combine(s_samples, "traced-QN5006-no-inbound-flow") });

        DhcpTraceResult result = Assert.IsType<DhcpTraceResult>(host.Objects[^1]);
        Assert.Equal((DhcpPathStatus.Broken, "QN5006", DhcpDirection.Request),
            (result.Status, result.Cause, result.Direction));
        Assert.Equal(("netnode/eth0", "netnode/tap4558968d-21"), (result.LastSeen, result.FirstMissing));
        Assert.Equal(result.PacketCount, host.Objects.OfType<DhcpPacketObservation>().Count());
        Assert.Equal(7, result.Points.Count(point => point.IsCaptured));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_is_understood(string name)
    {
        Cloud cloud = CloudReader.Read(SnapshotReader.Load(Path.Combine(s_samples, name)));
        Assert.Empty(cloud.Issues);
        Assert.Empty(cloud.Failures);
    }

    [Fact]
    public void There_are_healthy_and_broken_samples_and_the_readme_names_each()
    {
        string[] names = [.. Folders()];
        string readme = File.ReadAllText(Path.Combine(s_samples, "README.md"));
        Assert.Contains("healthy-grizzly-gre", names);
        Assert.Contains("healthy-neutron-vxlan", names);
        Assert.True(names.Where(name => name.StartsWith("broken-", StringComparison.Ordinal))
            .Select(name => name.Split('-')[1]).Distinct().Count() >= 6);
        Assert.All(names, name => Assert.Contains(name, readme, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Folders() =>
        QuantumNet.Access.SampleFolder.In(s_samples).Select(sample => sample.Name)
            .Order(StringComparer.Ordinal);

    private static DhcpPathResult[] Test(string name)
    {
        TestHost host = new TestHost().Run(new TestDhcpPathCommand { Snapshot = Path.Combine(s_samples, name) });
        Assert.Empty(host.Errors);
        return [.. host.Objects.Cast<DhcpPathResult>()];
    }
}
