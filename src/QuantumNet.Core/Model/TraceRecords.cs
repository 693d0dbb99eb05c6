namespace QuantumNet;

/// <summary>One DHCP message, seen at one hop of a port's path.</summary>
public sealed record DhcpPacketObservation : IComparable
{
    /// <summary>When, UTC, by the node's own clock.</summary>
    public DateTime Time { get; init; }
    /// <summary>When: nanoseconds since 1970, by the node's own clock.</summary>
    public long TimeNanoseconds { get; init; }
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>The device it was captured on.</summary>
    public string Device { get; init; } = "";
    /// <summary>The network namespace of the device; empty for the node's own.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>The kind of hop.</summary>
    public HopComponent Component { get; init; }
    /// <summary>The hop, <c>node/device</c>.</summary>
    public string Hop { get; init; } = "";
    /// <summary>The port that is traced.</summary>
    public string PortId { get; init; } = "";
    /// <summary>Whether it is this port's message, and not another instance's.</summary>
    public bool IsOfPort { get; init; }
    /// <summary>Which way it goes.</summary>
    public DhcpDirection Direction { get; init; }
    /// <summary>What it is for.</summary>
    public DhcpMessageType Type { get; init; }
    /// <summary>The transaction id.</summary>
    public string TransactionId { get; init; } = "";
    /// <summary>The client's MAC (chaddr).</summary>
    public string Mac { get; init; } = "";
    /// <summary>The address the server gives (yiaddr); empty when none.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>The address the client wants (option 50, or ciaddr); empty when none.</summary>
    public string RequestedAddress { get; init; } = "";
    /// <summary>The server that speaks or is meant (option 54); empty when not told.</summary>
    public string ServerId { get; init; } = "";
    /// <summary>Lease time; null when not told.</summary>
    public long? LeaseSeconds { get; init; }
    /// <summary>MAC it was sent from.</summary>
    public string SourceMac { get; init; } = "";
    /// <summary>MAC it was sent to.</summary>
    public string DestinationMac { get; init; } = "";
    /// <summary>Address it was sent from.</summary>
    public string SourceAddress { get; init; } = "";
    /// <summary>Address it was sent to.</summary>
    public string DestinationAddress { get; init; } = "";
    /// <summary>What it is wrapped in; empty when in nothing.</summary>
    public string Encapsulation { get; init; } = "";
    /// <summary>GRE key or VNI; null when there is none.</summary>
    public long? TunnelKey { get; init; }
    /// <summary>The tunnel's sender; empty when there is none.</summary>
    public string OuterSource { get; init; } = "";
    /// <summary>The tunnel's receiver; empty when there is none.</summary>
    public string OuterDestination { get; init; } = "";
    /// <summary>VLANs it stands in, outer first.</summary>
    public int[] Vlans { get; init; } = [];
    /// <summary>What its UDP checksum says.</summary>
    public UdpChecksum Checksum { get; init; }
    /// <summary>Whether a bad checksum is the unfinished one of checksum offload.</summary>
    public bool IsChecksumPartial { get; init; }
    /// <summary>Whether the client asks for a broadcast reply.</summary>
    public bool IsBroadcast { get; init; }
    /// <summary>Bytes on the wire.</summary>
    public int Length { get; init; }
    /// <summary>The message itself, with its options.</summary>
    public DhcpPacket? Packet { get; init; }

    /// <summary>When it came here, in seconds since the trace began.</summary>
    internal double Arrival { get; init; }

    /// <summary>By time.</summary>
    public int CompareTo(object? obj) =>
        obj is not DhcpPacketObservation other ? 1 : TimeNanoseconds.CompareTo(other.TimeNanoseconds);

    /// <inheritdoc/>
    public override string ToString() => $"{Hop}: {Type} {Mac} {TransactionId}";
}

/// <summary>A hop of a traced path: where packets were, or could not be, captured.</summary>
public sealed record DhcpTracePoint
{
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>The device or bridge.</summary>
    public string Device { get; init; } = "";
    /// <summary>The network namespace of the device; empty for the node's own.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>The kind of hop.</summary>
    public HopComponent Component { get; init; }
    /// <summary>The hop, <c>node/device</c>.</summary>
    public string Hop { get; init; } = "";
    /// <summary>Whether it was captured.</summary>
    public bool IsCaptured { get; init; }
    /// <summary>Why it was not, or what tcpdump said at its end.</summary>
    public string Reason { get; init; } = "";
    /// <summary>Messages seen here, of this port and of others.</summary>
    public int PacketCount { get; init; }
    /// <inheritdoc/>
    public override string ToString() => IsCaptured ? $"{Hop}: {PacketCount}" : $"{Hop}: not captured, {Reason}";
}

/// <summary>One message of a transaction at one hop.</summary>
public sealed record DhcpTraceHop
{
    /// <summary>The hop, <c>node/device</c>.</summary>
    public string Hop { get; init; } = "";
    /// <summary>What the message is for.</summary>
    public DhcpMessageType Type { get; init; }
    /// <summary>Which way it goes.</summary>
    public DhcpDirection Direction { get; init; }
    /// <summary>When it was first seen here, UTC, by the clock of the instance's node.</summary>
    public DateTime Time { get; init; }
    /// <summary>How often it was seen here.</summary>
    public int Count { get; init; }
    /// <inheritdoc/>
    public override string ToString() => $"{Type} at {Hop}";
}

/// <summary>One DHCP transaction: the messages of one client under one transaction id,
/// followed over all hops.</summary>
public sealed record DhcpTraceTransaction
{
    /// <summary>The transaction id.</summary>
    public string TransactionId { get; init; } = "";
    /// <summary>The client's MAC (chaddr).</summary>
    public string Mac { get; init; } = "";
    /// <summary>Whether it is the traced port's.</summary>
    public bool IsOfPort { get; init; }
    /// <summary>When its first message was seen, UTC.</summary>
    public DateTime Time { get; init; }
    /// <summary>Types of its messages, in the order of their first sight.</summary>
    public DhcpMessageType[] Types { get; init; } = [];
    /// <summary>The servers that answered (option 54).</summary>
    public string[] Servers { get; init; } = [];
    /// <summary>Whether the instance's end saw the ACK.</summary>
    public bool IsComplete { get; init; }
    /// <summary>Whether a server refused.</summary>
    public bool HasNak { get; init; }
    /// <summary>Address given in the last answer; empty when none.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>The last hop that saw the client's last message; empty when none did.</summary>
    public string RequestLastSeen { get; init; } = "";
    /// <summary>The next hop, which did not see it; empty when it arrived.</summary>
    public string RequestFirstMissing { get; init; } = "";
    /// <summary>The last hop that saw the answer to it; empty when none did.</summary>
    public string ReplyLastSeen { get; init; } = "";
    /// <summary>The next hop, which did not see it; empty when it arrived, or when nothing was
    /// to be answered.</summary>
    public string ReplyFirstMissing { get; init; } = "";
    /// <summary>Every message at every hop, in order of time.</summary>
    public DhcpTraceHop[] Hops { get; init; } = [];
    /// <inheritdoc/>
    public override string ToString() => $"{TransactionId} {Mac}: {string.Join(", ", Types)}";
}

/// <summary>How a node's clock stands against the clock of the instance's node.</summary>
public sealed record DhcpTraceClock
{
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Seconds it is ahead.</summary>
    public double OffsetSeconds { get; init; }
    /// <summary>How many packets, seen on both ends of the wire, tell it; 0 when none does and the clocks are
    /// taken as they are.</summary>
    public int PacketCount { get; init; }
    /// <inheritdoc/>
    public override string ToString() => $"{ComputerName} {OffsetSeconds:+0.000000;-0.000000} s";
}

/// <summary>What a trace of a port's DHCP path showed.</summary>
public sealed record DhcpTraceResult : IVerdict
{
    /// <summary>The port.</summary>
    public string PortId { get; init; } = "";
    /// <summary>Its network.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>Its MAC.</summary>
    public string Mac { get; init; } = "";
    /// <summary>Its first IPv4 address.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>The node the instance runs on.</summary>
    public string ComputeNode { get; init; } = "";
    /// <summary>The nodes whose DHCP agents serve the network.</summary>
    public string[] DhcpNodes { get; init; } = [];
    /// <summary>The verdict.</summary>
    public DhcpPathStatus Status { get; init; }
    /// <summary>The root cause's code; null when Ok, or when packets alone cannot tell it.</summary>
    public string? Cause { get; init; }
    /// <summary>The cause's name; null when there is none.</summary>
    public string? Title { get; init; }
    /// <summary>The node where packets are lost; null when none are.</summary>
    public string? ComputerName { get; init; }
    /// <summary>Where: the first hop that did not see them; null when none are lost.</summary>
    public string? Object { get; init; }
    /// <summary>The direction that is lost; null when none is.</summary>
    public DhcpDirection? Direction { get; init; }
    /// <summary>The one sentence.</summary>
    public string Summary { get; init; } = "";
    /// <summary>What to do; null when Ok.</summary>
    public string? Remedy { get; init; }
    /// <summary>The last hop that saw the lost message; null when none is lost, or when none saw it.</summary>
    public string? LastSeen { get; init; }
    /// <summary>The next hop, which did not see it; null when none is lost.</summary>
    public string? FirstMissing { get; init; }
    /// <summary>What the packets show, root causes first.</summary>
    public Finding[] Findings { get; init; } = [];
    /// <summary>The transactions, in order of time; those of other instances are marked so.</summary>
    public DhcpTraceTransaction[] Transactions { get; init; } = [];
    /// <summary>The hops, from the instance to the servers.</summary>
    public DhcpTracePoint[] Points { get; init; } = [];
    /// <summary>How the nodes' clocks stand.</summary>
    public DhcpTraceClock[] Clocks { get; init; } = [];
    /// <summary>Messages seen, at all hops, of this port and of others.</summary>
    public int PacketCount { get; init; }
    /// <summary>When it began, UTC.</summary>
    public DateTime StartedAt { get; init; }
    /// <summary>How long it listened, in seconds.</summary>
    public double DurationSeconds { get; init; }
    /// <inheritdoc/>
    public override string ToString() => Summary;
}
