using System.Globalization;
using QuantumNet.Diagnosis;

namespace QuantumNet.Access.Capture;

/// <summary>How much a trace may take.</summary>
/// <param name="DurationSeconds">How long every tcpdump listens.</param>
/// <param name="PacketCount">After how many messages every tcpdump ends.</param>
/// <param name="SnapLength">Bytes of a packet that are captured.</param>
internal sealed record CaptureLimits(int DurationSeconds, int PacketCount, int SnapLength = 1600);

/// <summary>One tcpdump on one node.</summary>
internal sealed record CaptureTap(TracePoint Point)
{
    /// <summary>The command. Promiscuous mode is asked for only where the device shows too little without, and ends with the command.</summary>
    public string[] Command(CaptureLimits limits)
    {
        string[] inside = Point.Namespace.Length > 0 ? ["ip", "netns", "exec", Point.Namespace] : [];
        string[] mode = Point.NeedsPromiscuity ? [] : ["-p"];
        return
        [
            .. inside, "tcpdump", .. mode, "-l", "-n", "-tt", "-e", "-xx", "-s", Text(limits.SnapLength), "-c", Text(limits.PacketCount),
            "-i", Point.Device, Point.Filter,
        ];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
