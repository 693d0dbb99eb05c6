using System.Net;
using QuantumNet.Faults.Iptables;
using QuantumNet.Faults.Nftables;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Tunnels;

/// <summary>What one of a node's firewalls does with a tunnel's packet.</summary>
/// <param name="Tool">Whose chains they are: <c>iptables</c>, <c>ip6tables</c>, <c>nftables' inet filter</c>.</param>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Chains">The chains walked into, from the first to the one that decides.</param>
/// <param name="Evidence">The line that decides.</param>
/// <param name="Doubt">For Unknown: why.</param>
internal sealed record FirewallAnswer(
    string Tool, IptablesVerdict Verdict, IReadOnlyList<string> Chains, Evidence? Evidence, string Doubt)
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
        OnlyAnswers = "a packet that answers one of its own is accepted, the first one meets the quoted line";

    /// <summary>The packet as this node meets it: one that is not for the node is to be forwarded.</summary>
    public TunnelPacket Facing(TunnelPacket packet) => UnderlayRouters.Devices(Node, packet.Headers) is var (from, to)
        ? packet with { Headers = packet.Headers with { Bridge = from, LeavesBy = to } } : packet;

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
        packet.Headers.Destination.Contains(':') || packet.Headers.Source.Contains(':') ? "Ip6tables" : "Iptables";

    private FirewallAnswer Tables(TunnelPacket packet)
    {
        IptablesResult result = IptablesWalk.Tunnelled(Node, packet.Headers);
        return new(TablesOf(packet).ToLowerInvariant(), result.Verdict, result.Chains, result.Evidence,
            packet.Headers.Protocol == "udp" ? Unfollowed : OnlyAnswers);
    }

    /// <summary>nftables' own tables: the first packet counts, and one that answers, where one can.</summary>
    private FirewallAnswer? Native(TunnelPacket packet)
    {
        NftPacket first = Headers(packet);
        NftTable[] tables = [.. Foreign.Where(table => table.IsListed)];
        if (NftWalk.Through(tables, first) is not { } result)
            return null;
        string doubt = Unfollowed;
        bool mayAnswer = first.SourcePort != NftPacket.AnyPort || first.Protocol != 17;
        if (mayAnswer && NftWalk.Through(tables, first with { State = NftState.Established }) is { } answered
            && answered.Verdict != result.Verdict)
        {
            doubt = result.Verdict == IptablesVerdict.Dropped ? OnlyAnswers : Unfollowed;
            result = result with { Verdict = IptablesVerdict.Unknown };
        }
        return new($"nftables' table {result.Table}", result.Verdict, result.Chains, result.Line.ToEvidence(), doubt);
    }

    // What iptables keeps in nftables is told by iptables-save.
    private IEnumerable<NftTable> Foreign => Node.State.NftTables.Where(table => !IsOfIptables(table));

    /// <summary>iptables-nft names its tables as iptables does, and their base chains in capitals.</summary>
    private static bool IsOfIptables(NftTable table) => table.Family is "ip" or "ip6"
        && table.Name is "filter" or "nat" or "mangle" or "raw" or "security"
        && table.Chains.TrueForAll(chain => chain.Hook.Length == 0
            || chain.Name is "PREROUTING" or "INPUT" or "FORWARD" or "OUTPUT" or "POSTROUTING");

    private NftPacket Headers(TunnelPacket packet)
    {
        DhcpPacketHeaders headers = packet.Headers;
        IPAddress? source = IPAddress.TryParse(headers.Source, out IPAddress? from) ? from : null;
        return new()
        {
            Protocol = headers.Protocol switch { "udp" => 17, "gre" => 47, _ => 50 },
            Source = source,
            Destination = IPAddress.TryParse(headers.Destination, out IPAddress? to) ? to : null,
            SourcePort = headers.SourcePort,
            DestinationPort = headers.DestinationPort,
            InputDevice = headers.Bridge,
            OutputDevice = headers.LeavesBy,
            IsFromNeighbour = source is not null && Node.Link(headers.Bridge) is { } link
                && UnderlayRouters.IsNeighbour(link, source),
        };
    }
}
