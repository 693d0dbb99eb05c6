using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>The port's own chains on its compute node, found by what their names end with:
/// the prefix is the agent's program name, cut, and changed with the releases (iptables_manager.py,
/// binary_name).</summary>
internal sealed record PortChains(string? Input, string? Output)
{
    private static readonly NodeMemo<Dictionary<string, string>> s_known = new(BySuffix);

    /// <summary>Finds them.</summary>
    public static PortChains Find(DhcpLeg leg, NodeView compute)
    {
        string suffix = DeviceNames.ChainSuffix(leg.Port.PortId);
        Dictionary<string, string> chains = s_known.Of(compute);
        return new PortChains(chains.GetValueOrDefault("i" + suffix), chains.GetValueOrDefault("o" + suffix));
    }

    // The chains of the filter table by what stands behind the agent's name; of several, the last.
    private static Dictionary<string, string> BySuffix(NodeView node)
    {
        Dictionary<string, string> chains = new(StringComparer.Ordinal);
        foreach (IptablesChain chain in node.State.IptablesChains)
        {
            if (chain is not { Table: "filter", Namespace: "" })
                continue;
            // A suffix is cut from an id, and has a dash of its own.
            for (int dash = chain.Chain.IndexOf('-'); dash >= 0; dash = chain.Chain.IndexOf('-', dash + 1))
                chains[chain.Chain[(dash + 1)..]] = chain.Chain;
        }
        return chains;
    }

    /// <summary>The chain of a direction, or what its name would end with.</summary>
    public static string Name(DhcpLeg leg, NodeView compute, DhcpDirection direction)
    {
        PortChains chains = Find(leg, compute);
        return (direction == DhcpDirection.Request ? chains.Output : chains.Input)
            ?? $"chain {(direction == DhcpDirection.Request ? "o" : "i")}{DeviceNames.ChainSuffix(leg.Port.PortId)}";
    }

    /// <summary>Why iptables is not expected to filter this port; null when it is.</summary>
    public static string? WhyNotExpected(DhcpLeg leg) =>
        leg.Plug == PlugKind.Direct ? "The tap is a port of br-int: iptables does not see it."
        : leg.Plug == PlugKind.Unknown ? "Nothing tells how the port is plugged; the check of its devices tells why."
        : leg.Port.PortSecurityEnabled == false ? "Port security is off."
        : null;
}
