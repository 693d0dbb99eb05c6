using System.Text;
using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Faults;

/// <summary>Two authoritative dnsmasq of the lab: each refuses what the client asks of the other.</summary>
public sealed class SecondServerTests
{
    private const string Refusal = "DHCPNAK(tap10630fdf-29) 192.168.3.28 fa:16:3e:0e:33:38 wrong server-ID";
    private const string AsksAgain = "2026-11-28T22:32:13.200000+00:00 compute2 dnsmasq-dhcp[962]: "
        + "DHCPDISCOVER(tap10630fdf-29) fa:16:3e:0e:33:38\n";

    private readonly CorpusCase _case = CorpusCase.All["two-dhcp-agents/QN6012-authoritative"];

    [Fact]
    public void Refusal_of_a_client_that_took_the_other_servers_lease_is_a_latent_fault()
    {
        DhcpPathResult result = Test((_, text) => text);
        Assert.Equal((DhcpPathStatus.Degraded, "QN6012", "compute2"),
            (result.Status, result.Cause, result.ComputerName));
        Assert.Contains(Assert.Single(result.Findings, finding => finding.Code == "QN6012").Evidence,
            line => line.ComputerName == "compute2" && line.Text.EndsWith(Refusal, StringComparison.Ordinal));
    }

    [Fact]
    public void Client_that_starts_again_after_the_refusal_has_no_lease()
    {
        DhcpPathResult result = Test((node, text) => node == "compute2" ? text + AsksAgain : text);
        Assert.Equal((DhcpPathStatus.Broken, "QN6012", "compute2"), (result.Status, result.Cause, result.ComputerName));
    }

    [Fact]
    public void Refusal_without_any_lease_given_is_broken() =>
        Assert.Equal(DhcpPathStatus.Broken, Test((_, text) => string.Join('\n',
            text.Split('\n').Where(line => !line.Contains("DHCPACK", StringComparison.Ordinal)))).Status);

    [Fact]
    public void Lease_given_to_a_client_that_was_refused_before_and_asked_again_is_a_latent_fault() =>
        Assert.Equal(DhcpPathStatus.Degraded, Test((node, text) => node != "compute2" ? text : text + AsksAgain
            + AsksAgain.Replace("22:32:13", "22:32:14", StringComparison.Ordinal)
                .Replace("DHCPDISCOVER(tap10630fdf-29)", "DHCPACK(tap10630fdf-29) 192.168.3.28",
                    StringComparison.Ordinal)).Status);

    [Fact]
    public void Refusal_of_a_process_that_has_ended_says_nothing() =>
        AssertForetold(Test((_, text) =>
            text.Replace("dnsmasq-dhcp[962]: DHCPNAK", "dnsmasq-dhcp[686]: DHCPNAK", StringComparison.Ordinal)));

    [Fact]
    public void Refusal_for_another_reason_or_another_client_is_not_a_second_servers() =>
        AssertForetold(Test((_, text) =>
            text.Replace(Refusal, Refusal.Replace("0e:33:38", "0e:33:39", StringComparison.Ordinal),
                StringComparison.Ordinal)));

    [Fact]
    public void Servers_that_are_not_authoritative_refuse_nothing_meant_for_another()
    {
        Cloud cloud = CloudReader.Read(CorpusCase.All["two-dhcp-agents"].Load());
        DhcpPathResult result = new DhcpPathTester(cloud)
            .Test(cloud.Records.Ports.Single(port => port.PortId == _case.Ports[0]));
        Assert.Equal((DhcpPathStatus.Ok, null), (result.Status, result.Cause));
    }

    // Without a line of the log the settings tell that the second server would refuse.
    private static void AssertForetold(DhcpPathResult result)
    {
        Assert.Equal((DhcpPathStatus.Degraded, "QN6012"), (result.Status, result.Cause));
        Assert.Contains("would refuse fa:16:3e:0e:33:38 what it asks of ", result.Summary, StringComparison.Ordinal);
        Assert.Contains("(wrong server-ID); dhcpcd would start again", result.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Findings.SelectMany(finding => finding.Evidence),
            line => line.Text.Contains("DHCPNAK", StringComparison.Ordinal));
    }

    private DhcpPathResult Test(Func<string, string, string> editLog)
    {
        QuantumSnapshot snapshot = _case.Load();
        snapshot = snapshot with
        {
            Outputs = Array.ConvertAll(snapshot.Outputs, output =>
                output.Command.StartsWith("grep -a dnsmasq", StringComparison.Ordinal)
                    ? output with { StandardOutput = Encoding.UTF8.GetBytes(editLog(output.ComputerName, output.Text)) }
                    : output),
        };
        Cloud cloud = CloudReader.Read(snapshot);
        return new DhcpPathTester(cloud).Test(cloud.Records.Ports.Single(port => port.PortId == _case.Ports[0]));
    }
}
