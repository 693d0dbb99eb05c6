namespace QuantumNet.Parsing.Capture;

/// <summary>Makes <see cref="DhcpOption"/>s of a DHCP message. Pieces of an option given several times are
/// joined (RFC 3396).</summary>
internal static class DhcpOptionReader
{
    /// <summary>Options read of one message: joining a hostile one's thousands would cost more than they say.</summary>
    private const int MaximumOptions = 1024;

    /// <summary>All options, in the order of their first appearance.</summary>
    public static DhcpOption[] ReadAll(ReadOnlySpan<byte> message)
    {
        List<(int Code, int Offset, int Length)> pieces = [];
        var walk = new DhcpOptionWalk(message);
        while (pieces.Count < MaximumOptions && walk.MoveNext())
            pieces.Add((walk.Code, walk.Offset, walk.Length));
        return Join(message, pieces);
    }

    private static DhcpOption[] Join(ReadOnlySpan<byte> message, List<(int Code, int Offset, int Length)> pieces)
    {
        Span<short> places = stackalloc short[256];
        places.Fill(-1);
        List<(int Code, int Offset, int Length)> whole = [];
        Dictionary<int, byte[]>? joined = null;
        foreach ((int code, int offset, int length) in pieces)
        {
            if (places[code] < 0)
            {
                places[code] = (short)whole.Count;
                whole.Add((code, offset, length));
                continue;
            }
            joined ??= [];
            (int _, int firstOffset, int firstLength) = whole[places[code]];
            byte[] before = joined.TryGetValue(code, out byte[]? known) ? known
                : message.Slice(firstOffset, firstLength).ToArray();
            joined[code] = [.. before, .. message.Slice(offset, length)];
        }
        var options = new DhcpOption[whole.Count];
        for (int i = 0; i < options.Length; i++)
        {
            (int code, int offset, int length) = whole[i];
            ReadOnlySpan<byte> value = joined is not null && joined.TryGetValue(code, out byte[]? bytes) ? bytes
                : message.Slice(offset, length);
            options[i] = Read(code, value);
        }
        return options;
    }

    /// <summary>One option.</summary>
    public static DhcpOption Read(int code, ReadOnlySpan<byte> value)
    {
        (string name, OptionKind kind) = DhcpOptionTable.Find(code);
        return new DhcpOption { Code = code, Name = name,
            Value = DhcpOptionText.Format(kind, value), Length = value.Length };
    }
}

/// <summary>The bytes of a captured message (RFC 2131, without the UDP header).</summary>
internal sealed class CapturedDhcpMessage(byte[] bytes) : DhcpMessage
{
    /// <inheritdoc/>
    public override int Length => bytes.Length;

    /// <inheritdoc/>
    public override DhcpOption[] Options() => DhcpOptionReader.ReadAll(bytes);
}
