using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>Devices of the node and of each DHCP namespace: <c>ip -s -d link</c> and <c>ip address</c>
/// in one record.</summary>
public sealed class NodeLinkCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "NodeLink";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("ip", "-s", "-d", "link") { AlwaysPrints = true },
        new("ip", "address") { AlwaysPrints = true },
        new("ip", "netns", "exec", "{namespace}", "ip", "-s", "-d", "link") { Scope = CommandScope.DhcpNamespace,
            AlwaysPrints = true },
        new("ip", "netns", "exec", "{namespace}", "ip", "address") { Scope = CommandScope.DhcpNamespace,
            AlwaysPrints = true },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (CommandNamespace.Told(output).Length > 0)
            NamespaceRecords.NoteUse(output, into);
        if (output.ExitStatus != 0)
            return 0;

        TextSource stamped = CommandNamespace.Stamp(output, source);
        bool isJson = output.Text.AsSpan().TrimStart() is ['[', ..];
        List<NodeLink> links =
            isJson ? IpJsonParser.ParseAll(output.Text, stamped) : IpLinkParser.ParseAll(output.Text, stamped);
        Merge(links, into);
        return links.Count;
    }

    private static void Merge(List<NodeLink> read, NodeState into)
    {
        var known = new Dictionary<(string, string), int>();
        for (int i = 0; i < into.Links.Count; i++)
            known[(into.Links[i].Namespace, into.Links[i].Device)] = i;

        foreach (NodeLink link in read)
        {
            if (known.TryGetValue((link.Namespace, link.Device), out int index))
                into.Links[index] = Join(into.Links[index], link);
            else
            {
                known[(link.Namespace, link.Device)] = into.Links.Count;
                into.Links.Add(link);
            }
        }
    }

    /// <summary>The reading with counters stays the record and its evidence; the other gives what it lacks.</summary>
    private static NodeLink Join(NodeLink first, NodeLink second)
    {
        if (first.Index != second.Index && first.Index > 0 && second.Index > 0)
            return second;                                  // deleted and created again in between
        (NodeLink kept, NodeLink other) = Tells(first) > Tells(second) ? (first, second) : (second, first);
        return kept with
        {
            Index = kept.Index > 0 ? kept.Index : other.Index,
            Flags = kept.IsStateKnown ? kept.Flags : other.Flags,
            Mac = kept.Mac.Length > 0 ? kept.Mac : other.Mac,
            Addresses = kept.Addresses.Length > 0 ? kept.Addresses : other.Addresses,
            Kind = kept.Kind.Length > 0 ? kept.Kind : other.Kind,
            Master = kept.Master.Length > 0 ? kept.Master : other.Master,
            AgeingTime = kept.AgeingTime ?? other.AgeingTime,
            IsLearning = kept.IsLearning ?? other.IsLearning,
            PeerNamespaceId = kept.PeerNamespaceId ?? other.PeerNamespaceId,
        };
    }

    private static int Tells(NodeLink link) => (link.HasCounters ? 2 : 0) + (link.IsStateKnown ? 1 : 0);
}
