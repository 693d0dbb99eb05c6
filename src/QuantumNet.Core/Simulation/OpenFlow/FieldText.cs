using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace QuantumNet.Simulation.OpenFlow;

/// <summary>Reads values of fields as flows and <c>ofproto/trace</c> write them (ovs-fields(7)).</summary>
internal static class FieldText
{
    private const int Ipv4Length = 4;
    private const int Ipv6Length = 16;
    private static readonly string[] s_conntrackFlags = ["new", "est", "rel", "rpl", "inv", "trk", "snat", "dnat"];
    private static readonly string[] s_tcpFlags = ["fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr", "ns"];

    /// <summary>A value with its mask, which is all of the field where none is written.
    /// A port's name is none of these.</summary>
    public static bool TryRead(
        PacketField field, ReadOnlySpan<char> text, ReadOnlySpan<char> maskText, out UInt128 value, out UInt128 mask)
    {
        value = default;
        mask = field.Full;
        switch (field.Form)
        {
            case FieldForm.ConntrackState when !IsNumber(text):
                return TryFlags(text, s_conntrackFlags, out value, out mask);
            case FieldForm.TcpFlags when !IsNumber(text):
                return TryFlags(text, s_tcpFlags, out value, out mask);
            case FieldForm.Fragment when !IsNumber(text):
                return TryFragment(text, out value, out mask);
            default:
                return TryValue(field.Form, text, out value) && value <= field.Full
                    && (maskText.Length == 0 || TryMask(field, maskText, out mask));
        }
    }

    /// <summary>A value without a mask.</summary>
    public static bool TryValue(FieldForm form, ReadOnlySpan<char> text, out UInt128 value) => form switch
    {
        FieldForm.Mac when text.Contains(':') => TryMac(text, out value),
        FieldForm.Ipv4 when DottedQuad.TryParse(text, out uint address) => One(address, out value),
        FieldForm.Ipv4 when text.Contains('.') => TryAddress(text, Ipv4Length, out value),
        FieldForm.Ipv6 when text.Contains(':') => TryAddress(text, Ipv6Length, out value),
        FieldForm.Port when PortNames.Number(text) is int port => One((uint)port, out value),
        _ => TryNumber(text, out value),
    };

    /// <summary>Gives a packet's field the value of a text; where the text is none, its value is not known.</summary>
    public static void Put(Packet packet, PacketField field, string text)
    {
        if (TryValue(field.Form, text, out UInt128 value))
            packet.Set(new FieldPart(field), value);
        else
            packet.Forget(field);
    }

    /// <summary>A number, decimal or hexadecimal, of up to 128 bits.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out UInt128 value)
    {
        const int usualLength = 16;     // what fits into 64 bits whatever the digits are, which is read faster
        bool isHex = text.Length > 2 && text[0] == '0' && text[1] is 'x' or 'X';
        ReadOnlySpan<char> digits = isHex ? text[2..] : text;
        NumberStyles style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (digits.Length > usualLength)
            return UInt128.TryParse(digits, style, CultureInfo.InvariantCulture, out value);
        bool isNumber = ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out ulong number);
        value = number;
        return isNumber;
    }

    /// <summary>The conntrack flags that are set, as <c>trk|new</c>.</summary>
    public static string ConntrackFlags(ulong state)
    {
        var names = new List<string>();
        for (int i = 0; i < s_conntrackFlags.Length; i++)
        {
            if ((state & (1UL << i)) != 0)
                names.Add(s_conntrackFlags[i]);
        }
        return string.Join('|', names);
    }

    private static bool TryMask(PacketField field, ReadOnlySpan<char> text, out UInt128 mask)
    {
        bool isAddress = field.Form is FieldForm.Ipv4 or FieldForm.Ipv6;
        if (isAddress && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            && length <= field.Bits)
        {
            mask = length == 0 ? UInt128.Zero : (field.Full << (field.Bits - length)) & field.Full;
            return true;
        }
        return TryValue(field.Form, text, out mask) && mask <= field.Full;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && char.IsAsciiDigit(text[0]);

    private static bool One(UInt128 number, out UInt128 value)
    {
        value = number;
        return true;
    }

    private static bool TryMac(ReadOnlySpan<char> text, out UInt128 value)
    {
        const int octets = 6;
        value = default;
        ulong mac = 0;
        for (int i = 1; ; i++)
        {
            int colon = text.IndexOf(':');
            if (!byte.TryParse(colon < 0 ? text : text[..colon], NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out byte octet))
                return false;
            mac = (mac << 8) | octet;
            value = mac;
            if (colon < 0 || i > octets)
                return i == octets;
            text = text[(colon + 1)..];
        }
    }

    private static bool TryAddress(ReadOnlySpan<char> text, int length, out UInt128 value)
    {
        value = default;
        Span<byte> octets = stackalloc byte[Ipv6Length];
        if (!IPAddress.TryParse(text, out IPAddress? address) || !address.TryWriteBytes(octets, out int written)
            || written != length)
            return false;
        value = written == Ipv6Length ? BinaryPrimitives.ReadUInt128BigEndian(octets)
            : BinaryPrimitives.ReadUInt32BigEndian(octets);
        return true;
    }

    // "+new-est" says what is set and what is not; "trk|new" is the whole of it.
    private static bool TryFlags(ReadOnlySpan<char> text, string[] names, out UInt128 value, out UInt128 mask)
    {
        value = default;
        mask = text.Contains('|') || text[0] is not ('+' or '-') ? UInt128.MaxValue >> 96 : default;
        for (int at = 0; at < text.Length;)
        {
            bool isSet = text[at] != '-';
            at += text[at] is '+' or '-' or '|' ? 1 : 0;
            int end = at;
            while (end < text.Length && char.IsAsciiLetter(text[end]))
                end++;
            int bit = IndexOf(names, text[at..end]);
            if (bit < 0 || end == at)
                return false;
            mask |= UInt128.One << bit;
            value |= isSet ? UInt128.One << bit : UInt128.Zero;
            at = end;
        }
        return true;
    }

    private static int IndexOf(string[] names, ReadOnlySpan<char> name)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i]))
                return i;
        }
        return -1;
    }

    private static bool TryFragment(ReadOnlySpan<char> text, out UInt128 value, out UInt128 mask)
    {
        (int Value, int Mask)? found = text switch
        {
            "no" => (0, 3),
            "yes" => (1, 1),
            "first" => (1, 3),
            "later" => (3, 3),
            "not_later" => (0, 2),
            _ => null,
        };
        value = (uint)(found?.Value ?? 0);
        mask = (uint)(found?.Mask ?? 0);
        return found is not null;
    }
}

/// <summary>Ports that have names of their own in every bridge (OpenFlow 1.0's numbers).</summary>
internal static class PortNames
{
    public const int Max = 0xff00;
    public const int InPort = 0xfff8;
    public const int Table = 0xfff9;
    public const int Normal = 0xfffa;
    public const int Flood = 0xfffb;
    public const int All = 0xfffc;
    public const int Controller = 0xfffd;
    public const int Local = 0xfffe;
    public const int None = 0xffff;

    /// <summary>The number of a reserved name, in either case; null when it is none.</summary>
    public static int? Number(ReadOnlySpan<char> name) => name switch
    {
        "LOCAL" or "local" => Local,
        "IN_PORT" or "in_port" => InPort,
        "CONTROLLER" or "controller" => Controller,
        "NONE" or "none" or "ANY" or "any" => None,
        "NORMAL" or "normal" => Normal,
        "FLOOD" or "flood" => Flood,
        "ALL" or "all" => All,
        "TABLE" or "table" => Table,
        _ => null,
    };
}
