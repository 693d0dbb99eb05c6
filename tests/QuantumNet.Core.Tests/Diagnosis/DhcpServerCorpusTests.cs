using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>The verdicts on the DHCP servers of the corpus' clouds: those whose fault is the server's are named, with
/// and without records; all others serve their networks, whatever is wrong elsewhere.</summary>
public sealed class DhcpServerCorpusTests
{
    /// <summary>Faults that are none of the server's are told by no server.</summary>
    private static readonly Dictionary<string, (DhcpPathStatus Status, string Cause)> s_faults = new()
    {
        ["QN1001-disabled"] = (DhcpPathStatus.Broken, "QN1001"),
        ["QN1002-unscheduled"] = (DhcpPathStatus.Broken, "QN1002"),
        ["QN1003-down"] = (DhcpPathStatus.Degraded, "QN1003"),
        ["QN1003-missed"] = (DhcpPathStatus.Broken, "QN1003"),
        ["QN1007-dhcp"] = (DhcpPathStatus.Broken, "QN6002"),
        ["QN1015-agent"] = (DhcpPathStatus.Broken, "QN1002"),
        ["QN6001-namespace"] = (DhcpPathStatus.Broken, "QN6001"),
        ["QN6002-down"] = (DhcpPathStatus.Broken, "QN6002"),
        ["QN6002-tag"] = (DhcpPathStatus.Broken, "QN6002"),
        ["QN6002-unplugged"] = (DhcpPathStatus.Broken, "QN6002"),
        ["QN6003-stale"] = (DhcpPathStatus.Degraded, "QN6003"),
        ["QN6004-missing"] = (DhcpPathStatus.Broken, "QN6004"),
        ["QN6004-wrong"] = (DhcpPathStatus.Broken, "QN6004"),
        ["QN6005-dead"] = (DhcpPathStatus.Broken, "QN6005"),
        ["QN6007-duplicate"] = (DhcpPathStatus.Degraded, "QN6007"),
        ["QN6008-line"] = (DhcpPathStatus.Broken, "QN6008"),
        ["QN6009-address"] = (DhcpPathStatus.Broken, "QN6009"),
        ["QN6010-unread"] = (DhcpPathStatus.Broken, "QN6010"),
        ["QN6011-lease"] = (DhcpPathStatus.Broken, "QN6011"),
        ["QN6012-authoritative"] = (DhcpPathStatus.Degraded, "QN6012"),
        ["QN6022-input"] = (DhcpPathStatus.Broken, "QN6022"),
        ["QN6025-release"] = (DhcpPathStatus.Broken, "QN6025"),
    };

    /// <summary>What only the records tell, or what they are held against.</summary>
    private static readonly string[] s_ofRecords = ["QN1001", "QN1002", "QN1003", "QN1015", "QN6004", "QN6008"];

    private static IEnumerable<CorpusCase> Cases => CorpusCase.All.Values
        .OrderBy(one => one.Name, StringComparer.Ordinal)
        .Where(one => !one.Name.EndsWith("QN6011-other", StringComparison.Ordinal));

    [Fact]
    public void Each_server_gets_the_verdict_of_its_fault_and_no_other()
    {
        List<string> wrong = [];
        foreach (CorpusCase one in Cases)
        {
            (DhcpPathStatus Status, string? Cause) expected = s_faults.TryGetValue(
                one.Name[(one.Name.IndexOf('/', StringComparison.Ordinal) + 1)..], out var fault)
                ? fault : (DhcpPathStatus.Ok, null);
            foreach (DhcpServerResult result in Results(one.Load()))
            {
                if ((result.Status, result.Cause) != expected)
                    wrong.Add($"{one.Name}: {result.Status} {result.Cause}, not {expected}: {result.Summary}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Without_records_the_nodes_tell_the_same()
    {
        List<string> wrong = [];
        foreach (CorpusCase one in Cases.Where(one => !s_ofRecords.Any(code => one.Fault == code)))
        {
            string name = one.Name[(one.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
            DhcpPathStatus expected = s_faults.TryGetValue(name, out var fault) ? fault.Status : DhcpPathStatus.Ok;
            foreach (DhcpServerResult result in
                Results(one.Load() with { RecordOutputs = [], RecordSource = RecordSource.Inferred }))
            {
                if (result.Status != expected)
                    wrong.Add($"{one.Name}: {result.Status} {result.Cause}, not {expected}: {result.Summary}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // What is missing may decide; where it does not, the verdict stays. It is never Ok by luck.
    [Theory]
    [InlineData("Process")]
    [InlineData("Socket")]
    [InlineData("NodeLink")]
    [InlineData("OvsPort")]
    [InlineData("DhcpHost")]
    [InlineData("Iptables")]
    [InlineData("DhcpEvent")]
    [InlineData("OvsFlow")]
    public void Server_is_unknown_without_evidence_that_decides(string collector)
    {
        foreach (string name in (string[])["grizzly-gre", "neutron-vxlan"])
        {
            QuantumSnapshot whole = CorpusCase.All[name].Load();
            QuantumSnapshot poor = whole with
            {
                Outputs = Array.FindAll(whole.Outputs, output => output.Collector != collector
                    && (collector != "Process" || output.Collector != "DhcpServer")),
            };
            DhcpServerResult result = Assert.Single(Results(poor));
            Assert.Equal((name, DhcpPathStatus.Unknown), (name, result.Status));
            Assert.Contains(result.Findings, finding => finding.Message.Contains("; run `", StringComparison.Ordinal));
        }
    }

    private static DhcpServerResult[] Results(QuantumSnapshot snapshot)
    {
        var tester = new DhcpServerTester(CloudReader.Read(snapshot));
        return [.. tester.Networks.SelectMany(
            network => tester.NodesOf(network).Select(node => tester.Test(network, node)))];
    }
}
