using QuantumNet.Parsing.Clients;

namespace QuantumNet.Core.Tests.Parsing.Clients;

public class NovaConsoleParserTests
{
    [Theory]
    [InlineData("seed/nova-console-log.txt", "udhcpc", ConsoleVerdict.NoLease, 3, 0, "", null)]
    [InlineData("udhcpc-1.35.0/lease.txt", "udhcpc", ConsoleVerdict.Leased, 1, 1, "10.77.0.9", 120)]
    [InlineData("udhcpc-1.35.0/infinite.txt", "udhcpc", ConsoleVerdict.Leased, 1, 1, "10.77.0.9", null)]
    [InlineData("udhcpc-1.35.0/no-lease.txt", "udhcpc", ConsoleVerdict.NoLease, 3, 0, "", null)]
    [InlineData("udhcpc-1.35.0/background.txt", "udhcpc", ConsoleVerdict.NoLease, 3, 0, "", null)]
    [InlineData("neutron-zed/hybrid+gre/pcap/udhcpc.txt", "udhcpc", ConsoleVerdict.Leased, 1, 1, "10.10.0.29", 86400)]
    [InlineData("dhclient-4.4.3-P1/lease.txt", "dhclient", ConsoleVerdict.Leased, 1, 1, "10.77.0.9", null)]
    [InlineData("dhclient-4.4.3-P1/nak.txt", "dhclient", ConsoleVerdict.Leased, 1, 2, "10.77.0.9", null)]
    [InlineData("dhclient-4.4.3-P1/no-lease.txt", "dhclient", ConsoleVerdict.NoLease, 2, 0, "", null)]
    [InlineData("dhcpcd-9.4.1/lease.txt", "dhcpcd", ConsoleVerdict.Leased, 1, 1, "10.77.0.9", 120)]
    [InlineData("seed/quantum-net-show.txt", "", ConsoleVerdict.NoClientSeen, 0, 0, "", null)]
    public void Tells_what_became_of_the_client(
        string path, string client, ConsoleVerdict verdict, int discovers, int requests, string address, int? seconds)
    {
        ConsoleLog log = NovaConsoleParser.Parse(Samples.Text(path));

        Assert.Equal((client, verdict), (log.Client, log.Verdict));
        Assert.Equal((discovers, requests), (log.DiscoverCount, log.RequestCount));
        Assert.Equal((address, seconds), (log.IpAddress, log.LeaseSeconds));
        Assert.Equal(client.Length > 0, log.Lines.Length > 0);
    }

    [Fact]
    public void A_log_that_ends_while_it_asks_says_so()
    {
        string text = Samples.Text("udhcpc-1.35.0/no-lease.txt");

        ConsoleLog log = NovaConsoleParser.Parse(text[..text.IndexOf("udhcpc: no lease", StringComparison.Ordinal)]);

        Assert.Equal((ConsoleVerdict.StillAsking, 3), (log.Verdict, log.DiscoverCount));
    }

    [Fact]
    public void Never_throws() =>
        Mutations.NeverThrow(Samples.Text("dhclient-4.4.3-P1/nak.txt"), text => NovaConsoleParser.Parse(text));
}
