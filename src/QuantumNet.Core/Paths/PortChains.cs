using QuantumNet.Topology;

namespace QuantumNet.Paths;

/// <summary>The port's own chains on its compute node, found by what their names end with:
/// the prefix is the agent's program name, cut, and changed with the releases (iptables_manager.py,
/// binary_name).</summary>
internal sealed record PortChains(string? Input, string? Output)
{
    /// <summary>Finds them.</summary>
    public static PortChains Find(DhcpLeg leg, NodeView compute)
    {
        string suffix = DeviceNames.ChainSuffix(leg.Port.PortId);
        string? input = null, output = null;
        foreach (IptablesChain chain in compute.State.IptablesChains)
        {
            if (chain.Table != "filter" || chain.Namespace.Length > 0)
                continue;
            if (chain.Chain.EndsWith("-i" + suffix, StringComparison.Ordinal))
                input = chain.Chain;
            else if (chain.Chain.EndsWith("-o" + suffix, StringComparison.Ordinal))
                output = chain.Chain;
        }
        return new PortChains(input, output);
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
