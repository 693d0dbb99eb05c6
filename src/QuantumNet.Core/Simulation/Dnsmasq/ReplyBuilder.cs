using System.Buffers.Binary;
using System.Text;

namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>Puts options into an answer while they fit: into the options' own part, then into the fields of file and
/// server name, where they are free (rfc2131.c, free_space(), option_put()).</summary>
internal sealed class ReplyBuilder
{
    private const int Header = 236, Cookie = 4, FileSize = 128, NameSize = 64, HeadersBelow = 28,
        Smallest = 548, Largest = 16384;
    private const int OverloadSize = 3;

    private readonly List<DhcpReplyOption> _options = [];
    private readonly List<int> _leftOut = [];
    private int _room;
    private int _fileRoom = FileSize, _nameRoom = NameSize;
    private byte[]? _overload;

    /// <summary>An answer as long as the client takes (option 57), 548 bytes at least.</summary>
    public ReplyBuilder(DhcpClientMessage message)
    {
        int size = message.Option(DhcpCode.MaximumSize, 2) is { } maximum
            ? BinaryPrimitives.ReadUInt16BigEndian(maximum) - HeadersBelow : Smallest;
        // As dnsmasq counts, without sign: less than nothing is very much.
        size = size < 0 ? Largest : Math.Clamp(size, Smallest, Largest);
        _room = size - Header - Cookie;
    }

    /// <summary>The options put, in order.</summary>
    public IReadOnlyList<DhcpReplyOption> Options => _options;
    /// <summary>Codes of options that found no room.</summary>
    public IReadOnlyList<int> LeftOut => _leftOut;

    /// <summary>From here on a field that is free may take options, and room for telling so is kept.</summary>
    public void ShareFields(bool fileIsFree, bool nameIsFree)
    {
        _fileRoom = fileIsFree ? FileSize : 0;
        _nameRoom = nameIsFree ? NameSize : 0;
        if (fileIsFree || nameIsFree)
            _room -= OverloadSize;
    }

    /// <summary>Puts an option; false when it finds no room.</summary>
    public bool Put(int code, byte[] value)
    {
        if (TakeFrom(ref _room, value.Length))
            _options.Add(new(code, value));
        else if (TakeShared(value.Length))
            _options.Add(new(code, value));
        else
        {
            _leftOut.Add(code);
            return false;
        }
        return true;
    }

    /// <summary>Puts a number of four bytes, or an address.</summary>
    public void Put(int code, uint value) => Put(code, DottedQuad.Bytes(value));

    /// <summary>Puts a text, with a zero at its end for clients that want one.</summary>
    public void Put(int code, string text, bool endsInZero) =>
        Put(code, [.. Encoding.Latin1.GetBytes(text), .. endsInZero && text.Length != 255 ? (byte[])[0] : []]);

    // An option takes two bytes more, and the end one.
    private static bool TakeFrom(ref int room, int length)
    {
        if (length + 3 >= room)
            return false;
        room -= length + 2;
        return true;
    }

    private bool TakeShared(int length)
    {
        if (_overload is null && _fileRoom == 0 && _nameRoom == 0)
            return false;
        if (_overload is null)
            _options.Add(new(DhcpCode.Overload, _overload = [0]));
        if (_fileRoom > 0)
            _overload[0] |= 1;
        if (_fileRoom > 0 && TakeFrom(ref _fileRoom, length))
            return true;
        if (_nameRoom > 0)
            _overload[0] |= 2;
        return _nameRoom > 0 && TakeFrom(ref _nameRoom, length);
    }
}
