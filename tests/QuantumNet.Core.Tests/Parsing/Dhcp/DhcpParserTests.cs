using QuantumNet.Parsing.Dhcp;

namespace QuantumNet.Core.Tests.Parsing.Dhcp;

public class DhcpParserTests
{
    private const string SeedNetwork = "6b71dbb8-e91c-47f0-92c4-47882007115d";
    private readonly List<ParseIssue> _issues = [];

    [Fact]
    public void Parent_and_child_of_2013_are_one_server()
    {
        DhcpServer[] servers =
            [.. DnsmasqArgumentsParser.ParseAll(Samples.Text("seed/ps-ef-dnsmasq.txt"), Source("ps -ef"))];
        DhcpServer grouped = Assert.Single(DnsmasqArgumentsParser.FromProcesses(
        [
            new() { ProcessId = 8920, ParentProcessId = 1, User = "nobody", Argv = servers[0].Argv },
            new() { ProcessId = 8921, ParentProcessId = 8920, User = "root", Argv = servers[1].Argv },
        ]));

        Assert.Equal(2, servers.Length);
        Assert.Equal((8920, "nobody"), (grouped.ProcessId, grouped.User));
        Assert.Equal([8921], grouped.ChildProcessIds);
        Assert.Equal((SeedNetwork, $"qdhcp-{SeedNetwork}"), (grouped.NetworkId, grouped.Namespace));
        Assert.Equal(("tap9a41d8fa-a7", 120L), (grouped.Device, grouped.LeaseSeconds));
        Assert.Equal($"/var/lib/quantum/dhcp/{SeedNetwork}/host", grouped.HostsFile);
        Assert.Equal(["set:tag0,172.241.0.0,static,120s"], grouped.Ranges);
        Assert.Empty(_issues);
    }

    [Fact]
    public void Two_parents_are_two_servers()
    {
        string[] argv = DnsmasqArgumentsParser.ParseAll(Samples.Text("seed/ps-ef-dnsmasq.txt"),
            Source("ps -ef"))[0].Argv;

        Assert.Equal(2, DnsmasqArgumentsParser.FromProcesses(
            [new() { ProcessId = 5, ParentProcessId = 1, Argv = argv },
                new() { ProcessId = 9, ParentProcessId = 1, Argv = argv }]).Count);
    }

    [Theory]
    [InlineData("hybrid+gre", "syslog-dnsmasq.txt")]
    [InlineData("hybrid+vxlan", "syslog-dnsmasq.txt")]
    [InlineData("ovsfw+vxlan", "dhcp_dns_log")]
    public void Arguments_files_and_log_of_a_real_node_leave_nothing_over(string variant, string log)
    {
        string folder = $"neutron-zed/{variant}/netnode/dnsmasq/";
        DhcpServer server = Assert.Single(DnsmasqArgumentsParser.ParseAll(Samples.Text(folder + "cmdline.txt"),
            Source("cat /proc/282/cmdline")));
        TextSource files = Source("cat") with { Path = server.HostsFile };
        DhcpHost host = Assert.Single(DhcpHostsFileParser.ParseAll(Samples.Text(folder + "host"), files));
        List<DhcpServerOption> options = DhcpOptsFileParser.ParseAll(Samples.Text(folder + "opts"), files);
        DhcpLease lease = Assert.Single(DhcpLeasesParser.ParseAll(Samples.Text(folder + "leases"), files));
        List<DhcpEvent> events = DnsmasqLogParser.ParseAll(Samples.Text(folder + log),
            Source("grep") with { TakenAt = new(2026, 11, 22, 6, 10, 0, DateTimeKind.Utc) });

        Assert.Empty(_issues);
        Assert.Equal(86400, server.LeaseSeconds);
        Assert.Equal($"/var/lib/neutron/dhcp/{server.NetworkId}/leases", server.LeaseFile);
        Assert.Equal((server.NetworkId, lease.Mac, lease.IpAddress), (host.NetworkId, host.Mac, host.IpAddress));
        Assert.Equal(["dns-server", "router"], options.ConvertAll(option => option.Option));
        Assert.Equal(["10.10.0.1"], options[1].Values);
        Assert.StartsWith("subnet-", Assert.Single(options[1].Tags), StringComparison.Ordinal);
        Assert.Equal((2026, $"01:{host.Mac}"), (lease.ExpiresAt?.Year, lease.ClientId));
        DhcpEvent acknowledged = events.FindLast(line => line.Type == "DHCPACK")!;
        Assert.Equal((host.Mac, host.IpAddress, lease.HostName),
            (acknowledged.Mac, acknowledged.IpAddress, acknowledged.HostName));
        Assert.Equal((2026, 11, 22),
            (acknowledged.Time!.Value.Year, acknowledged.Time.Value.Month, acknowledged.Time.Value.Day));
        Assert.Equal("started", events[0].Type);
        Assert.Contains(events, line => line.Type == "read" && line.Message == server.HostsFile);
    }

    [Fact]
    public void A_hosts_file_may_set_tags_and_give_ipv6()
    {
        DhcpHost host = Assert.Single(DhcpHostsFileParser.ParseAll(Samples.Text("dnsmasq-2.90/host"), Source("cat")));

        Assert.Equal(("fa:16:3e:11:22:33", "10.77.0.9"), (host.Mac, host.IpAddress));
        Assert.Equal(["port-1"], host.Tags);
        Assert.Equal(["fd77::9"], host.Ipv6Addresses);
        Assert.Empty(_issues);
    }

    [Fact]
    public void A_hosts_line_may_go_by_several_macs_by_client_id_or_say_ignore()
    {
        List<DhcpHost> hosts = DhcpHostsFileParser.ParseAll(
            "FA:16:3E:00:00:01,fa:16:3e:00:00:02,10.0.0.5,2m\nid:ff:01,host-a,10.0.0.6\nfa:16:3e:00:00:03,ignore\n\n"
                + "# note\n10.0.0.7\n", Source("cat"));

        Assert.Equal(["fa:16:3e:00:00:01", "fa:16:3e:00:00:02", "", "fa:16:3e:00:00:03"],
            hosts.ConvertAll(host => host.Mac));
        Assert.Equal(("ff:01", "host-a"), (hosts[2].ClientId, hosts[2].HostName));
        Assert.True(hosts[3].IsIgnored);
        Assert.Equal((6, "10.0.0.7"), (Assert.Single(_issues).LineNumber, _issues[0].Text));
    }

    [Fact]
    public void The_seeds_hosts_file_is_read()
    {
        List<DhcpHost> hosts = DhcpHostsFileParser.ParseAll(
            Samples.Text("seed/dhcp-host.txt"), Source($"cat /var/lib/quantum/dhcp/{SeedNetwork}/host"));

        Assert.Equal(["172.241.0.2", "172.241.0.3"], hosts.ConvertAll(host => host.IpAddress));
        Assert.Equal("172-241-0-2.openstacklocal", hosts[0].HostName);
        Assert.All(hosts, host => Assert.Equal(SeedNetwork, host.NetworkId));
    }

    [Fact]
    public void Leases_of_both_protocols_are_read()
    {
        List<DhcpLease> leases = DhcpLeasesParser.ParseAll(Samples.Text("dnsmasq-2.90/leases-duid.txt"), Source("cat"));

        Assert.Equal(["10.77.0.9", "fd77::9"], leases.ConvertAll(lease => lease.IpAddress));
        Assert.Equal("", leases[0].ClientId);
        Assert.Equal(new DateTime(2026, 11, 22, 6, 55, 37, DateTimeKind.Utc), leases[0].ExpiresAt);
        Assert.Empty(_issues);
    }

    [Fact]
    public void The_seeds_log_is_read()
    {
        List<DhcpEvent> events = DnsmasqLogParser.ParseAll(
            Samples.Text("seed/syslog.txt"),
            Source("grep") with { TakenAt = new(2013, 5, 10, 0, 0, 0, DateTimeKind.Utc) });

        Assert.Equal(["started", "message", "message", "message", "message", "read", "read",
            "DHCPDISCOVER", "DHCPOFFER", "DHCPREQUEST", "DHCPACK"], events.ConvertAll(line => line.Type));
        DhcpEvent last = events[^1];
        Assert.Equal((8920, "tap9a41d8fa-a7", "172.241.0.2"), (last.ProcessId, last.Device, last.IpAddress));
        Assert.Equal(("fa:16:3e:1e:63:66", "172-241-0-2"), (last.Mac, last.HostName));
        Assert.Equal(new DateTime(2013, 5, 8, 19, 17, 23, DateTimeKind.Utc), last.Time);
        Assert.Empty(_issues);
    }

    [Fact]
    public void A_detailed_log_tells_transactions_and_why_no_address_was_given()
    {
        List<DhcpEvent> events = DnsmasqLogParser.ParseAll(Samples.Text("dnsmasq-2.90/dnsmasq-log-dhcp.log"),
            Source("cat"));

        DhcpEvent refused = events.First(line => line.Message == "no address available");
        Assert.Equal(("DHCPDISCOVER", "fa:16:3e:99:99:99", 1061302890u),
            (refused.Type, refused.Mac, refused.TransactionId));
        DhcpEvent taken = events.First(
            line => line.Message.StartsWith("not using configured address", StringComparison.Ordinal));
        Assert.Equal("10.77.0.9", taken.IpAddress);
        Assert.Equal("exiting", events[^1].Type);
        Assert.Null(events[0].Time);
        Assert.Empty(_issues);
    }

    [Fact]
    public void Refusals_and_dhcpv6_are_events_too()
    {
        List<DhcpEvent> events = DnsmasqLogParser.ParseAll(Samples.Text("dnsmasq-2.90/dnsmasq-log-dhcp-2.log"),
            Source("cat"));

        DhcpEvent refused = events.First(line => line.Type == "DHCPNAK");
        Assert.Equal(("10.99.0.7", "wrong address"), (refused.IpAddress, refused.Message));
        DhcpEvent reply = events.First(line => line.Type == "DHCPREPLY");
        Assert.Equal(("fd77::9", "host-10-77-0-9"), (reply.IpAddress, reply.HostName));
        Assert.StartsWith("00:01:00:01:", reply.ClientId, StringComparison.Ordinal);
        Assert.Empty(_issues);
    }

    [Fact]
    public void Other_programs_lines_are_skipped_and_lines_without_time_reported()
    {
        Assert.Empty(DnsmasqLogParser.ParseAll(
            "2026-11-22T06:05:03.831543+00:00 netnode rsyslogd: start\n-- No entries --\nwhat is this\n",
            Source("cat")));
        Assert.Equal((3, "what is this"), (Assert.Single(_issues).LineNumber, _issues[0].Text));
    }

    [Fact]
    public void Never_throws()
    {
        Mutations.NeverThrow(Samples.Text("seed/ps-ef-dnsmasq.txt"),
            text => DnsmasqArgumentsParser.ParseAll(text, Source("ps")));
        Mutations.NeverThrow(Samples.Text("dnsmasq-2.90/cmdline.bin"),
            text => DnsmasqArgumentsParser.ParseAll(text, Source("ps")));
        Mutations.NeverThrow(Samples.Text("dnsmasq-2.90/host"),
            text => DhcpHostsFileParser.ParseAll(text, Source("cat")));
        Mutations.NeverThrow(Samples.Text("neutron-zed/hybrid+gre/netnode/dnsmasq/opts"),
            text => DhcpOptsFileParser.ParseAll(text, Source("cat")));
        Mutations.NeverThrow(Samples.Text("dnsmasq-2.90/leases-duid.txt"),
            text => DhcpLeasesParser.ParseAll(text, Source("cat")));
        Mutations.NeverThrow(Samples.Text("seed/syslog.txt"), text => DnsmasqLogParser.ParseAll(text,
            Source("cat") with { TakenAt = new(2013, 5, 10, 0, 0, 0, DateTimeKind.Utc) }));
        Mutations.NeverThrow(Samples.Text("neutron-zed/hybrid+gre/netnode/dnsmasq/syslog-dnsmasq.txt"),
            text => DnsmasqLogParser.ParseAll(text, Source("cat")));
    }

    private TextSource Source(string command) => new("netnode", command, _issues);
}
