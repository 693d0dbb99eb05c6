namespace QuantumNet.Core.Tests.Faults;

/// <summary>What dnsmasq would do with the client decides, where nothing else is wrong.</summary>
public sealed class DnsmasqDecisionTests
{
    private const string Mac = "fa:16:3e:02:ea:33", Address = "192.168.138.2";
    private const string Line = $"{Mac},host-192-168-138-2.openstacklocal,{Address}";

    private static readonly string s_device =
        new SampleCloud().Test(Mac).Hops.Last(hop => hop.Component == HopComponent.Namespace).Object;

    [Fact]
    public void Answered_hop_says_what_is_offered_and_by_which_line()
    {
        DhcpPathResult result = new SampleCloud().Test(Mac);
        Assert.All(Dnsmasq(result), hop => Assert.Equal((HopAction.Answered, Line, $"offers {Address} for 86400 s"),
            (hop.Action, hop.Rule, hop.Reason)));
        Assert.Equal(DhcpPathStatus.Ok, result.Status);
    }

    [Fact]
    public void Line_that_ignores_the_client_is_QN9009() =>
        AssertLost(new SampleCloud().With("netnode", "/host", text => text.Replace(Line, Line + ",ignore")),
            Line + ",ignore", "ignored");

    [Fact]
    public void Tag_whose_clients_are_ignored_is_QN9009() =>
        AssertLost(WithArgument($"--dhcp-ignore=tag:{s_device}"), $"--dhcp-ignore=tag:{s_device}",
            $"ignored (--dhcp-ignore=tag:{s_device})");

    [Fact]
    public void Range_of_another_network_is_QN9009() =>
        AssertLost(Changed("192.168.138.0,static", "192.168.139.0,static"),
            "--dhcp-range=set:subnet-7a373571-4805-485d-9d65-83208d460a37,192.168.139.0,static,255.255.255.192,86400s",
            $"no address range available for DHCP request via {s_device}");

    [Fact]
    public void Device_that_is_left_out_is_QN9009() =>
        AssertLost(WithArgument("--no-dhcp-interface=" + s_device), null, $"--no-dhcp-interface leaves {s_device} out");

    [Fact]
    public void Line_for_clients_of_a_tag_is_not_the_ports() =>
        AssertLost(new SampleCloud().With("netnode", "/host",
                text => text.Replace(Line, $"{Mac},tag:red,host-192-168-138-2.openstacklocal,{Address}")),
            "--dhcp-range=set:subnet-7a373571-4805-485d-9d65-83208d460a37,192.168.138.0,static,255.255.255.192,86400s",
            $"no address available (no line of its hosts file is for {Mac}, and its range is static)");

    [Fact]
    public void Leases_at_their_maximum_refuse_a_client_without_one() =>
        AssertLost(Changed("--dhcp-lease-max=64", "--dhcp-lease-max=2").With("netnode", "/leases",
                text => string.Join('\n', text.Split('\n').Where(line => !line.Contains(Mac)))),
            Line, "answers the REQUEST with DHCPNAK: no leases left");

    [Fact]
    public void Leases_at_their_maximum_leave_a_client_its_own() =>
        Assert.Equal((DhcpPathStatus.Ok, null), Verdict(Changed("--dhcp-lease-max=64", "--dhcp-lease-max=3")));

    [Fact]
    public void Lease_of_a_client_that_the_line_names_too_is_no_obstacle() =>
        Assert.Equal((DhcpPathStatus.Ok, null), Verdict(
            new SampleCloud().With("netnode", "/host", text => text.Replace(Line, "fa:16:3e:00:00:07," + Line))
                .With("netnode", "/leases", text => text.Replace($" {Mac} ", " fa:16:3e:00:00:07 "))));

    [Fact]
    public void Lease_that_has_ended_is_no_obstacle() =>
        Assert.Equal((DhcpPathStatus.Ok, null), Verdict(new SampleCloud().With("netnode", "/leases",
            text => text.Replace($"1795430285 {Mac} ", "1700000000 fa:16:3e:00:00:07 "))));

    [Theory]
    [InlineData("", DhcpPathStatus.Unknown)]         // whether an address is free, dnsmasq finds out by ping
    [InlineData(" --no-ping", DhcpPathStatus.Degraded)]
    public void Dynamic_range_gives_a_port_without_a_line_another_address(string argument, DhcpPathStatus status)
    {
        const string mac = "fa:16:3e:7b:04:be";
        string Dynamic(string text) => text.Replace("192.168.65.0,static,120s",
            "192.168.65.60,192.168.65.69,120s" + argument.Replace(' ', text.Contains('\0') ? '\0' : ' '));
        DhcpPathResult result = new SampleCloud("healthy-grizzly-gre")
            .With("netnode", "/cmdline", Dynamic).With("netnode", "ps -ef", Dynamic)
            .With("netnode", "/host", text => text.Replace(mac, "fa:16:3e:00:00:07")).Test(mac);
        Assert.Equal((status, "QN6008"), (result.Status, result.Cause));
        Hop hop = Dnsmasq(result)[0];
        Assert.Equal(status == DhcpPathStatus.Unknown ? HopAction.Unknown : HopAction.Answered, hop.Action);
        if (status == DhcpPathStatus.Degraded)
            Assert.Equal("--dhcp-range=set:tag0,192.168.65.60,192.168.65.69,120s", hop.Rule);
    }

    [Fact]
    public void Configuration_file_that_was_not_collected_leaves_it_unknown()
    {
        DhcpPathResult result = Changed("--conf-file=/dev/null", "--conf-file=/etc/neutron/dnsmasq.conf").Test(Mac);
        Assert.Equal(DhcpPathStatus.Unknown, result.Status);
        Assert.Contains("run `cat /etc/neutron/dnsmasq.conf` on netnode", result.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/neutron/dnsmasq.conf")]
    [InlineData("/etc/kolla/neutron-dhcp-agent/dnsmasq.conf")]      // as the host sees the container's
    public void Configuration_file_that_was_collected_is_read(string path)
    {
        SampleCloud cloud = Changed("--conf-file=/dev/null", "--conf-file=/etc/neutron/dnsmasq.conf");
        Assert.Equal((DhcpPathStatus.Ok, null),
            Verdict(cloud.Printing("netnode", $"cat {path}", "# of the operator\ndhcp-option-force=26,1400\n")));
        AssertLost(Changed("--conf-file=/dev/null", "--conf-file=/etc/neutron/dnsmasq.conf")
                .Printing("netnode", $"cat {path}", $"dhcp-ignore = tag:{s_device}\n"),
            $"dhcp-ignore = tag:{s_device}", "ignored");
    }

    [Fact]
    public void Systems_configuration_file_that_is_read_where_the_argument_is_empty_is_QN6014()
    {
        SampleCloud cloud = Changed("--conf-file=/dev/null", "--conf-file=");
        Assert.Equal((DhcpPathStatus.Ok, null), Verdict(cloud));
        DhcpPathResult result = cloud.Printing("netnode", "cat /etc/dnsmasq.conf",
            $"# by the package\nno-dhcp-interface={s_device}\n").Test(Mac);
        Assert.Equal((DhcpPathStatus.Broken, "QN6014", "netnode"), (result.Status, result.Cause, result.ComputerName));
        Assert.Contains($"--no-dhcp-interface leaves {s_device} out", result.Summary, StringComparison.Ordinal);
        Assert.Contains(result.Findings[0].Evidence, line => line.Text == $"no-dhcp-interface={s_device}");
        Assert.Equal(HopAction.Dropped, Dnsmasq(result)[0].Action);
    }

    [Theory]
    [InlineData("# nothing but remarks\n")]
    [InlineData("dhcp-option=option:ntp-server,10.0.0.7\n")]
    public void Systems_configuration_file_that_keeps_no_lease_back_is_no_fault(string text) =>
        Assert.Equal((DhcpPathStatus.Ok, null), Verdict(Changed("--conf-file=/dev/null", "--conf-file=")
            .Printing("netnode", "cat /etc/dnsmasq.conf", text)));

    [Fact]
    public void Port_without_an_IPv4_address_is_unknown()
    {
        DhcpPathResult result = new SampleCloud().WithRecords((_, text) =>
            text.Replace($"'{Address}'", "'fd00::2'").Replace($"\"{Address}\"", "\"fd00::2\"")).Test(Mac);
        Assert.Empty(result.IpAddress);
        Assert.NotEqual(DhcpPathStatus.Ok, result.Status);
        Assert.All(Dnsmasq(result), hop => Assert.NotEqual(HopAction.Answered, hop.Action));
        Assert.DoesNotContain(result.Findings, finding => finding.Code == "QN9009");
    }

    [Fact]
    public void Setting_that_is_not_followed_leaves_it_unknown()
    {
        DhcpPathResult result = WithArgument("--dhcp-relay=192.168.138.1,10.0.0.1").Test(Mac);
        Assert.Equal(DhcpPathStatus.Unknown, result.Status);
        Assert.Contains("--dhcp-relay=192.168.138.1,10.0.0.1 is not modelled", result.Summary,
            StringComparison.Ordinal);
    }

    private static void AssertLost(SampleCloud cloud, string? rule, string reason)
    {
        DhcpPathResult result = cloud.Test(Mac);
        Assert.Equal((DhcpPathStatus.Broken, "QN9009", "netnode"), (result.Status, result.Cause, result.ComputerName));
        Assert.Contains(reason, result.Summary, StringComparison.Ordinal);
        Hop lost = Dnsmasq(result)[0];
        Assert.Equal(HopAction.Dropped, lost.Action);
        Assert.Contains(rule ?? "--no-hosts", lost.Rule, StringComparison.Ordinal);
        Assert.NotEmpty(lost.Evidence);
    }

    private static Hop[] Dnsmasq(DhcpPathResult result) =>
        [.. result.Hops.Where(hop => hop.Component == HopComponent.Dnsmasq)];

    private static SampleCloud WithArgument(string argument) => new SampleCloud()
        .With("netnode", "/cmdline", text => text + argument + "\0")
        .With("netnode", "ps -ef", text => text.Replace("--conf-file=/dev/null", $"--conf-file=/dev/null {argument}"));

    private static SampleCloud Changed(string argument, string other) => new SampleCloud()
        .With("netnode", "/cmdline", text => text.Replace(argument, other))
        .With("netnode", "ps -ef", text => text.Replace(argument, other));

    private static (DhcpPathStatus Status, string? Cause) Verdict(SampleCloud cloud)
    {
        DhcpPathResult result = cloud.Test(Mac);
        return (result.Status, result.Cause);
    }
}
