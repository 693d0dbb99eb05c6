using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Servers;

/// <summary>One network's DHCP server on one node, with all that it serves: what the checks of servers judge.</summary>
internal sealed record DhcpService
{
    /// <summary>The way to it from no port in particular.</summary>
    public required DhcpLeg Leg { get; init; }

    /// <summary>The ways to it from the ports that it should serve.</summary>
    public required IReadOnlyList<DhcpLeg> Clients { get; init; }

    /// <summary>The server; null when the network has none.</summary>
    public DhcpSite? Site => Leg.Server;

    /// <summary>What was gathered of its node; null when nothing.</summary>
    public NodeView? Node => Site?.Node;

    /// <summary>The network.</summary>
    public string NetworkId => Leg.Port.NetworkId;

    /// <summary>Its dnsmasq processes; parent and child count as one.</summary>
    public IReadOnlyList<DhcpServer> Processes { get; init; } = [];

    /// <summary>An earlier sample of the cloud; null when there is none.</summary>
    public Cloud? Before { get; init; }

    /// <summary>Captured DHCP messages.</summary>
    public IReadOnlyList<DhcpPacket> Packets { get; init; } = [];
}

/// <summary>A statement that should be true of a DHCP server, whoever asks it.</summary>
internal interface IServiceCheck
{
    /// <summary>The codes it raises.</summary>
    IReadOnlyList<CheckInfo> Infos { get; }

    /// <summary>Judges one server.</summary>
    IEnumerable<Finding> Run(DhcpService service);
}
