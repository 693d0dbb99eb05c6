using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

public sealed class OvsOfctlShowParserTests
{
    public static TheoryData<string> Shows => Recorded.Files("ovs-ofctl-show-*.txt");

    private static List<OpenFlowPort> Parse(string text, out IReadOnlyList<ParseIssue> issues)
    {
        TextSource source = Recorded.Source("ovs-ofctl show br0", "br0");
        List<OpenFlowPort> ports = OvsOfctlShowParser.ParseAll(text, source);
        issues = [.. source.Issues];
        return ports;
    }

    [Theory]
    [MemberData(nameof(Shows))]
    public void Every_recorded_line_is_read_without_leftovers(string path)
    {
        string text = Samples.Text(path);
        List<OpenFlowPort> ports = Parse(text, out IReadOnlyList<ParseIssue> issues);
        Assert.Empty(issues);
        string[] first = [.. text.Split('\n').Where(line => line.Contains("): addr:", StringComparison.Ordinal))];
        Assert.Equal(first, ports.Select(port =>
            $" {(port.OfPort == OvsOfctlShowParser.Local ? "LOCAL" : port.OfPort)}({port.Device}): addr:{port.Mac}"));
        Assert.NotEmpty(first);
    }

    [Theory]
    [InlineData("10", "", "LINK_DOWN")]
    [InlineData("14", "LIVE", "LINK_DOWN")]
    public void Flags_are_read_in_every_version(string version, string liveState, string downState)
    {
        Dictionary<string, OpenFlowPort> ports =
            Parse(Samples.Text($"openvswitch-3.1/dummy/ovs-ofctl-show-br0-of{version}.txt"), out _)
                .ToDictionary(port => port.Device);
        Assert.Equal(("br0", 6, "aa:55:aa:55:00:07"),
            (ports["my port"].Bridge, ports["my port"].OfPort, ports["my port"].Mac));
        Assert.Equal(liveState, string.Join(' ', ports["p3"].State));
        Assert.Equal(["PORT_DOWN"], ports["p2"].Config);
        Assert.Equal([downState], ports["p2"].State);
        Assert.EndsWith("\n     state:      " + downState, ports["p2"].RawText, StringComparison.Ordinal);
        Assert.Equal(65534, ports["br0"].OfPort);
    }

    [Fact]
    public void Ports_of_the_walkthrough_are_read_from_filtered_lines()
    {
        List<OpenFlowPort> ports = Parse(Samples.Text("seed/compute1/ovs-ofctl-show-br-tun.txt"), out _);
        Assert.Equal([(1, "patch-int"), (2, "gre-1")], ports.Select(port => (port.OfPort, port.Device)));
    }

    [Fact]
    public void What_is_not_understood_is_reported_with_its_place()
    {
        Parse(" 1(p1): addr:aa:55:aa:55:00:02\n     wibble:  3\n x(p): addr:aa:55:aa:55:00:02\n",
            out IReadOnlyList<ParseIssue> issues);
        Assert.Equal([(2, 6, "wibble:  3"), (3, 2, "x(p): addr:aa:55:aa:55:00:02")],
            issues.Select(issue => (issue.LineNumber, issue.Column, issue.Text)));
    }

    [Fact]
    public void Never_throws() => Mutations.NeverThrow(
        Samples.Text("openvswitch-3.1/dummy/ovs-ofctl-show-br0-of10.txt"), text => Parse(text, out _));
}
