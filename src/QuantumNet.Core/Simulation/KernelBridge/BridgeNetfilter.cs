using QuantumNet.Topology;

namespace QuantumNet.Simulation.KernelBridge;

/// <summary>Whether the kernel's bridges hand packets to iptables (br_netfilter; kernel's
/// Documentation/networking/ip-sysctl.rst, /proc/sys/net/bridge/*).</summary>
internal static class BridgeNetfilter
{
    /// <summary>The kernel's switch for it.</summary>
    public const string Setting = "net.bridge.bridge-nf-call-iptables";

    /// <summary>Whether bridged packets of IPv4 meet iptables (without br_netfilter the switch is absent, an empty
    /// value); null when it was not collected.</summary>
    public static bool? IsOn(NodeView node) => !node.State.Sysctls.TryGetValue(Setting, out string? value) ? null
        : value.Trim() switch { "" or "0" => false, "1" => true, _ => null };

    /// <summary>Whether they do, as far as is known.</summary>
    public static bool MayBeOn(NodeView node) => IsOn(node) != false;
}
