using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>Which files dnsmasq reads its settings from (option.c, read_opts()).</summary>
public sealed class DnsmasqConfigurationTests
{
    private static readonly Dictionary<string, string[]> s_files = new()
    {
        ["/etc/dnsmasq.conf"] = ["# by the package", "dhcp-ignore=tag:!known"],
        ["/etc/one.conf"] = ["dhcp-range=10.0.0.0,static", "conf-file=/etc/two.conf"],
        ["/etc/two.conf"] = ["dhcp-authoritative"],
        ["/etc/round.conf"] = ["conf-file=/etc/round.conf", "no-ping"],
    };

    [Theory]
    [InlineData("2.59", false)]
    [InlineData("2.72", false)]
    [InlineData("2.73", true)]
    [InlineData("started, version 2.90 cachesize 150", true)]
    [InlineData("", true)]
    public void Empty_name_of_a_configuration_file_means_the_default_one_since_2_73(string version, bool isRead) =>
        Assert.Equal(isRead, Read(version, "--conf-file=").Has("dhcp-ignore"));

    [Fact]
    public void Named_file_is_read_with_those_that_it_names()
    {
        DnsmasqConfiguration configuration = Read("", "--conf-file=/etc/none.conf", "--conf-file=/etc/one.conf");
        Assert.Single(configuration.Ranges);
        Assert.True(configuration.Has("dhcp-authoritative"));
        Assert.False(configuration.Has("dhcp-ignore"));
        Assert.Empty(configuration.Missing);
    }

    [Fact]
    public void File_that_names_itself_is_read_to_an_end() =>
        Assert.True(Read("", "--conf-file=/etc/round.conf").Has("no-ping"));

    [Fact]
    public void File_that_was_not_collected_is_missing_where_it_was_named()
    {
        Assert.Equal(["/etc/gone.conf was not collected"], Read("", "--conf-file=/etc/gone.conf").Missing);
        DnsmasqConfiguration unnamed = DnsmasqConfiguration.Read(["dnsmasq", "--conf-file="], _ => null, "2.90");
        Assert.Empty(unnamed.Missing);
        Assert.Equal(["/etc/dnsmasq.conf"], unnamed.NotRead);
    }

    private static DnsmasqConfiguration Read(string version, params string[] arguments) =>
        DnsmasqConfiguration.Read(["dnsmasq", .. arguments], file => s_files.GetValueOrDefault(file), version);
}
