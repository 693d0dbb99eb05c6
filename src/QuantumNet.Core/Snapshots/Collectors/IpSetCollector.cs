using QuantumNet.Parsing.Iptables;

namespace QuantumNet.Snapshots;

/// <summary>The sets that rules of iptables name, with their members, of the node's own namespace. They matter only
/// where a rule names one (<see cref="NodeState.NamesSets"/>): Neutron's hybrid firewall keeps the addresses of a
/// security group's members in NIPv4... and NIPv6...; firewalld and others have their own.</summary>
public sealed class IpSetCollector : ICollector
{
    /// <summary>Its name.</summary>
    internal const string Sets = "IpSet";

    /// <inheritdoc/>
    public string Name => Sets;

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } = [new("ipset", "save")];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        List<IpSet> sets = IpSetParser.ParseAll(output.Text, source);
        foreach (IpSet set in sets)
        {
            int at = into.IpSets.FindIndex(known => known.Name == set.Name);
            if (at < 0)
                into.IpSets.Add(set);
            else if (set.IsListed && !into.IpSets[at].IsListed)
                into.IpSets[at] = set;
        }
        return sets.Count;
    }
}
