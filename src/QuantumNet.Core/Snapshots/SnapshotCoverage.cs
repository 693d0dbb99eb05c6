using QuantumNet.Snapshots.Captures;

namespace QuantumNet.Snapshots;

/// <summary>Tells of a snapshot how many of its outputs are used, which nobody reads, and what is missing
/// for a verdict.</summary>
internal static class SnapshotCoverage
{
    private static readonly string[] s_everywhere =
        ["NodeLink", "Iptables", "BridgeNetfilter", "OvsPort", "AgentConfig", "AgentLog"];
    private static readonly string[] s_serving = ["Process", "NetworkNamespace", "DhcpEvent"];

    /// <summary>Collectors whose records only explain what others show.</summary>
    private static readonly string[] s_explaining = ["ServerLog", "KernelLog"];

    /// <summary>The snapshot with what was found out. Reads all of its outputs.</summary>
    public static QuantumSnapshot Of(QuantumSnapshot snapshot)
    {
        Cloud cloud = CloudReader.Read(snapshot);
        HashSet<CommandOutput> unknown = new(cloud.UnknownOutputs, ReferenceEqualityComparer.Instance);
        HashSet<(string, string)> read = [];
        foreach (NodeState node in cloud.Nodes.Values)
        {
            foreach (CollectedCommand command in node.Commands
                .Where(command => command.State == CollectionState.Collected))
                read.Add((node.ComputerName, command.Command));
        }
        int records = snapshot.RecordOutputs.Count(output => Parsing.Clients.RecordRequest.Of(output.Argv) is not null);
        return snapshot with
        {
            UsedOutputCount = snapshot.Outputs.Where(output => read.Contains((output.ComputerName, output.Command)))
                .DistinctBy(output => (output.ComputerName, output.Command)).Count() + records
                + snapshot.Outputs.Count(CaptureOutputs.IsOne),
            UnknownOutputs = [.. unknown.Select(output => $"{output.ComputerName}: {output.Command}").Distinct(),
                .. snapshot.RecordOutputs.Where(output => Parsing.Clients.RecordRequest.Of(output.Argv) is null)
                    .Select(output => $"{output.ComputerName}: {output.Command}")],
            MissingEvidence = [.. RecordGaps(snapshot), .. cloud.Nodes.Values.SelectMany(GapsOf)],
        };
    }

    private static IEnumerable<EvidenceGap> GapsOf(NodeState node)
    {
        bool mayServe = node.Roles.Length == 0 || node.Roles.Contains("network") || node.DhcpServers.Count > 0;
        List<(string Collector, string Subject)> wanted = [.. s_everywhere.Select(collector => (collector, ""))];
        wanted.AddRange(Bridges(node).Select(bridge => ("OvsFlow", bridge)));
        wanted.AddRange(Bridges(node).Where(node.NamesGroups).Select(bridge => (OvsGroupCollector.Groups, bridge)));
        if (mayServe)
        {
            wanted.AddRange(s_serving.Select(collector => (collector, "")));
            wanted.AddRange(node.Namespaces.Where(one => one.NetworkId.Length > 0).SelectMany(Wanted));
        }
        if (node.NamesSets)
            wanted.Add((IpSetCollector.Sets, ""));
        // What failed or could not be read is missing, whoever wanted it.
        wanted.AddRange(node.Commands.Where(command => command.State is CollectionState.Failed
                or CollectionState.NotUnderstood && command.Collector != OvsPortCollector.Bridges
                && Array.IndexOf(s_explaining, command.Collector) < 0
                && IsAskedFor(node, command))
            .Select(command => (command.Collector, command.Subject)));
        return wanted.Distinct().Select(one => Gap(node, one.Collector, one.Subject)).OfType<EvidenceGap>();
    }

    // Flows lead to groups, rules to sets: where none does, nobody misses them.
    private static bool IsAskedFor(NodeState node, CollectedCommand command) => command.Collector switch
    {
        OvsGroupCollector.Groups => node.NamesGroups(command.Subject),
        IpSetCollector.Sets => node.NamesSets,
        _ => true,
    };

    /// <summary>Without the control plane's records networks, ports and agents are worked out from the nodes,
    /// as far as they show.</summary>
    private static IEnumerable<EvidenceGap> RecordGaps(QuantumSnapshot snapshot)
    {
        if (snapshot.RecordOutputs.Length == 0)
            yield return new() { Collector = "Records", ComputerName = "the controller",
                Command = "openstack port list --long -f json" };
    }

    private static (string Collector, string Subject)[] Wanted(NetworkNamespace served) =>
        [("NodeLink", served.Namespace), ("Socket", served.Namespace), ("DhcpHost", served.NetworkId),
            ("DhcpLease", served.NetworkId)];

    /// <summary>The bridges whose flows decide: those that are known, else the one that no cloud is without.</summary>
    private static IEnumerable<string> Bridges(NodeState node)
    {
        if (node.OvsBridges.Count == 0)
            return node.Has("OvsFlow") ? [] : [""];
        return node.OvsBridges.Select(bridge => bridge.Bridge);
    }

    private static EvidenceGap? Gap(NodeState node, string collector, string subject)
    {
        CollectionState state = node.StateOf(collector, subject);
        if (state == CollectionState.Collected)
            return null;
        CollectedCommand? told = node.Commands.Find(command => command.Collector == collector && command.State == state
            && (subject.Length == 0 || command.Subject == subject));
        return new()
        {
            ComputerName = node.ComputerName,
            Collector = collector,
            Subject = subject,
            State = state,
            Command = told?.Command ?? CommandOf(collector, subject),
            Reason = told?.Reason ?? "",
        };
    }

    /// <summary>A collector's own command about a subject, place-holders that nothing is known
    /// of in capitals.</summary>
    public static string CommandOf(string collector, string subject)
    {
        ICollector? known = Collectors.All.FirstOrDefault(one => one.Name == collector);
        CommandTemplate? template = known?.Commands.FirstOrDefault(one =>
            (one.Scope is CommandScope.Node or CommandScope.File) == (subject.Length == 0)) ?? known?.Commands[0];
        if (template is null)
            return "";
        IEnumerable<string> words =
            template.Scope == CommandScope.File ? ["cat", template.FilePatterns[0]] : template.Argv;
        return string.Join(' ', words.Select(word => Fill(word, subject)));
    }

    private static string Fill(string word, string subject)
    {
        if (!TemplateMatch.HasHolder(word))
            return word;
        if (word is "{family}" or "{table}" && subject.IndexOf(' ') is int space and > 0)
            return word == "{family}" ? subject[..space] : subject[(space + 1)..];
        string filled = word.Replace("{folder}", "/var/lib/neutron/dhcp/{network}", StringComparison.Ordinal);
        foreach (string holder in (string[])["bridge", "namespace", "network", "pid", "file", "family", "table"])
            filled = filled.Replace("{" + holder + "}", subject.Length > 0 ? subject : holder.ToUpperInvariant(),
                StringComparison.Ordinal);
        return filled;
    }
}
