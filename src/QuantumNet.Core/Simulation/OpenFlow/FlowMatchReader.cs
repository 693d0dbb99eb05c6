namespace QuantumNet.Simulation.OpenFlow;

/// <summary>Reads a flow's match to bits. One reader reads many: it keeps a packet's worth of words to write
/// in.</summary>
internal sealed class FlowMatchReader
{
    private const int VlanPresent = 0x1000;
    private const int NoVlan = 0xffff;
    private const int PriorityShift = 13;
    private const int DscpMask = 0xfc;

    private readonly ulong[] _value = new ulong[PacketFields.WordCount];
    private readonly ulong[] _mask = new ulong[PacketFields.WordCount];

    /// <summary>Reads a match; ports' names are looked up with <paramref name="portNumber"/>.</summary>
    public FlowMatch Read(OvsMatchField[] fields, Func<string, int?> portNumber)
    {
        Array.Clear(_value);
        Array.Clear(_mask);
        string unmodelled = "";
        foreach (OvsMatchField field in fields)
        {
            if (!Add(field, portNumber))
                unmodelled = field.ToString();
        }
        return new FlowMatch(_value, _mask, unmodelled);
    }

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
        PacketField tci =
            field.Name is "dl_vlan1" or "dl_vlan_pcp1" ? PacketFields.InnerVlanTci : PacketFields.VlanTci;
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
