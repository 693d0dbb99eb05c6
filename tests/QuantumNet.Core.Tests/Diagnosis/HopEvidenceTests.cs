using System.Text;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>What a result shows of its hops: lines of their own node, in their own direction, and where there are none,
/// the command that would give them.</summary>
public sealed class HopEvidenceTests
{
    private static readonly string s_root = Path.Combine(Samples.Folder, "..", "..");

    [Theory]
    [InlineData("samples/healthy-grizzly-gre")]
    [InlineData("samples/healthy-neutron-vxlan")]
    [InlineData("tests/fixtures/snapshots/openstack-zed-hybrid-gre.zip")]
    [InlineData("tests/fixtures/snapshots/openstack-zed-hybrid-vxlan.zip")]
    [InlineData("tests/fixtures/snapshots/openstack-zed-ovsfw-vxlan.zip")]
    public void Hops_of_a_healthy_path_each_show_a_line_of_their_own_node(string path)
    {
        foreach (DhcpPathResult result in Test(Load(path)))
        {
            Assert.Equal(DhcpPathStatus.Ok, result.Status);
            Assert.All(result.Hops, hop =>
            {
                Assert.True(hop.Action is HopAction.Forwarded or HopAction.Rewritten or HopAction.Answered,
                    $"{hop}: {hop.Reason}");
                Assert.NotEmpty(hop.Evidence);
                Assert.All(hop.Evidence, line => Assert.True(
                    hop.Component == HopComponent.Underlay || line.ComputerName == hop.ComputerName, $"{hop}: {line}"));
            });
        }
    }

    [Fact]
    public void Hops_quote_the_flow_that_the_packet_meets_in_their_direction()
    {
        DhcpPathResult result = Test(Load("samples/healthy-neutron-vxlan")).First(one => one.ComputeNode == "compute1");
        Assert.Contains("dl_vlan=", Rule(result, DhcpDirection.Request, "compute1"), StringComparison.Ordinal);
        Assert.Contains("tun_id=", Rule(result, DhcpDirection.Request, "netnode"), StringComparison.Ordinal);
        Assert.Contains("dl_dst=" + result.Mac, Rule(result, DhcpDirection.Reply, "netnode"), StringComparison.Ordinal);
        Assert.Contains("tun_id=", Rule(result, DhcpDirection.Reply, "compute1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Node_that_was_not_collected_shows_no_hop_but_its_dnsmasq()
    {
        QuantumSnapshot snapshot = Load("samples/healthy-neutron-vxlan");
        DhcpPathResult result =
            Test(snapshot with { Outputs = [.. snapshot.Outputs.Where(output => output.ComputerName != "netnode")] })
                .First(one => one.ComputeNode == "compute1");
        Assert.Equal(DhcpPathStatus.Unknown, result.Status);
        Assert.All(result.Hops.Where(hop => hop.ComputerName == "netnode"),
            hop => Assert.True(hop.Component is HopComponent.Dnsmasq or HopComponent.Underlay, hop.ToString()));
    }

    [Theory]
    [InlineData("samples/healthy-neutron-vxlan", "netnode", "ovs-ofctl dump-flows br-tun",
        "run `ovs-ofctl dump-flows br-tun` on netnode")]
    [InlineData("samples/healthy-neutron-vxlan", "compute1", "iptables-save -c", "run `iptables-save -c` on compute1")]
    [InlineData("samples/healthy-neutron-vxlan", "netnode", "/host",
        "run `cat /var/lib/neutron/dhcp/a1908d8a-cb49-4c35-9f16-4bb57efc0606/host` on netnode")]
    [InlineData("samples/healthy-grizzly-gre", "netnode", "/host", "/var/lib/quantum/dhcp/")]
    public void Missing_evidence_is_told_with_the_command_that_gives_it(
        string path, string node, string command, string told)
    {
        DhcpPathResult result = Test(Without(Load(path), node, command)).First(one => one.ComputeNode == "compute1");
        Assert.Equal(DhcpPathStatus.Unknown, result.Status);
        Assert.Equal(node, result.ComputerName);
        Assert.Contains(told, result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Flood_list_in_numbers_is_read_by_the_numbers_of_either_command()
    {
        QuantumSnapshot without = Without(Load("samples/broken-QN5010-flood-list-lacks-a-node"), "", "--format=json");
        Assert.Equal((DhcpPathStatus.Broken, "QN5010"), Verdict(without));
        Assert.Equal((DhcpPathStatus.Unknown, "QN9008"), Verdict(Without(without, "", "ovs-ofctl show")));
    }

    [Theory]
    [InlineData("samples/healthy-neutron-vxlan", "br-int")]
    [InlineData("samples/healthy-neutron-vxlan", "br-tun")]
    [InlineData("samples/healthy-grizzly-gre", "br-int")]
    [InlineData("samples/healthy-grizzly-gre", "br-tun")]
    public void Bridge_without_flows_is_QN4006(string path, string bridge)
    {
        QuantumSnapshot snapshot = Load(path);
        DhcpPathResult result = Test(snapshot with
        {
            Outputs = Array.ConvertAll(snapshot.Outputs,
                output => output.ComputerName == "compute1" && output.Command == $"ovs-ofctl dump-flows {bridge}"
                    ? output with { StandardOutput = Encoding.UTF8.GetBytes("NXST_FLOW reply (xid=0x4):\n") } : output),
        }).First(one => one.ComputeNode == "compute1");
        Assert.Equal((DhcpPathStatus.Broken, "QN4006", "compute1", bridge),
            (result.Status, result.Cause, result.ComputerName, result.Object));
        Assert.Contains(result.Hops, hop => hop.Object == bridge && hop.Action == HopAction.Dropped);
    }

    private static string Rule(DhcpPathResult result, DhcpDirection direction, string node) =>
        Assert.Single(result.Hops,
            hop => hop.Direction == direction && hop.ComputerName == node && hop.Object == "br-tun").Rule;

    private static QuantumSnapshot Load(string path) => SnapshotReader.Load(Path.Combine(s_root, path));

    private static QuantumSnapshot Without(QuantumSnapshot snapshot, string node, string command) => snapshot with
    {
        Outputs = [.. snapshot.Outputs.Where(output => !((node.Length == 0 || output.ComputerName == node)
            && output.Command.Contains(command, StringComparison.Ordinal)))],
    };

    private static (DhcpPathStatus Status, string? Cause) Verdict(QuantumSnapshot snapshot) =>
        Assert.Single(Test(snapshot).Select(result => (result.Status, result.Cause)).Distinct());

    private static List<DhcpPathResult> Test(QuantumSnapshot snapshot)
    {
        Cloud cloud = CloudReader.Read(snapshot);
        DhcpPathTester tester = new(cloud);
        return [.. cloud.Records.Ports.Where(port => port.DeviceOwner.StartsWith("compute", StringComparison.Ordinal))
            .Select(tester.Test)];
    }
}
