namespace QuantumNet.Parsing.Logs;

/// <summary>What the kernel says when it loses packets on a DHCP path, and which layer that is.</summary>
internal static class KernelWords
{
    private static readonly (string Text, string Layers)[] s_losses =
    [
        // net/openvswitch/flow_netlink.h: OVS_NLERR: "openvswitch: netlink: Flow action size %u bytes exceeds max",
        // "... Flow actions may not be safe on all matching packets."
        ("openvswitch: netlink:", "45"),
        // net/openvswitch/actions.c: "%s: deferred action limit reached, drop recirc action"
        ("deferred action limit reached, drop", "45"),
        // net/openvswitch/actions.c: "ovs: recursion limit reached on datapath %s, probable configuration error"
        ("recursion limit reached on datapath", "45"),
        // net/netfilter/nf_conntrack_core.c: "nf_conntrack: table full, dropping packet"
        ("table full, dropping packet", "3"),
        // net/bridge/br_fdb.c: "%s: received packet on %s with own address as source address (addr:%pM, vlan:%u)"
        ("with own address as source address", "245"),
    ];

    /// <summary>Drivers say it in their own ways: "NIC Link is Down", "Link is down", "link down".</summary>
    private static readonly string[] s_linkDown = ["link is down", "link down"];

    /// <summary>Whether a message tells of lost packets.</summary>
    public static bool TellsLoss(string message) => LayersOf(message).Length > 0;

    /// <summary>Whether a message may explain a finding of that code.</summary>
    public static bool Explains(string message, string code) => code.Length > 2 && LayersOf(message).Contains(code[2]);

    /// <summary>The first digits of the codes that it may explain.</summary>
    private static string LayersOf(string message)
    {
        foreach ((string text, string layers) in s_losses)
        {
            if (message.Contains(text, StringComparison.Ordinal))
                return layers;
        }
        return Array.Exists(s_linkDown, text => message.Contains(text, StringComparison.OrdinalIgnoreCase)) ? "25" : "";
    }
}
