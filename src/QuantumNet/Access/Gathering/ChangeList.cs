using System.Buffers;
namespace QuantumNet.Access.Gathering;

/// <summary>Everything that may change a node's state, and only after the user agreed (ShouldProcess). It is apart from
/// <see cref="AllowList"/>: no collector can reach it, and the sudoers fragment for reading names none of it.</summary>
internal static class ChangeList
{
    private const string IntoTheTables = "resubmit(,0)";
    private const int MaximumPacket = 2 * 1500;

    /// <summary>Whether a command may run.</summary>
    public static bool Allows(IReadOnlyList<string> argv) => (string[])[.. argv] switch
    {
        ["ovs-ofctl", "packet-out", .. var rest] => IsPacketOut(rest),
        ["ovs-ofctl", "-O", "OpenFlow13", "packet-out", .. var rest] => IsPacketOut(rest),
        ["systemctl", "restart", var service] => AgentServices.IsKnown(service),
        ["env", "-u", "QUANTUMNET_RUN", "service", var service, "restart"] => AgentServices.IsKnown(service),
        _ => false,
    };

    private static bool IsPacketOut(string[] arguments) => arguments switch
    {
        [var bridge, var port, IntoTheTables, var packet] => IsName(bridge) && IsNumber(port) && IsPacket(packet),
        [var bridge, var keyed] => IsName(bridge) && IsKeyed(keyed),
        _ => false,
    };

    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdef");

    private static bool IsKeyed(string text) => text.Split(' ') is [var port, var packet, "actions=" + IntoTheTables]
        && port.StartsWith("in_port=", StringComparison.Ordinal) && IsNumber(port[8..])
        && packet.StartsWith("packet=", StringComparison.Ordinal) && IsPacket(packet[7..]);

    private static bool IsNumber(string text) => text.Length is > 0 and <= 10
        && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsPacket(string text) => text.Length is > 0 and <= MaximumPacket
        && text.AsSpan().IndexOfAnyExcept(s_hexadecimal) < 0;

    // A bridge is a device: 15 characters at most, and no option or address of a switch elsewhere (tcp:, ssl:).
    private static bool IsName(string text) => text.Length is > 0 and <= 15 && text[0] != '-'
        && !text.Contains(':') && !text.Contains('/')
        && !text.AsSpan().ContainsAny(" \t\r\n");
}
