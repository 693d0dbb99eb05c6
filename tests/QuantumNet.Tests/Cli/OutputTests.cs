using System.Text.Json;
using System.Xml.Linq;
using QuantumNet.Cli;
using QuantumNet.Cli.Binding;
using QuantumNet.Cli.Output;
using QuantumNet.Pipeline;

namespace QuantumNet.Tests.Cli;

public sealed class OutputTests
{
    private static readonly DhcpPathResult s_broken = new()
    {
        PortId = "1408934f-1612-4d1c-b0f5-93dd86cb0b4a",
        InstanceName = "vm1",
        IpAddress = "172.241.0.2",
        ComputeNode = "compute1",
        DhcpNodes = ["netnode"],
        Status = DhcpPathStatus.Broken,
        Cause = "QN4002",
        Title = "Port is on the dead VLAN",
        ComputerName = "compute1",
        Object = "qvo1408934f-16",
        Summary = "qvo1408934f-16 on compute1 is on VLAN 4095, \"dead\", so all its traffic is dropped.",
        Remedy = "Restart the agent.",
        CollectedAt = new DateTime(2013, 5, 1, 12, 30, 0, DateTimeKind.Unspecified),
        DurationSeconds = 1.25,
        Findings =
        [
            new Finding
            {
                Code = "QN4002",
                Status = FindingStatus.Fail,
                Severity = CheckSeverity.Error,
                ComputerName = "compute1",
                Object = "qvo1408934f-16",
                Message = "It is on the dead VLAN",
                Evidence = [new Evidence { ComputerName = "compute1", Command = "ovs-vsctl show", LineNumber = 7,
                    Text = "            tag: 4095\u001b[2J" }],
            },
        ],
        Hops =
        [
            new Hop { Sequence = 1, ComputerName = "compute1", Component = HopComponent.Tap, Object = "tap1408934f-16",
                Action = HopAction.Forwarded },
            new Hop { Sequence = 2, ComputerName = "compute1", Component = HopComponent.OvsBridge, Object = "br-int",
                Action = HopAction.Dropped, Reason = "dead VLAN", Rule = "priority=2,in_port=5 actions=drop" },
        ],
    };

    [Fact]
    public void The_json_of_a_verdict_keeps_its_contract()
    {
        using JsonDocument json = JsonDocument.Parse(Print([s_broken], OutputFormat.Json));
        JsonElement verdict = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(
            [
                "PortId", "NetworkId", "Mac", "IpAddress", "InstanceId", "InstanceName", "ComputeNode", "DhcpNodes",
                "Status", "Cause", "Title", "ComputerName", "Object", "Direction", "Summary", "Remedy", "Findings",
                "Hops", "CollectedAt", "DurationSeconds",
            ],
            verdict.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["Code", "Title", "Severity", "Status", "ComputerName", "Object", "Message",
                "Evidence", "Remedy", "CausedBy"],
            verdict.GetProperty("Findings")[0].EnumerateObject().Select(property => property.Name).Take(10));
        Assert.Equal(
            ["Sequence", "Direction", "ComputerName", "Component", "Object", "Action", "Rule", "Reason", "Evidence"],
            verdict.GetProperty("Hops")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("Broken", verdict.GetProperty("Status").GetString());
        Assert.Equal(JsonValueKind.Null, verdict.GetProperty("Direction").ValueKind);
        Assert.Equal("2013-05-01T12:30:00Z", verdict.GetProperty("CollectedAt").GetString());
        Assert.Equal("Dropped", verdict.GetProperty("Hops")[1].GetProperty("Action").GetString());
    }

    [Fact]
    public void Nothing_is_an_empty_array_in_json() => Assert.Equal("[]", Print([], OutputFormat.Json).Trim());

    [Fact]
    public void A_single_verdict_is_a_list_with_its_path_drawn_and_the_break_marked()
    {
        string[] lines = Print([s_broken], OutputFormat.Default, 100).Split('\n');
        Assert.Contains(lines, line =>
            line.TrimEnd().EndsWith("X  2  compute1  OvsBridge  br-int  Dropped", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("> priority=2,in_port=5 actions=drop", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("> tag: 4095", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, 100));
    }

    [Fact]
    public void Several_verdicts_are_a_table_as_wide_as_the_terminal()
    {
        string text = Print([s_broken, s_broken with { Status = DhcpPathStatus.Ok, Cause = null,
            Title = new string('t', 90), ComputeNode = "compute2" }], OutputFormat.Default, 80);
        Assert.Equal(3, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);      // one heading
        Assert.Contains("Broken", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Fact]
    public void A_table_starts_anew_for_each_group()
    {
        string text = Print([.. s_broken.Hops,
            .. s_broken.Hops.Select(hop => hop with { Direction = DhcpDirection.Reply })], OutputFormat.Table, 80);
        Assert.Contains("   Direction: Request", text, StringComparison.Ordinal);
        Assert.Contains("   Direction: Reply", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_of_nodes_reach_no_terminal()
    {
        foreach (OutputFormat format in Enum.GetValues<OutputFormat>()
            .Where(format => format is not OutputFormat.Json))
            Assert.DoesNotContain('\u001b', Print([s_broken], format));
    }

    [Fact]
    public void Csv_quotes_as_rfc_4180_says()
    {
        string[] lines = Print([s_broken], OutputFormat.Csv).TrimEnd().Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("PortId,NetworkId,", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"qvo1408934f-16 on compute1 is on VLAN 4095, \"\"dead\"\", so all its traffic is dropped.\"",
            lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"", "\"=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("@SUM(A1)", "'@SUM(A1)", "@SUM(A1)")]
    [InlineData("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0", "-1+cmd|' /C calc'!A0")]
    [InlineData("-12", "-12", "-12")]
    [InlineData("a\u001b[31m", "a\ufffd[31m", "a\ufffd[31m")]
    public void Csv_runs_nothing_in_a_spreadsheet_unless_wanted_raw(string value, string safe, string raw)
    {
        Assert.Equal(safe, Print([value], OutputFormat.Csv).TrimEnd().Split(Environment.NewLine)[1]);
        Assert.Equal(raw, Print([value], OutputFormat.RawCsv).TrimEnd().Split(Environment.NewLine)[1]);
    }

    [Fact]
    public void Metrics_tell_each_verdict_and_how_many_there_are()
    {
        string[] lines = Print([s_broken, s_broken with { PortId = "a\\\"b\nc", InstanceName = "",
            Status = DhcpPathStatus.Unknown, Cause = null }], OutputFormat.OpenMetrics).Split('\n');
        Assert.Equal(["# EOF", ""], lines[^2..]);
        Assert.Contains(lines, line => line.StartsWith("quantumnet_verdict{test=", StringComparison.Ordinal)
            && line.EndsWith("status=\"Broken\",cause=\"QN4002\"} 1", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("subject=\"a\\\\\\\"b\\nc\"", StringComparison.Ordinal));
        Assert.Equal(["Broken 1", "Degraded 0", "Ok 0", "Unknown 1"], lines
            .Where(line => line.StartsWith("quantumnet_verdicts{", StringComparison.Ordinal))
            .Select(line => $"{line.Split('"')[3]} {line[^1]}").Order(StringComparer.Ordinal));
        Assert.All(lines[..^2], line => Assert.Matches("^(# (HELP|TYPE) |quantumnet_[a-z_]+\\{.*\\} [0-9]+$)", line));
    }

    [Fact]
    public void Junit_counts_what_is_broken_and_what_could_not_be_told()
    {
        XElement suite = XDocument.Parse(Print(
            [s_broken, s_broken with { Status = DhcpPathStatus.Unknown },
                s_broken with { Status = DhcpPathStatus.Ok, Findings = [] }],
            OutputFormat.JUnit)).Root!.Element("testsuite")!;
        Assert.Equal(("3", "1", "1"), ((string)suite.Attribute("tests")!, (string)suite.Attribute("failures")!,
            (string)suite.Attribute("errors")!));
        Assert.Equal("QN4002", (string)suite.Element("testcase")!.Element("failure")!.Attribute("type")!);
    }

    [Theory]
    [InlineData("Table")]
    [InlineData("List")]
    [InlineData("Json")]
    [InlineData("JsonLines")]
    [InlineData("Csv")]
    public async Task A_packet_is_printed_while_others_are_waited_for(string format)
    {
        using var output = new StringWriter();
        ResultStream stream = ResultStream.Open("Trace-DhcpPacket", Enum.Parse<OutputFormat>(format),
            new CliTerminal { Output = output, Error = TextWriter.Null });
        stream.Add(new DhcpPacketObservation { Hop = "compute1/tap1", TransactionId = "0x00000001" });
        for (int i = 0; i < 100 && !output.ToString().Contains("0x00000001", StringComparison.Ordinal); i++)
            await Task.Delay(50);
        string first = output.ToString();
        stream.Add(
            new DhcpPacketObservation { Hop = "a-node-with-a-much-longer-name/tap1", TransactionId = "0x00000002" });
        stream.End();

        Assert.Contains("0x00000001", first, StringComparison.Ordinal);
        Assert.StartsWith(first, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("a-node-with-a-much-longer-name/tap1", output.ToString(), StringComparison.Ordinal);
        if (format == "Table")
            Assert.Single(output.ToString().Split('\n'), line => line.StartsWith("Time ", StringComparison.Ordinal));
        if (format == "Json")
            Assert.Equal(2, JsonDocument.Parse(output.ToString()).RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData(DhcpPathStatus.Ok, 0)]
    [InlineData(DhcpPathStatus.Degraded, 0)]
    [InlineData(DhcpPathStatus.Broken, 2)]
    [InlineData(DhcpPathStatus.Unknown, 3)]
    public void The_exit_status_tells_the_verdict(DhcpPathStatus status, int expected) =>
        Assert.Equal(expected, StatusOf([s_broken with { Status = status }], []));

    [Fact]
    public void Broken_outweighs_errors_and_errors_outweigh_doubt()
    {
        QuantumError error = Errors.NodeNotFound("n1");
        DhcpPathResult unknown = s_broken with { Status = DhcpPathStatus.Unknown };
        Assert.Equal(2, StatusOf([unknown, s_broken], [error]));
        Assert.Equal(1, StatusOf([unknown], [error]));
        Assert.Equal(1, StatusOf([], [error]));
        Assert.Equal(3, StatusOf([false], [Errors.PathUnknown(unknown)]));
        Assert.Equal(2, StatusOf([false], []));
        Assert.Equal(0, StatusOf([true], []));
        Assert.Equal(2, StatusOf([new Finding { Status = FindingStatus.Fail }], []));
        Assert.Equal(3, StatusOf([new Finding { Status = FindingStatus.Unknown }], []));
        Assert.Equal(2,
            StatusOf([new DhcpPacketObservation(), new DhcpTraceResult { Status = DhcpPathStatus.Broken }], []));
        Assert.Equal(3, StatusOf([new DhcpTraceResult { Status = DhcpPathStatus.Unknown }], []));
        Assert.Equal(0, StatusOf([new DhcpTraceResult { Status = DhcpPathStatus.Ok }], []));
        Assert.Equal(2, StatusOf([new DhcpProbeResult { Status = DhcpProbeStatus.ReplyLost }], []));
        Assert.Equal(0, StatusOf([new DhcpProbeResult { Status = DhcpProbeStatus.Answered }], []));
    }

    private static string Print(IReadOnlyList<object> results, OutputFormat format, int width = 120)
    {
        using var output = new StringWriter();
        ResultStream stream = ResultStream.Open("Test-DhcpPath", format,
            new CliTerminal { Output = output, Error = TextWriter.Null, Width = width });
        foreach (object result in results)
            stream.Add(result);
        stream.End();
        return output.ToString();
    }

    private static int StatusOf(object[] results, QuantumError[] errors)
    {
        var outcome = new Outcome();
        Array.ForEach(results, outcome.Add);
        Array.ForEach(errors, outcome.Add);
        return outcome.Status;
    }
}
