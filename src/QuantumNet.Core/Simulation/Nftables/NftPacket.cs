using System.Net;

namespace QuantumNet.Simulation.Nftables;

/// <summary>What connection tracking says of a packet.</summary>
internal enum NftState
{
    /// <summary>The first of its connection.</summary>
    New,
    /// <summary>It answers, or follows an answer.</summary>
    Established,
}

/// <summary>A tunnel's packet as nftables sees it.</summary>
internal sealed record NftPacket
{
    /// <summary>A source port that the sender draws again for each flow.</summary>
    public const int AnyPort = -1;

    /// <summary>IP protocol: 17 UDP, 47 GRE, 50 ESP.</summary>
    public required int Protocol { get; init; }
    /// <summary>Source; null when unknown.</summary>
    public IPAddress? Source { get; init; }
    /// <summary>Destination; null when unknown.</summary>
    public IPAddress? Destination { get; init; }
    /// <summary>UDP source port, or <see cref="AnyPort"/>.</summary>
    public int SourcePort { get; init; } = AnyPort;
    /// <summary>UDP destination port.</summary>
    public int DestinationPort { get; init; }
    /// <summary>The device it comes in by; empty when unknown.</summary>
    public string InputDevice { get; init; } = "";
    /// <summary>The device a forwarded packet leaves by, empty when unknown; null for the host's own.</summary>
    public string? OutputDevice { get; init; }
    /// <summary>What connection tracking says.</summary>
    public NftState State { get; init; }
    /// <summary>Whether the source is a neighbour on the input device, so that the way back leads there.</summary>
    public bool IsFromNeighbour { get; init; }

    /// <summary>Whether it is one of IPv6.</summary>
    public bool IsSix => (Destination ?? Source)?.GetAddressBytes().Length == 16;
}
