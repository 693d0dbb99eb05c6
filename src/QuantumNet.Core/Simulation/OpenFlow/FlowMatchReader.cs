using System.Numerics;
using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Simulation.OpenFlow;

/// <summary>Reads flows' matches to bits, straight from the dump's text where nobody took it apart before. One reader
/// reads many: it keeps a packet's worth of words to write in, and gives flows that look at the same bits
/// one mask.</summary>
internal sealed class FlowMatchReader
{
    private const int VlanPresent = 0x1000;
    private const int NoVlan = 0xffff;
    private const int PriorityShift = 13;
    private const int DscpMask = 0xfc;

    private readonly ulong[] _value = new ulong[PacketFields.WordCount];
    private readonly ulong[] _mask = new ulong[PacketFields.WordCount];
    private readonly Dictionary<ulong, FlowMask> _masks = [];
    private char[] _text = new char[256];
    private ulong _touched;     // a bit for each word that is written; a packet has fewer than 64
    private string _unmodelled = "";

    /// <summary>Reads a flow's match; ports' names are looked up with <paramref name="portNumber"/>.</summary>
    public FlowMatch Read(OvsFlow flow, Func<string, int?> portNumber)
    {
        if (flow.TryReadMatch(ref _text, out ReadOnlySpan<char> match))
            return Read(match, portNumber);
        foreach (OvsMatchField field in flow.MatchFields)
            Take(field.Name, field.Value, field.Mask, portNumber);
        return Finish();
    }

    /// <summary>Reads a match as printed.</summary>
    public FlowMatch Read(ReadOnlySpan<char> match, Func<string, int?> portNumber)
    {
        var walk = new OvsMatchWalk(match);
        while (walk.TryNext())
        {
            bool isQuoted = walk.Value is ['"', ..];
            Take(walk.Name, isQuoted ? OvsNames.Unquoted(walk.Value) : walk.Value, walk.Mask, portNumber);
        }
        return Finish();
    }

    private void Take(ReadOnlySpan<char> name, ReadOnlySpan<char> value, ReadOnlySpan<char> mask,
        Func<string, int?> portNumber)
    {
        if (!Add(name, value, mask, portNumber))
            _unmodelled = new OvsMatchField { Name = name.ToString(), Value = value.ToString(), Mask = mask.ToString() }
                .ToString();
    }

    /// <summary>What was written; then all is as before.</summary>
    private FlowMatch Finish()
    {
        Span<int> words = stackalloc int[PacketFields.WordCount];
        Span<ulong> bits = stackalloc ulong[PacketFields.WordCount], value = stackalloc ulong[PacketFields.WordCount];
        int count = 0;
        for (ulong rest = _touched; rest != 0; rest &= rest - 1)
        {
            int word = BitOperations.TrailingZeroCount(rest);
            if (_mask[word] != 0)
                (words[count], bits[count], value[count++]) = (word, _mask[word], _value[word] & _mask[word]);
            _mask[word] = _value[word] = 0;
        }
        var match = new FlowMatch(MaskOf(words[..count], bits[..count]), value[..count], _unmodelled);
        (_touched, _unmodelled) = (0, "");
        return match;
    }

    private FlowMask MaskOf(ReadOnlySpan<int> words, ReadOnlySpan<ulong> bits)
    {
        ulong hash = FlowMask.Hash(words, bits);
        if (!_masks.TryGetValue(hash, out FlowMask? mask) || !mask.Is(words, bits))
            _masks[hash] = mask = new FlowMask(words, bits);
        return mask;
    }

    private bool Add(ReadOnlySpan<char> name, ReadOnlySpan<char> value, ReadOnlySpan<char> mask,
        Func<string, int?> portNumber)
    {
        if (value.IsEmpty)
            return AddProtocol(name);
        if (AddVlan(name, value) is bool isVlan)
            return isVlan;
        if (name is "packet_type")
            return value is "(0,0)";
        if (PacketFields.Find(name) is not PacketField known)
            return false;
        if (!FieldText.TryRead(known, value, mask, out UInt128 number, out UInt128 bits))
        {
            if (known.Form != FieldForm.Port || portNumber(value.ToString()) is not int port)
                return false;
            number = (uint)port;
            bits = known.Full;
        }
        Put(known, number, known == PacketFields.Tos ? bits & DscpMask : bits);
        return true;
    }

    /// <summary>Words that stand for an Ethernet type and an IP protocol.</summary>
    private bool AddProtocol(ReadOnlySpan<char> word)
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
            return word is "eth";
        Put(PacketFields.EthernetType, found.Value.Type, PacketFields.EthernetType.Full);
        if (found.Value.Protocol is ulong protocol)
            Put(PacketFields.Protocol, protocol, PacketFields.Protocol.Full);
        return true;
    }

    /// <summary>The VLAN as OpenFlow 1.0 asks for it; null when the field is another one.</summary>
    private bool? AddVlan(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name is not ("dl_vlan" or "dl_vlan1" or "dl_vlan_pcp" or "dl_vlan_pcp1" or "vlan_pcp"))
            return null;
        PacketField tci = name is "dl_vlan1" or "dl_vlan_pcp1" ? PacketFields.InnerVlanTci : PacketFields.VlanTci;
        if (!FieldText.TryNumber(value, out UInt128 number) || number > NoVlan)
            return false;
        if (name is "dl_vlan_pcp" or "dl_vlan_pcp1" or "vlan_pcp")
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
        _touched |= 1UL << field.Word;
        if (field.Bits == 128)
        {
            _touched |= 1UL << (field.Word + 1);
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
