using System.Text.Json;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Lab;

/// <summary>Real OpenStack (Keystone, Neutron and its agents; Zed): snapshots that this tool gathered there,
/// and a live one where there is one. QUANTUMNET_OPENSTACK_LAB names an instance's port in it, QUANTUMNET_OPENSTACK_SSH
/// an ssh_config that knows controller, compute1 and netnode, QUANTUMNET_OPENSTACK_RC the controller's file that sets
/// <c>OS_*</c>; for the API they must be set here too.</summary>
public sealed class OpenStackPathTests
{
    private static readonly string s_snapshots = Path.Combine(Repository.Root, "tests", "fixtures", "snapshots");

    public static TheoryData<string> Snapshots =>
        new(Directory.EnumerateFiles(s_snapshots, "openstack-*.zip").Select(path => Path.GetFileName(path)!));

    [Theory]
    [MemberData(nameof(Snapshots))]
    public void A_healthy_port_is_ok_without_findings(string file)
    {
        DhcpPathResult result = Test(new() { Snapshot = Path.Combine(s_snapshots, file) });
        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        Assert.Empty(result.Findings);
        Assert.Contains(result.Hops, hop => hop.Component == HopComponent.Tunnel);
    }

    [SkippableTheory]
    [InlineData("client")]
    [InlineData("api")]
    public void A_live_port_is_ok(string source)
    {
        string port = Environment.GetEnvironmentVariable("QUANTUMNET_OPENSTACK_LAB") ?? "";
        Skip.If(port.Length == 0, "QUANTUMNET_OPENSTACK_LAB is not set");
        string inventory = Path.GetTempFileName();
        try
        {
            File.WriteAllText(inventory, Inventory(source));
            DhcpPathResult result = Test(new() { Inventory = inventory, PortId = [port] });
            Assert.Equal(DhcpPathStatus.Ok, result.Status);
            Assert.Empty(result.Findings);
        }
        finally
        {
            File.Delete(inventory);
        }
    }

    // Errors may be told (that cloud has no Nova); the verdict must stand all the same.
    private static DhcpPathResult Test(TestDhcpPathCommand cmdlet) =>
        Assert.IsType<DhcpPathResult>(Assert.Single(new TestHost().Run(cmdlet).Objects));

    private static string Inventory(string source) => JsonSerializer.Serialize(new
    {
        nodes = new[] { new { name = "controller", roles = new[] { "controller" } }, new { name = "compute1",
            roles = new[] { "compute" } }, new { name = "netnode", roles = new[] { "network" } } },
        ssh = new { configFile = Environment.GetEnvironmentVariable("QUANTUMNET_OPENSTACK_SSH") },
        controlPlane = new
        {
            source,
            node = "controller",
            authUrl = source == "api" ? Environment.GetEnvironmentVariable("OS_AUTH_URL") : null,
            environmentFile = Environment.GetEnvironmentVariable("QUANTUMNET_OPENSTACK_RC"),
        },
    });
}
