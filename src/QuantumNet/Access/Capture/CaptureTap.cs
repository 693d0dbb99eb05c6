using System.Globalization;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;

namespace QuantumNet.Access.Capture;

/// <summary>How much a trace may take.</summary>
/// <param name="DurationSeconds">How long every tcpdump listens.</param>
/// <param name="PacketCount">After how many messages every tcpdump ends.</param>
/// <param name="SnapLength">Bytes of a packet that are captured.</param>
/// <param name="MaximumBytes">After how many bytes of its text every tcpdump ends: a message is some 1,400.</param>
internal sealed record CaptureLimits(
    int DurationSeconds, int PacketCount, int SnapLength = 1600, int MaximumBytes = 64 << 20);

/// <summary>One tcpdump on one node.</summary>
internal sealed record CaptureTap(TracePoint Point)
{
    /// <summary>The command. Promiscuous mode is asked for only where the device shows too little without,
    /// and ends with the command.</summary>
    /// <param name="limits">How much it may take.</param>
    /// <param name="mark">What its run is told by; null for the command that a snapshot keeps.</param>
    public string[] Command(CaptureLimits limits, uint? mark)
    {
        string[] inside = Point.Namespace.Length > 0 ? ["ip", "netns", "exec", Point.Namespace] : [];
        string[] mode = Point.NeedsPromiscuity ? [] : ["-p"];
        return
        [
            .. inside, "tcpdump", .. mode, "-l", "-n", "-tt", "-e", "-xx", "-s", Text(limits.SnapLength), "-c",
            Text(limits.PacketCount), "-i", Point.Device,
            mark is { } number ? TraceFilter.Marked(Point.Filter, number) : Point.Filter,
        ];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
