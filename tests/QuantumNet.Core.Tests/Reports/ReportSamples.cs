using System.Text;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Reports;

/// <summary>Real verdicts: the recorded cloud as it was, and with lines taken out of its outputs.</summary>
internal static class ReportSamples
{
    public static Cloud Healthy { get; } = CloudReader.Read(Load());

    public static Cloud Untagged { get; } = Edited("compute1", "ovs-vsctl", text => WithoutLines(text, "tag: 1"));

    public static Cloud WithoutInboundFlow { get; } = Edited("netnode", "ovs-ofctl",
        text => WithoutLines(text, "tun_id="));

    public static Cloud WithoutHostLine { get; } = Edited("netnode", "cat",
        text => text.Contains("fa:16:3e", StringComparison.Ordinal) ? "" : text);

    public static DhcpPathResult Verdict(Cloud cloud) => new DhcpPathTester(cloud).Test(cloud.Records.Ports
        .First(port => !port.IsDhcp && port.DeviceOwner.StartsWith("compute", StringComparison.Ordinal)));

    public static DhcpPathResult Broken => Verdict(WithoutInboundFlow);

    /// <summary>Ports of three causes, and fine ones.</summary>
    public static List<DhcpPathResult> Fleet() =>
    [
        .. new[] { Untagged, WithoutInboundFlow, WithoutHostLine, Healthy }.Select(Verdict)
            .SelectMany((verdict, kind) => Enumerable.Range(1, 15).Select(number => verdict
                with { InstanceName = $"vm-{kind}-{number}", PortId = $"{kind}{number:00}{verdict.PortId[3..]}" })),
    ];

    public static DhcpPathResult Hostile()
    {
        const string name = "<script>alert(1)</script>\"'&\u202Etxt.exe\0\u001b[31m \u540d\u524d\ud800";
        string longName = name + new string('W', 120);
        DhcpPathResult broken = Broken;
        return broken with
        {
            InstanceName = name,
            Summary = longName,
            ComputeNode = longName,
            Hops = [.. broken.Hops.Select(hop => hop with
            {
                ComputerName = hop.ComputerName == broken.ComputeNode ? longName : hop.ComputerName,
                Object = longName,
                Reason = longName,
            })],
            Findings = [.. broken.Findings.Select(finding => finding with { Object = longName, Message = longName,
                Evidence = [new Evidence { ComputerName = name, Command = longName, Text = longName + "\n]]>" }] })],
        };
    }

    private static QuantumSnapshot Load() =>
        SnapshotReader.Load(Path.Combine(Samples.Folder, "neutron-zed", "hybrid-gre.zip"));

    private static Cloud Edited(string node, string program, Func<string, string> edit)
    {
        QuantumSnapshot snapshot = Load();
        return CloudReader.Read(snapshot with
        {
            Outputs = [.. snapshot.Outputs.Select(output => output.ComputerName == node && output.Argv.Length > 0
                    && output.Argv[0].EndsWith(program, StringComparison.Ordinal)
                ? With(output, edit(output.Text)) : output)],
        });
    }

    private static CommandOutput With(CommandOutput output, string text) => new()
    {
        ComputerName = output.ComputerName,
        Collector = output.Collector,
        Subject = output.Subject,
        Argv = output.Argv,
        ExitStatus = output.ExitStatus,
        StartedAt = output.StartedAt,
        StandardOutput = Encoding.UTF8.GetBytes(text),
    };

    private static string WithoutLines(string text, string word) =>
        string.Join('\n', text.Split('\n').Where(line => !line.Contains(word, StringComparison.Ordinal)));
}
