using System.Text;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>What nodes tell of their DHCP server where no record says what should be:
/// a real cloud without its records, and with lines taken out of what its nodes printed.</summary>
public sealed class RecordlessVerdictTests
{
    private const string InNamespace = "ip netns exec";
    private static readonly QuantumSnapshot s_recorded = SnapshotReader.Load(
        Path.Combine(Samples.Folder, "..", "..", "samples", "healthy-neutron-vxlan")) with { RecordOutputs = [] };

    [Fact]
    public void Nodes_alone_tell_a_whole_path() => Assert.Equal((DhcpPathStatus.Ok, null), Verdict((_, text) => text));

    [Fact]
    public void A_namespace_without_a_device_is_no_dhcp_server() =>
        Assert.Equal((DhcpPathStatus.Broken, "QN6002"), Verdict((command, text) =>
            command.Contains(InNamespace, StringComparison.Ordinal)
            && text.IndexOf("7: tap", StringComparison.Ordinal) is >= 0 and int device ? text[..device] : text));

    [Fact]
    public void A_device_without_an_address_answers_nobody() =>
        Assert.Equal((DhcpPathStatus.Broken, "QN6004"), Verdict((command, text) =>
            command.Contains(InNamespace, StringComparison.Ordinal) ? Without(text, "inet 192") : text));

    [Fact]
    public void A_port_whose_mac_stands_in_no_line_is_refused() =>
        Assert.Equal((DhcpPathStatus.Broken, "QN6008"),
            Verdict((command, text) => command.EndsWith("/host", StringComparison.Ordinal) ? "" : text));

    private static string Without(string text, string piece) =>
        string.Join('\n', text.Split('\n').Where(line => !line.Contains(piece, StringComparison.Ordinal)));

    private static (DhcpPathStatus Status, string? Cause) Verdict(Func<string, string, string> edit)
    {
        Cloud cloud = CloudReader.Read(s_recorded with
        {
            Outputs = Array.ConvertAll(s_recorded.Outputs,
                output => output with { StandardOutput = Encoding.UTF8.GetBytes(edit(output.Command, output.Text)) }),
        });
        DhcpPathTester tester = new(cloud);
        return Assert.Single(cloud.Records.Ports.Where(port => !port.IsDhcp && port.DeviceId.Length > 0)
            .Select(tester.Test).Select(result => (result.Status, result.Cause)).Distinct());
    }
}
