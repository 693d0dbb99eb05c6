namespace QuantumNet.Simulation.Iptables;

/// <summary>A point of netfilter that a packet passes (iptables(8), TABLES).</summary>
internal enum IptablesHook
{
    /// <summary>PREROUTING: as it comes in.</summary>
    Prerouting,
    /// <summary>INPUT: for this host.</summary>
    Input,
    /// <summary>FORWARD: through this host, or over a bridge of it.</summary>
    Forward,
    /// <summary>OUTPUT: made by this host.</summary>
    Output,
    /// <summary>POSTROUTING: as it leaves.</summary>
    Postrouting,
}

/// <summary>What conntrack says of a packet (iptables-extensions(8), conntrack, --ctstate).</summary>
internal enum ConntrackState
{
    /// <summary>Not known.</summary>
    Unknown,
    /// <summary>The first of its connection, in either sense: no answer has been seen.</summary>
    New,
    /// <summary>Of a connection with packets in both directions.</summary>
    Established,
    /// <summary>Of a connection that another one announced.</summary>
    Related,
    /// <summary>Of no connection that it understands.</summary>
    Invalid,
    /// <summary>Left aside by NOTRACK.</summary>
    Untracked,
}

/// <summary>An IPv4 or IPv6 packet as iptables or ip6tables meets it. What is null is not known.</summary>
internal sealed record FilteredPacket
{
    /// <summary>The device it comes in by; of a bridged packet the bridge. Empty for one of the host's own. Null when
    /// not known, but never the loopback device.</summary>
    public string? InDevice { get; init; } = "";
    /// <summary>The device it leaves by; of a bridged packet the bridge. Empty for one to the host itself.</summary>
    public string? OutDevice { get; init; } = "";
    /// <summary>Whether br_netfilter passes it: it comes in by a bridge's port.</summary>
    public bool IsBridged { get; init; }
    /// <summary>The bridge's port that it comes in by; empty when none.</summary>
    public string PhysicalIn { get; init; } = "";
    /// <summary>The bridge's port that it leaves by; empty when none.</summary>
    public string PhysicalOut { get; init; } = "";
    /// <summary>Source address.</summary>
    public HostAddress? Source { get; init; }
    /// <summary>Destination address.</summary>
    public HostAddress? Destination { get; init; }
    /// <summary>IP protocol's number.</summary>
    public required int Protocol { get; init; }
    /// <summary>Source port, of TCP, UDP and their like.</summary>
    public int? SourcePort { get; init; }
    /// <summary>Where the source port is not known, the first and last of those that it may be.</summary>
    public (int First, int Last)? SourcePorts { get; init; }
    /// <summary>Destination port.</summary>
    public int? DestinationPort { get; init; }
    /// <summary>ICMP's or ICMPv6's type and code.</summary>
    public (int Type, int Code)? Icmp { get; init; }
    /// <summary>TCP's flags: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32.</summary>
    public int? TcpFlags { get; init; }
    /// <summary>Source hardware address, lower case; null when not known, empty when it has none.</summary>
    public string? SourceMac { get; init; }
    /// <summary><c>unicast</c>, <c>broadcast</c> or <c>multicast</c>, by its frame.</summary>
    public string? FrameKind { get; init; }
    /// <summary>What conntrack says of it.</summary>
    public ConntrackState State { get; init; }
    /// <summary>Whether a rule of raw gave it a connection's template (CT): it then counts as new in raw.</summary>
    public bool IsTemplated { get; init; }
    /// <summary>Whether nat gave it another address or port.</summary>
    public bool IsTranslated { get; init; }
    /// <summary>Its mark.</summary>
    public uint? Mark { get; init; } = 0;
    /// <summary>Its connection's mark.</summary>
    public uint? ConnectionMark { get; init; } = 0;
    /// <summary>Whether the way back to its source leads by the device that it comes in by (rpfilter).</summary>
    public bool? IsOnReversePath { get; init; }
    /// <summary>The host's own addresses; null when not known.</summary>
    public IReadOnlySet<HostAddress>? LocalAddresses { get; init; }
    /// <summary>Broadcast addresses of the host's networks; null when not known.</summary>
    public IReadOnlySet<HostAddress>? BroadcastAddresses { get; init; }

    /// <summary>Whether it is one of IPv6.</summary>
    public bool IsSix => (Destination ?? Source)?.IsSix == true;
}
