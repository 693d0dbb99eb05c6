namespace QuantumNet.Core.Tests.Faults;

/// <summary>dnsmasq reads the files that its arguments name.</summary>
public sealed class DnsmasqFileTests
{
    private const string Mac = "fa:16:3e:02:ea:33";

    [Fact]
    public void Process_of_another_release_whose_file_was_not_collected_is_unknown()
    {
        DhcpPathResult result = OfOldRelease().Test(Mac);
        Assert.Equal((DhcpPathStatus.Unknown, "QN6025"), (result.Status, result.Cause));
        Assert.Contains("cat /var/lib/quantum/dhcp/", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_of_another_release_whose_file_lacks_the_port_is_broken() =>
        Assert.Equal((DhcpPathStatus.Broken, "QN6025"),
            Verdict(OfOldRelease().Adding("netnode", "/host", Old, text => Without(text, Mac))));

    [Fact]
    public void Process_of_another_release_whose_file_has_the_port_serves_it() =>
        Assert.Equal((DhcpPathStatus.Ok, null), Verdict(OfOldRelease().Adding("netnode", "/host", Old, text => text)));

    [Fact]
    public void Folder_that_another_release_left_behind_says_nothing() =>
        Assert.Equal((DhcpPathStatus.Ok, null),
            Verdict(new SampleCloud().Adding("netnode", "/host", Old, text => Without(text, Mac))));

    private static string Old(string path) => path.Replace("/var/lib/neutron/", "/var/lib/quantum/",
        StringComparison.Ordinal);

    private static string Without(string text, string piece) =>
        string.Join('\n', text.Split('\n').Where(line => !line.Contains(piece, StringComparison.Ordinal)));

    private static SampleCloud OfOldRelease() =>
        new SampleCloud().With("netnode", "/cmdline", Old).With("netnode", "ps -ef", Old);

    private static (DhcpPathStatus Status, string? Cause) Verdict(SampleCloud cloud)
    {
        DhcpPathResult result = cloud.Test(Mac);
        return (result.Status, result.Cause);
    }
}
