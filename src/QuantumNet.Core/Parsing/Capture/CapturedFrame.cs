namespace QuantumNet.Parsing.Capture;

/// <summary>One frame of a capture. Its bytes are valid until the next one is read.</summary>
internal ref struct CapturedFrame
{
    /// <summary>The captured bytes.</summary>
    public ReadOnlySpan<byte> Data;

    /// <summary>Its number in the capture, from 1.</summary>
    public long Number;

    /// <summary>Nanoseconds since 1970, UTC; 0 when the capture does not tell.</summary>
    public long TimeNanoseconds;

    /// <summary>Bytes on the wire.</summary>
    public int OriginalLength;

    /// <summary>What the bytes begin with: a value of <see cref="LinkType"/>.</summary>
    public int LinkType;

    /// <summary>The interface's name, where the capture tells.</summary>
    public string Interface;
}

/// <summary>Link layers that are decoded (https://www.tcpdump.org/linktypes.html).</summary>
internal static class LinkType
{
    public const int Null = 0;
    public const int Ethernet = 1;
    public const int RawBsd = 12;
    public const int RawOpenBsd = 14;
    public const int Raw = 101;
    public const int Loop = 108;
    public const int LinuxCooked = 113;
    public const int IPv4 = 228;
    public const int IPv6 = 229;
    public const int LinuxCooked2 = 276;

    /// <summary>Whether frames of that type can be decoded.</summary>
    public static bool IsKnown(int type) =>
        type is Null or Ethernet or RawBsd or RawOpenBsd or Raw or Loop or LinuxCooked or IPv4 or IPv6 or LinuxCooked2;
}
