using QuantumNet.Simulation.Iptables;
using QuantumNet.Simulation.Nftables;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Tunnel;

/// <summary>What one of a node's firewalls does with a tunnel's packet.</summary>
/// <param name="Tool">Whose chains they are: <c>iptables</c>, <c>ip6tables</c>, <c>nftables' inet filter</c>.</param>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Chains">The chains walked into, from the first to the one that decides.</param>
/// <param name="Evidence">The line that decides.</param>
/// <param name="Doubt">For Unknown: why.</param>
internal sealed record FirewallAnswer(
    string Tool, IptablesOutcome Outcome, IReadOnlyList<string> Chains, Evidence? Evidence, string Doubt)
{
    /// <summary>The chains, with arrows between them.</summary>
    public string Way => string.Join(" > ", Chains);
}

/// <summary>The firewalls of one node, which a tunnel's packet meets one after another: iptables or ip6tables,
/// by its family, and nftables' own tables.</summary>
/// <param name="Node">The node.</param>
/// <param name="IsBypassed">Whether the datapath takes tunnels from the device before the kernel does.</param>
internal sealed record HostFirewall(NodeView Node, bool IsBypassed)
{
    private const string Unfollowed = "a rule with a match that is not followed may decide before the quoted line",
        UncollectedSet = "a set that a rule names may hold it, whose members were not collected (`ipset save`)",
        OnlyAnswers = "a packet that answers one of its own is accepted, the first one meets the quoted line";

    /// <summary>The packet as this node meets it: one that is not for the node is to be forwarded.</summary>
    public TunnelPacket Facing(TunnelPacket packet) =>
        UnderlayRouters.Devices(Node, packet) is var (from, to) ? packet.Through(from, to) : packet;

    /// <summary>The answers of what was collected.</summary>
    public IEnumerable<FirewallAnswer> Answers(TunnelPacket packet)
    {
        if (Node.State.Has(TablesOf(packet)))
            yield return Tables(packet);
        if (Node.State.NftTables.Count > 0 && Native(packet) is { } native)
            yield return native;
    }

    /// <summary>The collector, and its subject, whose output would tell what was not collected;
    /// null when nothing is missing.</summary>
    public (string Collector, string Subject)? Missing(TunnelPacket packet)
    {
        if (!Node.State.Has(TablesOf(packet)))
            return (TablesOf(packet), "");
        if (!Node.State.Has("Nftables") && !Node.State.NftTables.Exists(table => table.IsListed))
            return ("Nftables", "");
        return NftWalk.Met(Foreign, Headers(packet)).FirstOrDefault(table => !table.IsListed) is { } table
            ? ("Nftables", table.Title) : null;
    }

    private static string TablesOf(TunnelPacket packet) =>
        packet.Packet.IsSix ? "Ip6tables" : "Iptables";

    private FirewallAnswer Tables(TunnelPacket packet)
    {
        FilteredPacket headers = packet.Packet with { IsOnReversePath = IsFromNeighbour(packet) ? true : null };
        IptablesTraversal first = Meet(packet, headers);
        string tool = TablesOf(packet).ToLowerInvariant();
        bool isOpen = packet.MayAnswer && first.Outcome
            != Meet(packet, headers with { State = ConntrackState.Established }).Outcome;
        return new(tool, isOpen ? IptablesOutcome.Unknown : first.Outcome, first.Chains, first.Evidence,
            isOpen && first.IsLost ? OnlyAnswers : NodeFilter.LacksSet(Node, first) ? UncollectedSet : Unfollowed);
    }

    private IptablesTraversal Meet(TunnelPacket packet, FilteredPacket headers) => packet.IsRouted
        ? NodeFilter.Of(Node).Routed(headers) : NodeFilter.Of(Node).ToHost(headers);

    /// <summary>nftables' own tables: the first packet counts, and one that answers, where one can.</summary>
    private FirewallAnswer? Native(TunnelPacket packet)
    {
        NftPacket first = Headers(packet);
        NftTable[] tables = [.. Foreign.Where(table => table.IsListed)];
        if (NftWalk.Through(tables, first) is not { } result)
            return null;
        string doubt = Unfollowed;
        if (packet.MayAnswer && NftWalk.Through(tables, first with { State = NftState.Established }) is { } answered
            && answered.Verdict != result.Verdict)
        {
            doubt = result.Verdict == IptablesOutcome.Dropped ? OnlyAnswers : Unfollowed;
            result = result with { Verdict = IptablesOutcome.Unknown };
        }
        return new($"nftables' table {result.Table}", result.Verdict, result.Chains, result.Line.ToEvidence(), doubt);
    }

    // What iptables keeps in nftables is told by iptables-save.
    private IEnumerable<NftTable> Foreign => Node.State.NftTables.Where(table => !table.IsOfIptables);

    private NftPacket Headers(TunnelPacket packet)
    {
        FilteredPacket headers = packet.Packet;
        return new()
        {
            Protocol = headers.Protocol,
            Source = headers.Source?.ToIPAddress(),
            Destination = headers.Destination?.ToIPAddress(),
            SourcePort = headers.SourcePort ?? NftPacket.AnyPort,
            DestinationPort = headers.DestinationPort ?? 0,
            InputDevice = headers.InDevice ?? "",
            OutputDevice = packet.IsRouted ? headers.OutDevice : null,
            IsFromNeighbour = IsFromNeighbour(packet),
        };
    }

    private bool IsFromNeighbour(TunnelPacket packet) => packet.Packet is { Source: { } source, InDevice: { } device }
        && Node.Link(device) is { } link && UnderlayRouters.IsNeighbour(link, source.ToIPAddress());
}
