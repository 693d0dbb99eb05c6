using System.Buffers.Binary;
using System.Net;

namespace QuantumNet.Simulation;

/// <summary>An IPv4 or IPv6 address as a number, the first byte highest.</summary>
/// <param name="Value">The number.</param>
/// <param name="IsSix">Whether it is one of IPv6.</param>
internal readonly record struct HostAddress(UInt128 Value, bool IsSix)
{
    /// <summary>How many bits it has.</summary>
    public int Length => IsSix ? 128 : 32;

    /// <summary>An IPv4 address.</summary>
    public static HostAddress Of(uint address) => new(address, IsSix: false);

    /// <summary>Reads <c>10.0.0.1</c> or <c>fd00::1</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out HostAddress address)
    {
        bool isFour = DottedQuad.TryParse(text, out uint four);
        address = Of(four);
        if (isFour)
            return true;
        bool isBare = text.Contains(':') && !text.ContainsAny('%', '[');
        if (!isBare || !IPAddress.TryParse(text, out IPAddress? six))
            return false;
        address = new(BinaryPrimitives.ReadUInt128BigEndian(six.GetAddressBytes()), IsSix: true);
        return true;
    }

    /// <summary>The address of a text; null when it is none.</summary>
    public static HostAddress? Parse(ReadOnlySpan<char> text) => TryParse(text, out HostAddress one) ? one : null;

    /// <summary>Reads <c>10.0.0.1/24</c>; without a length, all bits are the network's.</summary>
    public static bool TryParseBlock(ReadOnlySpan<char> text, out HostAddress address, out int length)
    {
        int slash = text.IndexOf('/');
        length = 0;
        if (!TryParse(slash < 0 ? text : text[..slash], out address))
            return false;
        length = address.Length;
        return slash < 0 || (int.TryParse(text[(slash + 1)..], out length) && length >= 0 && length <= address.Length);
    }

    /// <summary>The mask of so many leading bits.</summary>
    public UInt128 Mask(int bits)
    {
        UInt128 all = IsSix ? UInt128.MaxValue : uint.MaxValue;
        return bits <= 0 ? UInt128.Zero : bits >= Length ? all : (all << (Length - bits)) & all;
    }

    /// <summary>Whether it lies in a network, by those bits.</summary>
    public bool IsIn(HostAddress network, UInt128 mask) =>
        IsSix == network.IsSix && (Value & mask) == (network.Value & mask);

    /// <summary>The address as .NET has it.</summary>
    public IPAddress ToIPAddress()
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return new IPAddress(IsSix ? bytes : bytes[12..]);
    }

    /// <inheritdoc/>
    public override string ToString() => ToIPAddress().ToString();
}
