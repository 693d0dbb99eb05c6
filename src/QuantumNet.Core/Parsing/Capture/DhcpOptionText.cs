using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace QuantumNet.Parsing.Capture;

/// <summary>Values of DHCP options as text. What does not have its kind's form is shown as bytes.</summary>
internal static class DhcpOptionText
{
    /// <summary>A value as text.</summary>
    public static string Format(OptionKind kind, ReadOnlySpan<byte> value) => kind switch
    {
        OptionKind.Empty => value.IsEmpty ? "" : AddressText.FormatBytes(value),
        OptionKind.Addresses => Addresses(value),
        OptionKind.AddressPairs => AddressPairs(value),
        OptionKind.Text => Text(value),
        OptionKind.Flag =>
            value.Length == 1 && value[0] <= 1 ? (value[0] == 1 ? "1" : "0") : AddressText.FormatBytes(value),
        OptionKind.Byte => Numbers(value, 1),
        OptionKind.UInt16 => Numbers(value, 2),
        OptionKind.UInt32 => value.Length == 4 ? Numbers(value, 4) : AddressText.FormatBytes(value),
        OptionKind.Int32 =>
            value.Length == 4 ? Number(BinaryPrimitives.ReadInt32BigEndian(value)) : AddressText.FormatBytes(value),
        OptionKind.MessageType => MessageType(value),
        OptionKind.OptionCodes => Numbers(value, 1),
        _ => DhcpOptionStructures.Format(kind, value),
    };

    /// <summary>Text, control characters shown as <c>\x0a</c>.</summary>
    public static string Text(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> trimmed = value.TrimEnd((byte)0);
        if (!trimmed.ContainsAnyInRange((byte)0, (byte)0x1f) && !trimmed.ContainsAnyInRange((byte)0x7f, (byte)0xff))
            return Encoding.ASCII.GetString(trimmed);
        var text = new StringBuilder();
        foreach (char c in Encoding.UTF8.GetString(trimmed))
        {
            if (char.IsControl(c))
                text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else
                text.Append(c);
        }
        return text.ToString();
    }

    /// <summary>IPv4 addresses, separated by commas.</summary>
    public static string Addresses(ReadOnlySpan<byte> value)
    {
        if (value.Length == 4)
            return AddressText.FormatIPv4(value);
        if (value.IsEmpty || value.Length % 4 != 0)
            return AddressText.FormatBytes(value);
        var text = new StringBuilder();
        for (; !value.IsEmpty; value = value[4..])
            text.Append(text.Length > 0 ? "," : "").Append(AddressText.FormatIPv4(value));
        return text.ToString();
    }

    private static string AddressPairs(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.Length % 8 != 0)
            return AddressText.FormatBytes(value);
        var text = new StringBuilder();
        for (; !value.IsEmpty; value = value[8..])
        {
            text.Append(text.Length > 0 ? "," : "").Append(AddressText.FormatIPv4(value)).Append(' ')
                .Append(AddressText.FormatIPv4(value[4..]));
        }
        return text.ToString();
    }

    private static string Numbers(ReadOnlySpan<byte> value, int size)
    {
        if (value.IsEmpty || value.Length % size != 0)
            return AddressText.FormatBytes(value);
        if (value.Length == size)
            return Number(NumberAt(value, size));
        var text = new StringBuilder();
        for (; !value.IsEmpty; value = value[size..])
            text.Append(text.Length > 0 ? "," : "").Append(NumberAt(value, size));
        return text.ToString();
    }

    private static long NumberAt(ReadOnlySpan<byte> value, int size) => size switch
    {
        1 => value[0],
        2 => BinaryPrimitives.ReadUInt16BigEndian(value),
        _ => BinaryPrimitives.ReadUInt32BigEndian(value),
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string MessageType(ReadOnlySpan<byte> value)
    {
        if (value.Length != 1)
            return AddressText.FormatBytes(value);
        var type = (DhcpMessageType)value[0];
        return value[0] is >= 1 and <= (int)DhcpMessageType.LeaseActive ? type.ToString() : Number(value[0]);
    }
}
