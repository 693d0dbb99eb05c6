using QuantumNet.Access.Capture;
using QuantumNet.Binding;
using QuantumNet.Parsing.Capture;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the DHCP messages of capture files, through VLANs and tunnels.</summary>
[Cmdlet(VerbsCommon.Get, "DhcpPacket")]
[OutputType(typeof(DhcpPacket), typeof(ArpPacket))]
public sealed class GetDhcpPacketCommand : QuantumCmdlet
{
    /// <summary>The files (pcap, pcapng); <c>*</c> and <c>?</c> in the last part of a path fit several.</summary>
    [TextOnly(OrFile = true)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Only messages about these clients (chaddr), wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MacCompleter))]
    [SupportsWildcards]
    public string[] Mac { get; set; } = [];

    /// <summary>Only messages of these types.</summary>
    [Parameter]
    public DhcpMessageType[] Type { get; set; } = [];

    /// <summary>ARP messages, too.</summary>
    [Parameter]
    public SwitchParameter IncludeArp { get; set; }

    private protected override void Process()
    {
        IReadOnlyList<string> files = new PathChoice(CommandHost, CaptureErrors.NotFound).Of(Path, []);
        Filter<DhcpPacket> filter = new Filter<DhcpPacket>().Name(Mac, packet => packet.Mac);
        if (Type is { Length: > 0 } types)
            filter.Where(string.Join(',', types), packet => Array.IndexOf(types, packet.Type) >= 0);
        bool withArp = IsOn(IncludeArp);
        Pump((pipe, stop) =>
        {
            foreach (string file in files)
                TryRead(file, filter, withArp, pipe, stop);
            return Task.CompletedTask;
        });
    }

    /// <summary>One file's trouble does not keep the others from being read.</summary>
    private static void TryRead(
        string file, Filter<DhcpPacket> filter, bool withArp, PipelineWriter pipe, CancellationToken stop)
    {
        try
        {
            Read(file, filter, withArp, pipe, stop);
        }
        catch (QuantumException e)
        {
            pipe.Error(e.Error);
        }
    }

    private static void Read(
        string file, Filter<DhcpPacket> filter, bool withArp, PipelineWriter pipe, CancellationToken stop)
    {
        List<ParseIssue> issues = [];
        var source = new TextSource("", file, issues) { Path = file };
        using (FileStream stream = CaptureFiles.Open(file))
        {
            foreach (object packet in
                withArp ? CaptureFile.ReadDhcpAndArp(stream, source) : CaptureFile.ReadDhcp(stream, source))
            {
                stop.ThrowIfCancellationRequested();
                if (packet is not DhcpPacket dhcp || filter.Matches(dhcp))
                    pipe.Object(packet);
            }
        }
        foreach (ParseIssue issue in issues)
            Tell(file, issue, pipe);
    }

    private static void Tell(string file, ParseIssue issue, PipelineWriter pipe)
    {
        if (issue.LineNumber == 0)
            pipe.Error(CaptureErrors.NotACapture(file, issue));
        else if (issue.Reason == CaptureIssue.Truncated)
            pipe.Warning($"{file}: {issue.Text}; the frames before were read.");
        else if (issue.Reason is CaptureIssue.MalformedPacket or CaptureIssue.UnknownLinkType)
            pipe.Verbose(issue.ToString());
        else
            pipe.Error(CaptureErrors.Damaged(file, issue));
    }
}
