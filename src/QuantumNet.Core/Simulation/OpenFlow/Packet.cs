namespace QuantumNet.Simulation.OpenFlow;

/// <summary>A packet on its way through a switch: headers, tunnel, registers and conntrack, as flows match and change
/// them. Bits whose value nobody knows are marked, and stay marked wherever an action copies them.</summary>
internal sealed class Packet
{
    private const int VlanPresent = 0x1000;
    private const ulong Dot1Q = 0x8100;
    private readonly ulong[] _words;
    private ulong[]? _unknown;
    private Packet? _copy;

    /// <summary>A packet of zeros.</summary>
    public Packet() => _words = new ulong[PacketFields.WordCount];

    private Packet(Packet from)
    {
        _words = (ulong[])from._words.Clone();
        _unknown = (ulong[]?)from._unknown?.Clone();
    }

    /// <summary>Its words.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>The bits that are not known, word by word; empty when all are.</summary>
    public ReadOnlySpan<ulong> UnknownWords => _unknown;

    /// <summary>The port it came in by.</summary>
    public int InPort
    {
        get => (int)(uint)this[PacketFields.InPort];
        set => this[PacketFields.InPort] = (uint)value;
    }

    /// <summary>Whether it bears a VLAN tag.</summary>
    public bool HasVlan => (this[PacketFields.VlanTci] & VlanPresent) != 0;

    /// <summary>A field of at most 64 bits.</summary>
    public ulong this[PacketField field]
    {
        get => (_words[field.Word] >> field.Shift) & Ones(field.Bits);
        set => Put(field, value, 0);
    }

    /// <summary>A copy that changes on its own.</summary>
    public Packet Clone() => new(this);

    /// <summary>What it is now, not to be changed: one copy as long as nothing changes.</summary>
    public Packet Snapshot() => _copy ??= Clone();

    /// <summary>The value of some bits.</summary>
    public UInt128 Get(FieldPart part) => (Read(_words, part.Field) >> part.Start) & part.Full;

    /// <summary>Which of some bits are not known.</summary>
    public UInt128 Unknown(FieldPart part) =>
        _unknown is null ? UInt128.Zero : (Read(_unknown, part.Field) >> part.Start) & part.Full;

    /// <summary>Whether any bit of a field is not known.</summary>
    public bool IsUnknown(PacketField field) => _unknown is not null && Read(_unknown, field) != UInt128.Zero;

    /// <summary>Marks a field as not known.</summary>
    public void Forget(PacketField field) => Put(field, 0, field.Full);

    /// <summary>Writes some bits.</summary>
    public void Set(FieldPart part, UInt128 value, UInt128 unknown = default)
    {
        UInt128 keep = ~(part.Full << part.Start);
        UInt128 old = Read(_words, part.Field);
        UInt128 oldUnknown = _unknown is null ? UInt128.Zero : Read(_unknown, part.Field);
        Put(part.Field, (old & keep) | ((value & part.Full) << part.Start),
            (oldUnknown & keep) | ((unknown & part.Full) << part.Start));
    }

    /// <summary>Adds an outer tag of VLAN 0.</summary>
    public void PushVlan(int ethertype)
    {
        _copy = null;
        ulong tag = ((ulong)(uint)ethertype << 48) | ((ulong)VlanPresent << 32);
        int word = PacketFields.VlanTci.Word;
        _words[word] = (_words[word] >> 32) | tag;
        if (_unknown is not null)
            _unknown[word] >>= 32;
    }

    /// <summary>Takes the outer tag off, where there is one.</summary>
    public void PopVlan()
    {
        if (!HasVlan)
            return;
        _copy = null;
        int word = PacketFields.VlanTci.Word;
        bool isInner = (_words[word] & VlanPresent) != 0;
        _words[word] = isInner ? _words[word] << 32 : 0;
        if (_unknown is not null)
            _unknown[word] = isInner ? _unknown[word] << 32 : 0;
    }

    /// <summary>The tags as they lie in the packet: type and TCI of the outer one, then of the inner one.</summary>
    public ulong Vlans
    {
        get => _words[PacketFields.VlanTci.Word];
        set
        {
            _copy = null;
            _words[PacketFields.VlanTci.Word] = value;
        }
    }

    /// <summary>Whether it is what a field needs; null when that is not known.</summary>
    public bool? Is(FieldNeeds needs) => needs switch
    {
        FieldNeeds.Nothing => true,
        FieldNeeds.Vlan => IsUnknown(PacketFields.VlanTci) ? null : HasVlan,
        _ when IsUnknown(PacketFields.EthernetType) || IsUnknown(PacketFields.Protocol) => null,
        FieldNeeds.Arp => IsType(EtherTypes.Arp) || IsType(EtherTypes.Rarp),
        FieldNeeds.Ipv4 => IsType(EtherTypes.Ipv4),
        FieldNeeds.Ipv6 => IsType(EtherTypes.Ipv6),
        FieldNeeds.Ip => IsIp,
        FieldNeeds.Tcp => IsTransport(IpProtocols.Tcp),
        FieldNeeds.Udp => IsTransport(IpProtocols.Udp),
        FieldNeeds.Sctp => IsTransport(IpProtocols.Sctp),
        FieldNeeds.Icmp => IsType(EtherTypes.Ipv4) && this[PacketFields.Protocol] == IpProtocols.Icmp,
        FieldNeeds.Icmpv6 => IsIcmpv6,
        FieldNeeds.Solicitation => IsIcmpv6 && this[PacketFields.SourcePort] == IpProtocols.Solicitation,
        FieldNeeds.Advertisement => IsIcmpv6 && this[PacketFields.SourcePort] == IpProtocols.Advertisement,
        _ => IsIcmpv6 && this[PacketFields.SourcePort] is IpProtocols.Solicitation or IpProtocols.Advertisement,
    };

    /// <summary>Whether it is IPv4 or IPv6.</summary>
    public bool IsIp => IsType(EtherTypes.Ipv4) || IsType(EtherTypes.Ipv6);

    /// <summary>Takes off what only the bridge's own pipeline knows: metadata, registers, tunnel and conntrack.
    /// </summary>
    public void LeavePipeline()
    {
        this[PacketFields.Metadata] = 0;
        for (int i = 0; i < PacketFields.RegisterCount; i++)
            this[PacketFields.Register(i)] = 0;
        foreach (PacketField field in s_tunnel)
            Set(new FieldPart(field), 0);
        ClearConntrack();
    }

    private static readonly PacketField[] s_tunnel =
    [
        PacketFields.TunnelId, PacketFields.TunnelSource, PacketFields.TunnelDestination, PacketFields.TunnelSource6,
        PacketFields.TunnelDestination6, PacketFields.TunnelTtl, PacketFields.TunnelTos,
    ];

    /// <summary>Forgets what conntrack said of it.</summary>
    public void ClearConntrack()
    {
        this[PacketFields.ConntrackState] = 0;
        this[PacketFields.ConntrackMark] = 0;
        this[PacketFields.ConntrackZone] = 0;
        Set(new FieldPart(PacketFields.ConntrackLabel), 0);
    }

    /// <inheritdoc/>
    public override string ToString() => PacketText.Format(this);

    private bool IsIcmpv6 => IsType(EtherTypes.Ipv6) && this[PacketFields.Protocol] == IpProtocols.Icmpv6;

    private bool IsType(ulong type) => this[PacketFields.EthernetType] == type;

    private bool IsTransport(ulong protocol) =>
        IsIp && this[PacketFields.Protocol] == protocol && (this[PacketFields.Fragment] & 2) == 0;

    private static UInt128 Read(ulong[] words, PacketField field) => field.Bits == 128
        ? new UInt128(words[field.Word], words[field.Word + 1])
        : (words[field.Word] >> field.Shift) & Ones(field.Bits);

    private void Put(PacketField field, UInt128 value, UInt128 unknown)
    {
        _copy = null;
        Put(_words, field, value);
        if (unknown != UInt128.Zero)
            _unknown ??= new ulong[PacketFields.WordCount];
        if (_unknown is not null)
            Put(_unknown, field, unknown);
        if (field.Word == PacketFields.VlanTci.Word)
            FixVlanType();
    }

    private static void Put(ulong[] words, PacketField field, UInt128 value)
    {
        if (field.Bits == 128)
        {
            words[field.Word] = (ulong)(value >> 64);
            words[field.Word + 1] = (ulong)value;
            return;
        }
        ulong mask = Ones(field.Bits) << field.Shift;
        words[field.Word] = (words[field.Word] & ~mask) | (((ulong)value << field.Shift) & mask);
    }

    // A tag without a type is one of 802.1Q, as flow_fix_vlan_tpid has it.
    private void FixVlanType()
    {
        ulong tags = Vlans;
        if (tags >> 48 == 0 && ((tags >> 32) & 0xffff) != 0)
            _words[PacketFields.VlanTci.Word] = tags | (Dot1Q << 48);
    }

    private static ulong Ones(int bits) => bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
}

/// <summary>Ethernet types.</summary>
internal static class EtherTypes
{
    public const ulong Ipv4 = 0x0800;
    public const ulong Arp = 0x0806;
    public const ulong Rarp = 0x8035;
    public const ulong Ipv6 = 0x86dd;
    public const ulong Mpls = 0x8847;
    public const ulong MplsMulticast = 0x8848;
    public const ulong Nsh = 0x894f;
}

/// <summary>IP protocols, and the ICMPv6 types that fields need.</summary>
internal static class IpProtocols
{
    public const ulong Icmp = 1;
    public const ulong Tcp = 6;
    public const ulong Udp = 17;
    public const ulong Icmpv6 = 58;
    public const ulong Sctp = 132;
    public const ulong Solicitation = 135;
    public const ulong Advertisement = 136;
}
