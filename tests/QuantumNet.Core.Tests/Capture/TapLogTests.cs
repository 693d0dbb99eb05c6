using System.Text;
using QuantumNet.Core.Tests.Parsing;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Captures;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>What a trace keeps of its tcpdumps, read back from a snapshot.</summary>
public sealed class TapLogTests
{
    private const string Listening = "listening on eth0, link-type EN10MB (Ethernet), snapshot length 1600 bytes";

    public static TheoryData<string> Files => Captures.Recorded();

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Capture_read_back_holds_every_message_and_when_it_came(string file)
    {
        string path = Path.Combine(Samples.Folder, file);
        TapLog log = Listen(Tool.Run("tcpdump", "-l", "-n", "-tt", "-e", "-xx", "-r", path));
        log.End(9.5, "it had 10 packets");

        TapCapture read = ReadBack(log);

        Assert.Equal(Captures.Read(path, out _).Count, read.Packets.Count);
        Assert.Equal(Lines(log.Capture), Lines(read));
        Assert.Equal((true, 0.25, 9.5, "it had 10 packets", ""),
            (read.IsListening, read.From, read.Until, read.EndReason, read.Obstacle));
    }

    [Fact]
    public void Tap_that_does_not_listen_says_why_and_since_when()
    {
        TapLog log = new(1600, isKept: true);
        log.Error("tcpdump: eth9: No such device exists", 0.1);
        log.Fail(0.2, "tcpdump: eth9: No such device exists");

        TapCapture read = ReadBack(log);

        Assert.Equal((false, 0.2, null, "tcpdump: eth9: No such device exists"),
            (read.IsListening, read.From, read.Until, read.Obstacle));
    }

    [Fact]
    public void Tap_of_a_lost_node_keeps_when_it_was_heard_last()
    {
        TapLog log = Listen("");
        log.Lose(30.5, "the connection ended");

        TapCapture read = ReadBack(log);

        Assert.Equal((true, 0.25, 30.5, "the connection ended", "the connection ended"),
            (read.IsListening, read.From, read.Until, read.EndReason, read.Obstacle));
    }

    [Fact]
    public void Tap_that_the_trace_ended_has_no_end_of_its_own() => Assert.Null(ReadBack(Listen("")).Until);

    [Fact]
    public void Line_that_no_trace_writes_is_reported()
    {
        List<ParseIssue> issues = [];
        TapLog.Read("# listening 0.2\n# whatever\n", Listening, new TextSource("node", "tcpdump", issues));

        Assert.Equal((2, "# whatever"), (Assert.Single(issues).LineNumber, issues[0].Text));
    }

    [SkippableFact]
    public void Damaged_log_never_throws()
    {
        string path = Captures.RecordedFiles().First();
        TapLog log = Listen(Tool.Run("tcpdump", "-l", "-n", "-tt", "-e", "-xx", "-r", path));
        Mutations.NeverThrow(TextOf(log),
            text => TapLog.Read(text, Listening, new TextSource("node", "tcpdump", new List<ParseIssue>())));
    }

    /// <summary>Every line comes half a second after the one before.</summary>
    private static TapLog Listen(string text)
    {
        TapLog log = new(1600, isKept: true);
        log.Error(Listening, 0.25);
        double at = 0.25;
        foreach (string line in text.Split('\n'))
            log.Output(line, at += 0.5);
        log.Flush();
        return log;
    }

    private static string TextOf(TapLog log) => Encoding.UTF8.GetString(log.Text.Span);

    private static TapCapture ReadBack(TapLog log)
    {
        CommandOutput output = CaptureOutputs.Of(log,
            log.Capture with { ComputerName = "node", Device = "eth0" }, ["tcpdump", "-i", "eth0", "udp"]);
        List<ParseIssue> issues = [];
        TapCapture read = Assert.Single(CaptureOutputs.Read([output], issues));
        Assert.Empty(issues);
        Assert.Equal(("node", "eth0", "udp"), (read.ComputerName, read.Device, read.Filter));
        return read;
    }

    private static IEnumerable<string> Lines(TapCapture capture) => capture.Packets.Select(seen =>
        $"{seen.Arrival} {seen.Packet.TimeNanoseconds} {seen.Packet.Type} {seen.Packet.TransactionId}");
}
