using System.Buffers.Binary;

namespace QuantumNet.Parsing.Capture;

/// <summary>Walks over the options of a DHCP message (RFC 2132): the options field, then, where option 52 says so,
/// the file and sname fields, in the order in which pieces of long options are joined (RFC 3396 section 7).</summary>
internal ref struct DhcpOptionWalk
{
    private const int Pad = 0;
    private const int End = 255;
    private const int Overload = 52;

    private readonly ReadOnlySpan<byte> _message;
    private int _at;
    private int _end;
    private int _overload;
    private int _region;

    public DhcpOptionWalk(ReadOnlySpan<byte> message)
    {
        _message = message;
        bool isDhcp = message.Length >= DhcpFields.Options
            && BinaryPrimitives.ReadUInt32BigEndian(message[DhcpFields.Cookie..]) == DhcpFields.CookieValue;
        _at = isDhcp ? DhcpFields.Options : 0;
        _end = isDhcp ? message.Length : 0;
    }

    /// <summary>The option's number.</summary>
    public int Code { get; private set; }

    /// <summary>Where its value lies in the message.</summary>
    public int Offset { get; private set; }

    /// <summary>Bytes of its value.</summary>
    public int Length { get; private set; }

    /// <summary>What was wrong; null when nothing.</summary>
    public string? Issue { get; private set; }

    /// <summary>Goes to the next option; false when there is none.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            while (_at < _end && _message[_at] == Pad)
                _at++;
            if (_at >= _end || _message[_at] == End)
            {
                if (!TryNextRegion())
                    return false;
                continue;
            }
            if (TryOption())
                return true;
            _at = _end;                                 // nothing behind it can be made out
        }
    }

    private bool TryOption()
    {
        Code = _message[_at];
        if (_at + 2 > _end || _at + 2 + _message[_at + 1] > _end)
        {
            Issue ??= $"option {Code} runs past the end";
            return false;
        }
        Length = _message[_at + 1];
        Offset = _at + 2;
        _at = Offset + Length;
        if (Code == Overload && Length == 1 && _region == 0)
            _overload = _message[Offset];
        return true;
    }

    private bool TryNextRegion()
    {
        const int UsesFile = 1, UsesServerName = 2;
        while (++_region <= 2)
        {
            if (_region == 1 && (_overload & UsesFile) != 0)
                return SetRegion(DhcpFields.BootFile, DhcpFields.BootFileLength);
            if (_region == 2 && (_overload & UsesServerName) != 0)
                return SetRegion(DhcpFields.ServerName, DhcpFields.ServerNameLength);
        }
        return false;
    }

    private bool SetRegion(int start, int length)
    {
        _at = start;
        _end = start + length;
        return true;
    }
}
