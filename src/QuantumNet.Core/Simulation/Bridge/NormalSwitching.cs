using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Simulation.Bridge;

/// <summary>What NORMAL does with a packet: VLANs of its ports, the MAC table, flooding
/// (xlate_normal in ofproto/ofproto-dpif-xlate.c).</summary>
internal sealed class NormalSwitching(Translation at)
{
    private readonly SwitchBridge _bridge = at.Bridge;
    private readonly Packet _packet = at.Packet;

    /// <summary>Sends the packet on.</summary>
    public void Send()
    {
        if (_bridge.Port(_packet.InPort) is not { } from)
        {
            if (_packet.InPort is PortNames.None or PortNames.Controller)
                at.CannotTell("NORMAL of a packet that a controller made is not modelled");
            else
                at.Note($"{_bridge.Name} has no port {_packet.InPort}: dropped");
            return;
        }
        if (MissingEvidence(from) is { Length: > 0 } missing)
        {
            at.CannotTell(missing);
            return;
        }
        VlanTags tags = VlanTags.Of(_packet.Vlans);
        if (Refusal(from, tags) is { Length: > 0 } refused)
            at.Note(refused + ": dropped");
        else
            Learn(from, tags.Received(from));
    }

    private void Learn(SwitchPort from, VlanTags tags)
    {
        at.Learn(tags.Outer.Vlan, from);
        Switch(from, tags);
    }

    private string MissingEvidence(SwitchPort from)
    {
        if (_packet.IsUnknown(PacketFields.VlanTci))
            return "the packet's VLAN is not known";
        return from.IsBond
            ? $"whether {from.Name}, a bond, accepts the packet depends on its state, which is not modelled" : "";
    }

    /// <summary>Why a packet is not taken from a port; empty when it is.</summary>
    private string Refusal(SwitchPort from, VlanTags tags)
    {
        int vlan = tags.Outer.Vlan;
        bool isFine = from.Mode switch
        {
            VlanMode.Access => vlan == 0,
            VlanMode.Dot1qTunnel => from.TakesCustomer(vlan),
            VlanMode.NativeTagged or VlanMode.NativeUntagged when vlan == 0 => true,
            _ => from.Carries(vlan),
        };
        if (!isFine)
            return vlan == 0
                ? $"{from.Name} takes no untagged packets" : $"{from.Name} takes no packets of VLAN {vlan}";
        return !_bridge.ForwardsBpdu && ReservedAddresses.Contains(_packet[PacketFields.EthernetDestination])
            ? $"{PacketText.Mac(_packet[PacketFields.EthernetDestination])} is reserved for neighbours" : "";
    }

    private void Switch(SwitchPort from, VlanTags tags)
    {
        const ulong group = 0x0100_0000_0000;
        if (_packet.IsUnknown(PacketFields.EthernetDestination))
        {
            at.CannotTell("the packet's destination address is not known");
            return;
        }
        ulong mac = _packet[PacketFields.EthernetDestination];
        if (LearnedBefore(tags.Outer.Vlan, mac) is { } fresh)
            SendTo(fresh, from, tags);
        else if (!_bridge.HasMacs && (mac & group) == 0)
            at.CannotTell($"the MAC table of {_bridge.Name} was not collected", "OvsFdb");
        else if (_bridge.TryMac(tags.Outer.Vlan, mac, out SwitchPort? learned))
            SendTo(learned, from, tags);
        else
            Flood(from, tags);
    }

    private SwitchPort? LearnedBefore(int vlan, ulong mac)
    {
        foreach (LearnedMac learned in at.Options.Learned)
        {
            if (learned.Bridge == _bridge.Name && learned.Vlan == vlan && learned.Mac == mac)
                return _bridge.Find(learned.Port);
        }
        return null;
    }

    private void SendTo(SwitchPort? learned, SwitchPort from, VlanTags tags)
    {
        if (learned is null)
            at.Note("the port of the MAC table is not known to the bridge: dropped");
        else if (learned == from)
            at.Note("the MAC table has the address behind the port it came from: dropped");
        else
            Output(learned, tags);
    }

    private void Flood(SwitchPort from, VlanTags tags)
    {
        at.Note("the MAC table has no such address: flooded");
        foreach (SwitchPort port in _bridge.Ports)
        {
            if (port != from && port.IsFlooded && tags.AreCarriedBy(port))
                Output(port, tags);
        }
    }

    private void Output(SwitchPort port, VlanTags tags)
    {
        if (port.IsBond)
        {
            at.CannotTell($"which device of {port.Name}, a bond, is active was not collected; "
                + $"run `ovs-appctl bond/show {port.Name}`");
            return;
        }
        VlanTags sent = tags.Sent(port);
        if (port.PriorityTags != "never")
        {
            const int priority = 0xe000;
            sent = sent with { Outer = sent.Outer with { Priority = (int)(_packet.Vlans >> 32) & priority } };
        }
        ulong before = _packet.Vlans;
        _packet.Vlans = sent.Put(before, port.PriorityTags == "always");
        at.Send(port.Number);
        _packet.Vlans = before;
    }
}

/// <summary>Addresses of protocols between neighbours, which NORMAL does not pass on (eth_addr_is_reserved
/// in lib/packets.c).</summary>
internal static class ReservedAddresses
{
    private static readonly ulong[] s_others =
    [
        0x00e02b000000, 0x00e02b000004, 0x00e02b000006, 0x01000c000000, 0x01000ccccccc, 0x01000ccccccd, 0x01000ccdcdcd,
    ];

    /// <summary>Whether an address is one of them.</summary>
    public static bool Contains(ulong mac) =>
        mac is >= 0x0180c2000000 and <= 0x0180c200000f or >= 0x01000cccccc0 and <= 0x01000cccccc7
        || Array.IndexOf(s_others, mac) >= 0;
}
