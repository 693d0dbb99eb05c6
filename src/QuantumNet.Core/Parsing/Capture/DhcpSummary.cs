using System.Buffers.Binary;

namespace QuantumNet.Parsing.Capture;

/// <summary>What a glance at a DHCP message tells: the few options that decide, as offsets into it;
/// -1 for absent ones.</summary>
internal struct DhcpSummary
{
    public int ServerId;
    public int Requested;
    public int Lease;
    public int Flags;
    public DhcpMessageType Type;

    /// <summary>What was wrong; null when nothing.</summary>
    public string? Issue;

    private bool _isTypeSeen;

    /// <summary>Reads a message.</summary>
    public static DhcpSummary Read(ReadOnlySpan<byte> message)
    {
        var summary = new DhcpSummary { ServerId = -1, Requested = -1, Lease = -1 };
        if (message.Length >= DhcpFields.Flags + 2)
            summary.Flags = BinaryPrimitives.ReadUInt16BigEndian(message[DhcpFields.Flags..]);
        summary.CheckHeader(message);
        var options = new DhcpOptionWalk(message);
        while (options.MoveNext())
            summary.Take(options.Code, options.Offset, options.Length, message);
        summary.Issue ??= options.Issue;
        return summary;
    }

    private void CheckHeader(ReadOnlySpan<byte> message)
    {
        if (message.Length < DhcpFields.Cookie)
            Issue = "BOOTP message cut inside its header";
        else if (message[DhcpFields.Operation] is not (DhcpFields.BootRequest or DhcpFields.BootReply))
            Issue = "BOOTP operation is neither request nor reply";
        else if (message[DhcpFields.HardwareLength] > DhcpFields.MaximumHardwareLength)
            Issue = "hardware address longer than its field";
    }

    private void Take(int code, int offset, int length, ReadOnlySpan<byte> message)
    {
        const int Address = 4;
        switch (code)
        {
            case 50 when length == Address && Requested < 0:
                Requested = offset;
                break;
            case 51 when length == Address && Lease < 0:
                Lease = offset;
                break;
            case 53 when length == 1 && !_isTypeSeen:
                _isTypeSeen = true;
                Type = message[offset] is >= 1 and <= (int)DhcpMessageType.LeaseActive
                    ? (DhcpMessageType)message[offset] : DhcpMessageType.Other;
                break;
            case 54 when length == Address && ServerId < 0:
                ServerId = offset;
                break;
            case 50 or 51 or 53 or 54:
                Issue ??= $"option {code} of {length} bytes, or given twice";
                break;
        }
    }
}
