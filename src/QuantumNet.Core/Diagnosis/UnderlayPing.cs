using System.Globalization;
using QuantumNet.Paths;

namespace QuantumNet.Diagnosis;

/// <summary>A ping that shows the underlay between two tunnel addresses (iputils' ping(8)).</summary>
/// <param name="ComputerName">The node that sends it.</param>
/// <param name="RemoteComputerName">The node that should answer.</param>
/// <param name="IpAddress">The address that it goes to.</param>
/// <param name="Size">Bytes of the IP packet, in one piece; null for a small one that may be cut.</param>
/// <param name="Argv">The command.</param>
public sealed record UnderlayPing(
    string ComputerName, string RemoteComputerName, string IpAddress, int? Size, string[] Argv)
{
    private const int HeadersOfFour = 28, HeadersOfSix = 48;

    internal static IEnumerable<UnderlayPing> Of(DhcpLeg leg, LegEnd end, LegEnd peer)
    {
        if (end.Node is null || TunnelMesh.To(leg, end, peer) is not { RemoteIp: var remote } tunnel
            || remote is "" or "flow")
            yield break;
        string[] from = tunnel.LocalIp.Length > 0 ? ["-I", tunnel.LocalIp] : [];
        string[] once = ["ping", "-n", "-c", "1", "-W", "2", .. from];
        yield return new(end.NodeName, peer.NodeName, remote, null, [.. once, remote]);
        if (UnderlayFindings.LargestPacket(leg, end) is { } size)
        {
            int headers = remote.Contains(':') ? HeadersOfSix : HeadersOfFour;
            yield return new(end.NodeName, peer.NodeName, remote, size, [.. once, "-M", "do", "-s",
                (size - headers).ToString(CultureInfo.InvariantCulture), remote]);
        }
    }

    /// <summary>What became of it.</summary>
    /// <param name="exitStatus">ping's: 0 when it was answered, 1 when not, another when it could not run.</param>
    /// <param name="output">What it printed, errors too.</param>
    public OvsTunnelPing Answered(int? exitStatus, string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        PingAnswer answer = PingAnswer.Of(exitStatus, PingAnswer.Lines(output));
        return new()
        {
            ComputerName = ComputerName, RemoteComputerName = RemoteComputerName, IpAddress = IpAddress, Size = Size,
            Command = string.Join(' ', Argv), Text = answer.Text, IsAnswered = answer.IsAnswered,
        };
    }
}
