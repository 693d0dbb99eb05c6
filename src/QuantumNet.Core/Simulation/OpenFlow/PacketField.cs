namespace QuantumNet.Simulation.OpenFlow;

/// <summary>What a packet must be before it has a field (the prerequisites of ovs-fields(7)).</summary>
internal enum FieldNeeds
{
    /// <summary>Every packet has it.</summary>
    Nothing,
    /// <summary>A VLAN tag.</summary>
    Vlan,
    /// <summary>ARP or RARP.</summary>
    Arp,
    /// <summary>IPv4.</summary>
    Ipv4,
    /// <summary>IPv6.</summary>
    Ipv6,
    /// <summary>IPv4 or IPv6.</summary>
    Ip,
    /// <summary>TCP.</summary>
    Tcp,
    /// <summary>UDP.</summary>
    Udp,
    /// <summary>SCTP.</summary>
    Sctp,
    /// <summary>ICMP.</summary>
    Icmp,
    /// <summary>ICMPv6.</summary>
    Icmpv6,
    /// <summary>ICMPv6 neighbour solicitation or advertisement.</summary>
    NeighbourDiscovery,
    /// <summary>ICMPv6 neighbour solicitation.</summary>
    Solicitation,
    /// <summary>ICMPv6 neighbour advertisement.</summary>
    Advertisement,
}

/// <summary>How a field's value is written.</summary>
internal enum FieldForm
{
    /// <summary>Decimal or hexadecimal.</summary>
    Number,
    /// <summary>A MAC address.</summary>
    Mac,
    /// <summary>An IPv4 address.</summary>
    Ipv4,
    /// <summary>An IPv6 address.</summary>
    Ipv6,
    /// <summary>A port's number or name.</summary>
    Port,
    /// <summary>Conntrack flags: <c>+trk+new-est</c>, <c>trk|new</c>.</summary>
    ConntrackState,
    /// <summary>TCP flags: <c>+syn-ack</c>.</summary>
    TcpFlags,
    /// <summary>A fragment's place: <c>no</c>, <c>yes</c>, <c>first</c>, <c>later</c>, <c>not_later</c>.</summary>
    Fragment,
}

/// <summary>One field of a packet: its name in ovs-fields(7) and where it lies among the packet's words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bits">Its width.</param>
/// <param name="Word">The word that holds it; one of more than 64 bits goes on in the next word.</param>
/// <param name="Shift">Its lowest bit in that word.</param>
/// <param name="Needs">What the packet must be.</param>
/// <param name="Form">How it is written.</param>
internal sealed record PacketField(
    string Name, int Bits, int Word, int Shift, FieldNeeds Needs = FieldNeeds.Nothing,
    FieldForm Form = FieldForm.Number)
{
    /// <summary>Whether an action may write it.</summary>
    public bool IsWritable { get; init; } = true;

    /// <summary>All its bits.</summary>
    public UInt128 Full => Bits == 128 ? UInt128.MaxValue : (UInt128.One << Bits) - 1;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Some bits of a field: <c>NXM_NX_REG0[0..15]</c>, <c>reg0</c>, <c>OXM_OF_VLAN_VID[12]</c>.</summary>
/// <param name="Field">The field.</param>
/// <param name="Start">Its first bit.</param>
/// <param name="Count">How many.</param>
internal readonly record struct FieldPart(PacketField Field, int Start, int Count)
{
    /// <summary>All of a field.</summary>
    public FieldPart(PacketField field) : this(field, 0, field.Bits)
    {
    }

    /// <summary>As many ones as it has bits.</summary>
    public UInt128 Full => Count == 128 ? UInt128.MaxValue : (UInt128.One << Count) - 1;

    /// <summary>Reads a field's name with or without its bits; false when it is not a field known here.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out FieldPart part)
    {
        part = default;
        int bracket = text.IndexOf('[');
        if (PacketFields.Find(bracket < 0 ? text : text[..bracket]) is not PacketField field)
            return false;
        part = new FieldPart(field);
        if (bracket < 0 || text[bracket..] is "[]")
            return true;
        ReadOnlySpan<char> range = text[(bracket + 1)..].TrimEnd(']');
        int dots = range.IndexOf("..");
        if (!int.TryParse(dots < 0 ? range : range[..dots], out int first)
            || !int.TryParse(dots < 0 ? range : range[(dots + 2)..], out int last)
            || last < first || last >= field.Bits)
            return false;
        part = new FieldPart(field, first, last - first + 1);
        return true;
    }
}
