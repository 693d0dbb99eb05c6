using QuantumNet.Parsing.Links;

namespace QuantumNet.Core.Tests.Parsing.Links;

public sealed class IpNetnsParserTests
{
    private static List<NetworkNamespace> Parse(string text, out List<ParseIssue> issues) =>
        IpNetnsParser.ParseAll(text, Sources.Of("ip netns", out issues));

    [Fact]
    public void Reads_the_seeds_namespace_and_its_network()
    {
        NetworkNamespace found = Assert.Single(Parse(Samples.Text("seed/ip-netns.txt"), out List<ParseIssue> issues));

        Assert.Empty(issues);
        Assert.Equal("6b71dbb8-e91c-47f0-92c4-47882007115d", found.NetworkId);
        Assert.Null(found.Id);
        Assert.Null(found.IsUsable);
    }

    [Theory]
    [MemberData(nameof(Sources.ZedNodes), MemberType = typeof(Sources))]
    public void Text_and_json_of_a_recorded_cloud_agree(string variant, string host)
    {
        List<NetworkNamespace> text = Parse(Samples.Text($"neutron-zed/{variant}/{host}/ip-netns.txt"),
            out List<ParseIssue> issues);
        Assert.Empty(issues);
        List<NetworkNamespace> json = Parse(Samples.Text($"neutron-zed/{variant}/{host}/ip-j-netns.json"), out issues);
        Assert.Empty(issues);

        Assert.Equal(host == "netnode" ? 1 : 0, text.Count);
        Assert.Equal(json.Select(n => (n.Namespace, n.Id, n.NetworkId)),
            text.Select(n => (n.Namespace, n.Id, n.NetworkId)));
    }

    [Fact]
    public void Reports_what_is_no_namespace()
    {
        Parse("qrouter-1 (id: x)\n", out List<ParseIssue> issues);
        Assert.Equal((1, 11, "Unknown field"), (issues[0].LineNumber, issues[0].Column, issues[0].Reason));

        Parse("[{\"name\":1}]", out issues);
        Assert.Equal("Unknown object", Assert.Single(issues).Reason);
    }

    [Fact]
    public void Never_throws()
    {
        Mutations.NeverThrow(Samples.Text("neutron-zed/hybrid+gre/netnode/ip-netns.txt"), text => Parse(text, out _));
        Mutations.NeverThrow(Samples.Text("neutron-zed/hybrid+gre/netnode/ip-j-netns.json"),
            text => Parse(text, out _));
    }
}
