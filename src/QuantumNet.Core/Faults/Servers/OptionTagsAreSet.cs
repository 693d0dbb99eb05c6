using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Servers;

/// <summary>Each tag that a line of the options file asks for is set somewhere: by a range, by a line of the hosts
/// file, by another argument. dnsmasq leaves a line whose tag nothing sets out of every answer (dnsmasq(8),
/// --dhcp-option), and clients then have an address without router, name server or MTU.</summary>
internal sealed class OptionTagsAreSet : IServiceCheck
{
    private const int MaximumEvidence = 3;
    // What dnsmasq sets by itself, besides the name of the interface.
    private static readonly string[] s_builtIn = ["known", "known-othernet", "bootp", "dhcpv6"];

    public IReadOnlyList<CheckInfo> Infos { get; } = [TagOfNoRange];

    public IEnumerable<Finding> Run(DhcpService service)
    {
        if (service is not { Node: { } node, Processes: [{ OptionsFile.Length: > 0 } dnsmasq, ..] })
            return [TagOfNoRange.NotApplicable("No dnsmasq runs with an options file.")];
        DhcpServerOption[] lines = [.. node.State.DhcpServerOptions.Where(line =>
            string.Equals(line.NetworkId, service.NetworkId, StringComparison.OrdinalIgnoreCase)
            && DnsmasqFiles.IsSame(DnsmasqFiles.PathOf(line), dnsmasq.OptionsFile)
            && !line.Option.StartsWith("option6", StringComparison.Ordinal))];
        if (lines.Length == 0 && !DnsmasqFiles.IsKnown(node, "DhcpOption", service.NetworkId, dnsmasq.OptionsFile))
            return [TagOfNoRange.Unknown(node.Name, "DhcpOption", service.NetworkId)];
        HashSet<string> set = TagsSet(node, service.NetworkId, dnsmasq);
        DhcpServerOption[] idle = Array.FindAll(lines, line =>
            Array.Exists(line.Tags, tag => tag.Length > 0 && tag[0] is not ('!' or '#') && !set.Contains(tag)));
        string tags = string.Join(", ", idle.SelectMany(line => line.Tags).Where(tag => !set.Contains(tag)).Distinct()
            .Take(MaximumEvidence));
        string count = idle.Length == 1 ? "a line" : $"{idle.Length} lines";
        return [idle.Length == 0 ? TagOfNoRange.Pass(node.Name, dnsmasq.OptionsFile)
            : TagOfNoRange.Fail(node.Name, dnsmasq.OptionsFile, $"The options file on {node.Name} has "
                    + $"{count} with a tag that nothing sets ({tags}): clients do not get them.",
                [.. idle.Take(MaximumEvidence).Select(line => line.ToEvidence()), dnsmasq.ToEvidence()])
            with { At = HopComponent.Dnsmasq }];
    }

    private static HashSet<string> TagsSet(NodeView node, string networkId, DhcpServer dnsmasq)
    {
        HashSet<string> set = [.. s_builtIn, dnsmasq.Device];
        foreach (string tag in node.DhcpHostsOf(networkId).SelectMany(line => line.Tags))
            set.Add(tag);
        foreach (string part in dnsmasq.Argv.SelectMany(argument => argument.Split(',', '=')))
        {
            if (part.StartsWith("set:", StringComparison.Ordinal) || part.StartsWith("net:", StringComparison.Ordinal))
                set.Add(part[4..]);
        }
        return set;
    }
}
