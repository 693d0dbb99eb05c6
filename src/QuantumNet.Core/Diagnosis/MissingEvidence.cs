using QuantumNet.Paths;
using QuantumNet.Snapshots;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Says which command on which node would answer what was not collected: the collector's own, for that bridge,
/// namespace, network or file.</summary>
internal static class MissingEvidence
{
    private const string Records = "record:";

    /// <summary>The sentence: <c>OvsFlow of br-tun was not collected; run `ovs-ofctl dump-flows br-tun`
    /// on netnode.</c></summary>
    public static string Sentence(CloudView cloud, Finding unknown)
    {
        string collector = unknown.MissingCollector, subject = unknown.MissingSubject, node = unknown.ComputerName;
        string thing = collector.StartsWith(Records, StringComparison.Ordinal)
            ? $"The control plane's {collector[Records.Length..]} record"
            : subject.Length > 0 ? $"{collector} of {subject}" : collector;
        if (node.Length == 0)
            return $"{thing} was not collected, and nothing tells on which node to look.";
        string command = Command(cloud, node, collector, subject);
        return command.Length == 0
            ? $"{thing} was not collected on {node}." : $"{thing} was not collected; run `{command}` on {node}.";
    }

    /// <summary>The command; empty when no collector has one.</summary>
    public static string Command(CloudView cloud, string node, string collector, string subject)
    {
        NodeView? view = cloud.Node(node);
        bool isQuantum = (view is null ? Release.Of(cloud) : Release.Of(cloud, view)).IsQuantum;
        if (collector.StartsWith(Records, StringComparison.Ordinal))
            return RecordAnswers.CommandFor(cloud.Records, collector[Records.Length..], subject, isQuantum);
        ICollector? owner = Collectors.All.FirstOrDefault(
            one => one.Name == collector || (one is OvsPortCollector && collector == OvsPortCollector.Bridges));
        CommandTemplate? template = owner?.Commands.FirstOrDefault(one =>
                (one.Scope == CommandScope.Node) == (subject.Length == 0) && !IsDone(one, view, subject))
            ?? (owner?.Commands is [var first, ..] ? first : null);
        return template is null ? "" : Spell(template, subject, view, isQuantum);
    }

    // Where devices were told without their addresses, it is these that are missing.
    private static bool IsDone(CommandTemplate command, NodeView? view, string subject) =>
        command.Argv[^1] == "link" && command.Argv.Contains("ip") && view?.State.Has("NodeLink", subject) == true
        && !view.ShowsAddresses(subject);

    private static string Spell(CommandTemplate template, string subject, NodeView? view, bool isQuantum)
    {
        if (template.Scope == CommandScope.File && subject.StartsWith('/'))
            return string.Join(' ', ReaderOf(template).Append(subject));
        if (template.Scope == CommandScope.File)
            return string.Join(' ', ReaderOf(template).Concat(Files(template, isQuantum)));
        string network = subject.Length > 0 ? subject : "NETWORK";
        return string.Join(' ', template.Argv.Select(argument => argument
            .Replace("{folder}", FolderOf(view, network, isQuantum), StringComparison.Ordinal)
            .Replace("{network}", network, StringComparison.Ordinal)
            .Replace("{namespace}", subject.Length > 0 ? subject : "qdhcp-NETWORK", StringComparison.Ordinal)
            .Replace("{bridge}", subject.Length > 0 ? subject : "BRIDGE", StringComparison.Ordinal)
            .Replace("{family}", subject.Split(' ')[0], StringComparison.Ordinal)
            .Replace("{table}", subject[(subject.IndexOf(' ') + 1)..], StringComparison.Ordinal)
            .Replace("{pid}", subject.Length > 0 ? subject : "PID", StringComparison.Ordinal)));
    }

    // sed only blots out secrets: what it reads, cat reads as well.
    private static IEnumerable<string> ReaderOf(CommandTemplate template) =>
        template.Argv[0] == "sed" ? ["cat"] : template.Argv.Where(argument => argument != "{file}");

    private static IEnumerable<string> Files(CommandTemplate template, bool isQuantum)
    {
        string other = isQuantum ? "neutron" : "/quantum/";
        return template.FilePatterns.Where(pattern => !pattern.Contains(other, StringComparison.Ordinal));
    }

    // Where the running dnsmasq has its files is where the agent writes them; else the agents' default.
    private static string FolderOf(NodeView? view, string network, bool isQuantum)
    {
        string file = view?.DhcpServersOf(network).FirstOrDefault()?.HostsFile ?? "";
        int slash = file.LastIndexOf('/');
        return slash > 0 ? file[..slash] : $"/var/lib/{(isQuantum ? "quantum" : "neutron")}/dhcp/{network}";
    }
}
