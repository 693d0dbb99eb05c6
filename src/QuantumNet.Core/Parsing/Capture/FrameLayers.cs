namespace QuantumNet.Parsing.Capture;

/// <summary>What a frame carries in the end.</summary>
internal enum FrameContent
{
    /// <summary>Nothing that is read here.</summary>
    Other,
    /// <summary>BOOTP or DHCPv4.</summary>
    Dhcp,
    /// <summary>DHCPv6.</summary>
    Dhcp6,
    /// <summary>ARP.</summary>
    Arp,
}

/// <summary>VLAN ids of one frame, outer first; more than four are counted, not kept.</summary>
internal struct VlanStack
{
    private const int Capacity = 4;
    private ulong _ids;

    public int Count;

    public void Push(int id)
    {
        if (Count < Capacity)
            _ids |= (ulong)(uint)id << (16 * Count);
        Count++;
    }

    public readonly int[] ToArray()
    {
        if (Count == 0)
            return [];
        int[] ids = new int[Math.Min(Count, Capacity)];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = (int)(_ids >> (16 * i)) & 0xfff;
        return ids;
    }
}

/// <summary>The kinds of tunnel.</summary>
internal enum TunnelKind
{
    None,
    Gre,
    Vxlan,
    Geneve,
}

/// <summary>Where the layers of a frame lie: offsets into its bytes, -1 for what is absent.
/// The innermost ones, unless named outer.</summary>
internal struct FrameLayers
{
    public const int None = -1;

    /// <summary>Where the Ethernet header lies.</summary>
    public int Ethernet;
    /// <summary>The sender's MAC of a Linux cooked frame.</summary>
    public int CookedSource;
    /// <summary>The kernel's interface index of a Linux cooked v2 frame; 0 when unknown.</summary>
    public int InterfaceIndex;
    /// <summary>The VLANs.</summary>
    public VlanStack Vlans;
    /// <summary>The VLANs of the outermost frame of a tunnelled one.</summary>
    public VlanStack OuterVlans;
    /// <summary>Where the IP header lies, and its version (4, 6).</summary>
    public int Ip;
    public int IpVersion;
    /// <summary>Where the outermost IP header of a tunnelled frame lies, and its version.</summary>
    public int OuterIp;
    public int OuterIpVersion;
    /// <summary>Where the UDP header lies.</summary>
    public int Udp;
    /// <summary>Where the message lies, how many of its bytes are there, and how many it has.</summary>
    public int Message;
    public int MessageCaptured;
    public int MessageLength;
    /// <summary>How often it is wrapped, and the kinds, four bits each, outermost lowest.</summary>
    public int TunnelCount;
    public uint Tunnels;
    /// <summary>GRE key or VNI of the innermost tunnel; -1 when it has none.</summary>
    public long TunnelKey;
    /// <summary>Whether bytes are missing at the end.</summary>
    public bool IsTruncated;
    /// <summary>Whether it is a fragment of an IP packet.</summary>
    public bool IsFragment;
    /// <summary>Whether the checksum's pseudo-header cannot be determined (source routing).</summary>
    public bool IsSourceRouted;
    /// <summary>What the UDP checksum says.</summary>
    public UdpChecksum Checksum;
    public bool IsChecksumPartial;
    /// <summary>What is carried.</summary>
    public FrameContent Content;
    /// <summary>What was wrong; null when nothing.</summary>
    public string? Issue;

    public static FrameLayers Empty => new()
    {
        Ethernet = None, CookedSource = None, Ip = None, OuterIp = None, Udp = None, Message = None, TunnelKey = None,
    };

    /// <summary>Goes into a tunnel: what was innermost becomes the outside.</summary>
    public void Enter(TunnelKind kind, long key)
    {
        if (TunnelCount == 0)
        {
            OuterIp = Ip;
            OuterIpVersion = IpVersion;
            OuterVlans = Vlans;
        }
        if (TunnelCount < 8)
            Tunnels |= (uint)kind << (4 * TunnelCount);
        TunnelCount++;
        TunnelKey = key;
        Vlans = default;
        Ethernet = None;
        Ip = None;
        Udp = None;
    }
}
