namespace QuantumNet.Simulation.Bridge;

/// <summary>A tag as NORMAL sees it.</summary>
/// <param name="Type">Its Ethernet type; 0 for none.</param>
/// <param name="Vlan">Its VLAN.</param>
/// <param name="Priority">Its priority, in the place it has in the tag.</param>
internal readonly record struct VlanTag(int Type, int Vlan, int Priority);

/// <summary>The two tags of a packet, outer and inner, as NORMAL keeps them while it switches
/// (struct xvlan in ofproto/ofproto-dpif-xlate.c).</summary>
internal readonly record struct VlanTags(VlanTag Outer, VlanTag Inner)
{
    private const int Present = 0x1000;
    private const int PriorityBits = 0xe000;
    private const int VlanBits = 0xfff;
    private const int Dot1Q = 0x8100;

    /// <summary>The tags of a packet's words.</summary>
    public static VlanTags Of(ulong words)
    {
        VlanTag outer = Tag((int)(words >> 48) & 0xffff, (int)(words >> 32) & 0xffff);
        return new VlanTags(outer, outer.Type == 0 ? default : Tag((int)(words >> 16) & 0xffff, (int)words & 0xffff));
    }

    /// <summary>The words of a packet with these tags; what stood there is kept where there is none.</summary>
    public ulong Put(ulong words, bool isPriorityKept)
    {
        ulong outer = Put(Outer, (uint)(words >> 32), isPriorityKept);
        return (outer << 32) | Put(Inner, (uint)words, isPriorityKept);
    }

    /// <summary>What the bridge makes of tags that come in by a port.</summary>
    public VlanTags Received(SwitchPort port)
    {
        VlanTag own = new(Outer.Type == 0 ? Dot1Q : Outer.Type, port.Vlan, Outer.Priority);
        return port.Mode switch
        {
            VlanMode.Access => new VlanTags(own, default),
            VlanMode.Dot1qTunnel => new VlanTags(new VlanTag(port.QinqType, port.Vlan, 0), Outer),
            VlanMode.NativeTagged or VlanMode.NativeUntagged when Outer.Vlan == 0 => this with { Outer = own },
            _ => this,
        };
    }

    /// <summary>The tags with which a packet leaves by a port.</summary>
    public VlanTags Sent(SwitchPort port) => port.Mode switch
    {
        VlanMode.Access => default,
        VlanMode.Dot1qTunnel => new VlanTags(Inner, default),
        VlanMode.NativeUntagged when Outer.Vlan == port.Vlan => new VlanTags(Inner, default),
        _ => this,
    };

    /// <summary>Whether a port carries packets with these tags.</summary>
    public bool AreCarriedBy(SwitchPort port) => port.Mode switch
    {
        VlanMode.Access => Outer.Vlan == port.Vlan && Inner.Vlan == 0,
        VlanMode.Dot1qTunnel => Outer.Vlan == port.Vlan && port.TakesCustomer(Inner.Vlan),
        _ => port.Carries(Outer.Vlan),
    };

    private static VlanTag Tag(int type, int tci) =>
        (tci & Present) == 0 ? default : new VlanTag(type, tci & VlanBits, tci & PriorityBits);

    private static ulong Put(VlanTag tag, uint word, bool isPriorityKept)
    {
        uint tci = (uint)(tag.Vlan | tag.Priority);
        if (tci == 0 && !(isPriorityKept && tag.Type != 0))
            return word & 0xffff_0000;
        return ((uint)(tag.Type == 0 ? Dot1Q : tag.Type) << 16) | tci | Present;
    }
}
