using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Lab;

/// <summary>Real OpenStack (Keystone, Neutron and its agents; Zed): snapshots that this tool gathered there,
/// and a live one where there is one: <see cref="OpenStackCloud"/>.</summary>
public sealed class OpenStackPathTests
{
    private static readonly string s_snapshots = Path.Combine(Repository.Root, "tests", "fixtures", "snapshots");

    public static TheoryData<string> Snapshots =>
        new(Directory.EnumerateFiles(s_snapshots, "openstack-*.zip").Select(path => Path.GetFileName(path)!));

    [Theory]
    [MemberData(nameof(Snapshots))]
    public void A_healthy_port_is_ok_without_findings(string file)
    {
        DhcpPathResult result = One(new TestHost().Run(new TestDhcpPathCommand
            { Snapshot = Path.Combine(s_snapshots, file) }));
        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        Assert.Empty(result.Findings);
        Assert.Contains(result.Hops, hop => hop.Component == HopComponent.Tunnel);
    }

    [SkippableTheory]
    [InlineData("client")]
    [InlineData("api")]
    public void A_live_port_is_ok(string source)
    {
        Skip.If(OpenStackCloud.Port.Length == 0, "QUANTUMNET_OPENSTACK_LAB is not set");
        DhcpPathResult result = One(OpenStackCloud.Run(
            new TestDhcpPathCommand { PortId = [OpenStackCloud.Port] }, source));
        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        Assert.Empty(result.Findings);
    }

    // Errors may be told (that cloud has no Nova); the verdict must stand all the same.
    private static DhcpPathResult One(TestHost host) => Assert.IsType<DhcpPathResult>(Assert.Single(host.Objects));
}
