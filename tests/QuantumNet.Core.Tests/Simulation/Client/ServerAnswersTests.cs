using QuantumNet.Core.Tests.Faults;
using QuantumNet.Simulation.Client;
using QuantumNet.Topology;

namespace QuantumNet.Core.Tests.Simulation.Client;

/// <summary>What a server that was gathered would answer to any MAC.</summary>
public sealed class ServerAnswersTests
{
    private const string Mac = "fa:16:3e:02:ea:33", Address = "192.168.138.2", Stranger = "fa:16:3e:99:99:99";
    private const string Line = $"{Mac},host-192-168-138-2.openstacklocal,{Address}";

    [Fact]
    public void Client_with_a_line_gets_its_lease_and_renews_it()
    {
        IReadOnlyList<DhcpServerAnswer> answers = Of(new SampleCloud(), Mac);
        Assert.Equal([(DhcpMessageType.Discover, false, DhcpMessageType.Offer),
            (DhcpMessageType.Request, false, DhcpMessageType.Ack),
            (DhcpMessageType.Request, true, DhcpMessageType.Ack)],
            answers.Select(one => (one.Message, one.IsRenewal, one.Answer!.Value)));
        Assert.All(answers, one =>
        {
            Assert.Equal(("netnode", Mac, "udhcpc", Address, 86400L, Line, true, ""), (one.ComputerName, one.Mac,
                one.Client, one.IpAddress, one.LeaseSeconds, one.Rule, one.IsTaken, one.Reason));
            Assert.Equal(["message-type", "server-identifier", "lease-time"],
                one.Options.Take(3).Select(option => option.Name));
            Assert.Equal("192.168.138.1", one.Options.Single(option => option.Name == "router").Value);
            Assert.Equal(one.ServerAddress, one.Options.Single(option => option.Code == 54).Value);
        });
        string device = answers[0].Log[0].Split('(', ')')[1];
        Assert.Equal([$"DHCPDISCOVER({device}) {Mac}", $"DHCPOFFER({device}) {Address} {Mac}"], answers[0].Log);
        Assert.Equal([$"DHCPREQUEST({device}) {Address} {Mac}",
            $"DHCPACK({device}) {Address} {Mac} host-192-168-138-2"], answers[1].Log);
    }

    [Fact]
    public void Client_without_a_line_gets_none_in_dnsmasqs_words()
    {
        DhcpServerAnswer answer = Assert.Single(Of(new SampleCloud(), Stranger));
        Assert.Equal((DhcpMessageType.None, "", false), (answer.Answer, answer.IpAddress, answer.IsTaken));
        Assert.StartsWith("no address available", answer.Reason, StringComparison.Ordinal);
        Assert.StartsWith("--dhcp-range=", answer.Rule, StringComparison.Ordinal);
        Assert.EndsWith($") {Stranger} no address available", Assert.Single(answer.Log), StringComparison.Ordinal);
    }

    [Fact]
    public void Address_that_is_leased_to_another_is_said_as_dnsmasq_says_it()
    {
        DhcpServerAnswer answer = Assert.Single(Of(new SampleCloud().With("netnode", "/leases",
            text => text.Replace(Mac, Stranger, StringComparison.Ordinal)), Mac));
        Assert.Equal(DhcpMessageType.None, answer.Answer);
        Assert.Equal([$"not using configured address {Address} because it is leased to {Stranger}",
            $"{answer.Log[^1]}"], answer.Log);
        Assert.EndsWith("no address available", answer.Log[^1], StringComparison.Ordinal);
        Assert.Contains(answer.Log[0], answer.Reason, StringComparison.Ordinal);
        Assert.Equal(Line, answer.Rule);
    }

    [Fact]
    public void Missing_hosts_file_is_named() =>
        Assert.Equal((null, "DhcpHost"), Assert.Single(
            Of(new SampleCloud().Without("netnode", "/host"), Mac).Select(one => (one.Answer, one.MissingCollector))));

    [Theory]
    [InlineData("not-a-mac")]
    [InlineData("fa:16:3e:*:*:*")]
    [InlineData("")]
    public void What_is_no_MAC_has_no_answer(string mac) => Assert.Empty(Of(new SampleCloud(), mac));

    [Fact]
    public void Uncollected_default_file_is_said()
    {
        var cloud = new CloudView(new SampleCloud("healthy-grizzly-gre").Read());
        DhcpServer server = cloud.Nodes.SelectMany(node => node.State.DhcpServers).First();
        Assert.All(ServerAnswers.Of(cloud, server, "FA:16:3E:7B:04:BE"), one =>
        {
            Assert.Equal(("fa:16:3e:7b:04:be", "192.168.65.15", 120L), (one.Mac, one.IpAddress, one.LeaseSeconds));
            Assert.Contains("/etc/dnsmasq.conf was not collected", one.NotTold);
        });
    }

    private static IReadOnlyList<DhcpServerAnswer> Of(SampleCloud sample, string mac)
    {
        var cloud = new CloudView(sample.Read());
        return ServerAnswers.Of(cloud, cloud.Nodes.SelectMany(node => node.State.DhcpServers).First(), mac);
    }
}
