using QuantumNet.Parsing.Links;

namespace QuantumNet.Core.Tests.Parsing.Links;

public sealed class SysctlParserTests
{
    [Theory]
    [MemberData(nameof(Sources.ZedNodes), MemberType = typeof(Sources))]
    public void Reads_every_line_of_a_recorded_cloud(string variant, string host)
    {
        string text = Samples.Text($"neutron-zed/{variant}/{host}/sysctl-bridge.txt");
        Dictionary<string, string> settings =
            new(SysctlParser.ParseAll(text, Sources.Of("sysctl -a", out List<ParseIssue> issues)));

        Assert.Empty(issues);
        Assert.Equal(text.Count(c => c == '\n'), settings.Count);
        Assert.Equal("1", settings["net.bridge.bridge-nf-call-iptables"]);
    }

    [Fact]
    public void Names_the_content_of_a_file_as_sysctl_does()
    {
        TextSource source = Sources.Of("cat /proc/sys/net/bridge/bridge-nf-call-iptables", out List<ParseIssue> issues);

        Assert.Equal([new("net.bridge.bridge-nf-call-iptables", "1")], SysctlParser.ParseAll("1\n", source));
        Assert.Equal("net.ipv4.conf.eth0/100.rp_filter",
            SysctlParser.ParseAll("0\n", source with { Path = "/proc/sys/net/ipv4/conf/eth0.100/rp_filter" })[0].Key);
        Assert.Empty(issues);
    }

    [Fact]
    public void Reports_what_is_no_setting()
    {
        SysctlParser.ParseAll("sysctl: cannot stat\n", Sources.Of("sysctl -a", out List<ParseIssue> issues));

        Assert.Equal("Not a setting", Assert.Single(issues).Reason);
    }

    [Fact]
    public void Never_throws() => Mutations.NeverThrow(
        Samples.Text("neutron-zed/hybrid+gre/netnode/sysctl-bridge.txt"),
        text => SysctlParser.ParseAll(text, Sources.Of("sysctl -a", out _)));
}
