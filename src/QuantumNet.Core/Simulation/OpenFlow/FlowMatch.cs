namespace QuantumNet.Simulation.OpenFlow;

/// <summary>What a flow asks of a packet, as bits: the words of a packet that it looks at,
/// and what they must be.</summary>
internal sealed class FlowMatch
{
    private const int VlanPresent = 0x1000;
    private const int NoVlan = 0xffff;
    private const int PriorityShift = 13;
    private const int DscpMask = 0xfc;

    private readonly ulong[] _value = new ulong[PacketFields.WordCount];
    private readonly ulong[] _mask = new ulong[PacketFields.WordCount];

    private FlowMatch()
    {
    }

    /// <summary>What the masked bits must be.</summary>
    public ReadOnlySpan<ulong> Value => _value;

    /// <summary>The bits looked at.</summary>
    public ReadOnlySpan<ulong> Mask => _mask;

    /// <summary>A condition that is not modelled here; empty when there is none.</summary>
    public string Unmodelled { get; private set; } = "";

    /// <summary>Reads a match; ports' names are looked up with <paramref name="portNumber"/>.</summary>
    public static FlowMatch Read(OvsMatchField[] fields, Func<string, int?> portNumber)
    {
        var match = new FlowMatch();
        foreach (OvsMatchField field in fields)
        {
            if (!match.Add(field, portNumber))
                match.Unmodelled = field.ToString();
        }
        return match;
    }

    /// <summary>Whether it looks at any bit of a field of at most 64 bits.</summary>
    public bool LooksAt(PacketField field) => (_mask[field.Word] & ((ulong)field.Full << field.Shift)) != 0;

    /// <summary>The packet that these conditions describe, all else zero.</summary>
    public Packet ToPacket()
    {
        var packet = new Packet();
        foreach (PacketField field in s_wholeWords)
        {
            if (_mask[field.Word] != 0)
                packet[field] = _value[field.Word];
        }
        return packet;
    }

    private static readonly PacketField[] s_wholeWords =
        [.. Enumerable.Range(0, PacketFields.WordCount).Select(word => new PacketField($"word{word}", 64, word, 0))];

    private bool Add(OvsMatchField field, Func<string, int?> portNumber)
    {
        if (field.Value.Length == 0)
            return AddProtocol(field.Name);
        if (AddVlan(field) is bool isVlan)
            return isVlan;
        if (field.Name is "packet_type")
            return field.Value == "(0,0)";
        if (PacketFields.Find(field.Name) is not PacketField known)
            return false;
        if (!FieldText.TryRead(known, field.Value, field.Mask, out UInt128 value, out UInt128 mask))
        {
            if (known.Form != FieldForm.Port || portNumber(field.Value) is not int port)
                return false;
            value = (uint)port;
            mask = known.Full;
        }
        Put(known, value, known == PacketFields.Tos ? mask & DscpMask : mask);
        return true;
    }

    /// <summary>Words that stand for an Ethernet type and an IP protocol.</summary>
    private bool AddProtocol(string word)
    {
        (ulong Type, ulong? Protocol)? found = word switch
        {
            "ip" => (EtherTypes.Ipv4, null),
            "ipv6" => (EtherTypes.Ipv6, null),
            "arp" => (EtherTypes.Arp, null),
            "rarp" => (EtherTypes.Rarp, null),
            "mpls" => (EtherTypes.Mpls, null),
            "mplsm" => (EtherTypes.MplsMulticast, null),
            "nsh" => (EtherTypes.Nsh, null),
            "tcp" => (EtherTypes.Ipv4, IpProtocols.Tcp),
            "udp" => (EtherTypes.Ipv4, IpProtocols.Udp),
            "sctp" => (EtherTypes.Ipv4, IpProtocols.Sctp),
            "icmp" => (EtherTypes.Ipv4, IpProtocols.Icmp),
            "tcp6" => (EtherTypes.Ipv6, IpProtocols.Tcp),
            "udp6" => (EtherTypes.Ipv6, IpProtocols.Udp),
            "sctp6" => (EtherTypes.Ipv6, IpProtocols.Sctp),
            "icmp6" => (EtherTypes.Ipv6, IpProtocols.Icmpv6),
            _ => null,
        };
        if (found is null)
            return word == "eth";
        Put(PacketFields.EthernetType, found.Value.Type, PacketFields.EthernetType.Full);
        if (found.Value.Protocol is ulong protocol)
            Put(PacketFields.Protocol, protocol, PacketFields.Protocol.Full);
        return true;
    }

    /// <summary>The VLAN as OpenFlow 1.0 asks for it; null when the field is another one.</summary>
    private bool? AddVlan(OvsMatchField field)
    {
        PacketField tci = field.Name is "dl_vlan1" or "dl_vlan_pcp1" ? PacketFields.InnerVlanTci : PacketFields.VlanTci;
        if (field.Name is not ("dl_vlan" or "dl_vlan1" or "dl_vlan_pcp" or "dl_vlan_pcp1" or "vlan_pcp"))
            return null;
        if (!FieldText.TryNumber(field.Value, out UInt128 number) || number > NoVlan)
            return false;
        if (field.Name is "dl_vlan_pcp" or "dl_vlan_pcp1" or "vlan_pcp")
            Put(tci, (number << PriorityShift) | VlanPresent, (7 << PriorityShift) | VlanPresent);
        else if (number == NoVlan)
            Put(tci, 0, tci.Full);
        else
            Put(tci, number | VlanPresent, VlanPresent | 0xfff);
        return true;
    }

    private void Put(PacketField field, UInt128 value, UInt128 mask)
    {
        mask &= field.Full;
        value &= mask;
        if (field.Bits == 128)
        {
            _value[field.Word] |= (ulong)(value >> 64);
            _mask[field.Word] |= (ulong)(mask >> 64);
            _value[field.Word + 1] |= (ulong)value;
            _mask[field.Word + 1] |= (ulong)mask;
            return;
        }
        ulong bits = (ulong)mask << field.Shift;
        _value[field.Word] = (_value[field.Word] & ~bits) | ((ulong)value << field.Shift);
        _mask[field.Word] |= bits;
    }
}
