using QuantumNet.Parsing.Links;

namespace QuantumNet.Core.Tests.Parsing.Links;

public sealed class BridgeParserTests
{
    [Fact]
    public void Reads_the_seeds_listing_with_its_open_vswitch_bridges()
    {
        List<LinuxBridge> bridges =
            BrctlShowParser.ParseAll(Samples.Text("seed/brctl-show.txt"),
                Sources.Of("brctl show", out List<ParseIssue> issues));

        Assert.Empty(issues);
        Assert.Equal(["br-int", "br-tun", "qbr1408934f-93"], bridges.Select(bridge => bridge.Bridge));
        Assert.Empty(bridges[1].Interfaces);
        Assert.Equal("8000.22e398fb508a", bridges[2].BridgeId);
        Assert.Equal(["qvb1408934f-93", "tap1408934f-93"], bridges[2].Interfaces);
        Assert.False(bridges[2].StpEnabled);
    }

    [Theory]
    [MemberData(nameof(Sources.ZedNodes), MemberType = typeof(Sources))]
    public void Reads_bridges_and_ports_of_a_recorded_cloud(string variant, string host)
    {
        string folder = $"neutron-zed/{variant}/{host}/";
        List<LinuxBridge> bridges =
            BrctlShowParser.ParseAll(Samples.Text(folder + "brctl-show.txt"),
                Sources.Of("brctl show", out List<ParseIssue> issues));
        Assert.Empty(issues);
        List<LinuxBridgePort> ports = Ports(folder + "bridge-link.txt");

        Assert.Equal(bridges.SelectMany(bridge => bridge.Interfaces), ports.Select(port => port.Device));
        Assert.Equal(ports.Select(Facts), Ports(folder + "bridge-d-link.txt").Select(Facts));
        Assert.Equal(ports.Select(Facts), Ports(folder + "bridge-j-link.json").Select(Facts));
        Assert.All(ports, port => Assert.Equal("forwarding", port.State));
        Assert.Equal(variant.StartsWith("hybrid", StringComparison.Ordinal) && host == "compute1" ? 2 : 0, ports.Count);
    }

    private static List<LinuxBridgePort> Ports(string path)
    {
        List<LinuxBridgePort> ports =
            BridgeLinkParser.ParseAll(Samples.Text(path), Sources.Of("bridge link", out List<ParseIssue> issues));
        Assert.Empty(issues);
        return ports;
    }

    private static string Facts(LinuxBridgePort port) => $"{port.Bridge} {port.Device} {port.State}";

    [Fact]
    public void Reads_the_order_of_words_before_iproute2_4_17()
    {
        LinuxBridgePort port = Assert.Single(BridgeLinkParser.ParseAll(
            "7: qvb1 state UP @qvo1: <BROADCAST,UP> mtu 1500 master qbr1 state blocking priority 32 cost 2 \n",
            Sources.Of("bridge link", out List<ParseIssue> issues)));

        Assert.Empty(issues);
        Assert.Equal("qbr1 qvb1 blocking", Facts(port));
    }

    [Fact]
    public void Reports_what_is_no_bridge_and_no_port()
    {
        BrctlShowParser.ParseAll("bridge name\tbridge id\nbr-int\t\tcan't get info Operation not supported\n",
            Sources.Of("brctl show", out List<ParseIssue> issues));
        Assert.Equal((2, "Not a bridge"), (issues[0].LineNumber, issues[0].Reason));

        BrctlShowParser.ParseAll("   tap1\n", Sources.Of("brctl show", out issues));
        Assert.Equal("Not an interface", Assert.Single(issues).Reason);

        BridgeLinkParser.ParseAll("RTNETLINK answers: No\n", Sources.Of("bridge link", out issues));
        Assert.Equal("Not a bridge port", Assert.Single(issues).Reason);
    }

    [Fact]
    public void Never_throws()
    {
        const string Folder = "neutron-zed/hybrid+gre/compute1/";
        Mutations.NeverThrow(Samples.Text("seed/brctl-show.txt"),
            text => BrctlShowParser.ParseAll(text, Sources.Of("x", out _)));
        Mutations.NeverThrow(Samples.Text(Folder + "bridge-d-link.txt"),
            text => BridgeLinkParser.ParseAll(text, Sources.Of("x", out _)));
        Mutations.NeverThrow(Samples.Text(Folder + "bridge-j-link.json"),
            text => BridgeLinkParser.ParseAll(text, Sources.Of("x", out _)));
    }
}
