namespace QuantumNet.Faults.Iptables;

/// <summary>What a firewall driver does.</summary>
internal enum FirewallKind
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>iptables on a Linux bridge between tap and br-int.</summary>
    IptablesHybrid,
    /// <summary>iptables on a bridge that holds the tap.</summary>
    Iptables,
    /// <summary>Flows of br-int.</summary>
    OpenVSwitch,
    /// <summary>A name that this list lacks.</summary>
    Other,
}

/// <summary>The names that <c>firewall_driver</c> had through the releases:
/// class paths first, entry points since Liberty.</summary>
internal static class FirewallDriver
{
    /// <summary>The kind a setting names.</summary>
    public static FirewallKind Of(string setting)
    {
        string name = setting[(setting.LastIndexOf('.') + 1)..].Trim();
        return name switch
        {
            "NoopFirewallDriver" or "noop" or "" => FirewallKind.None,
            "OVSHybridIptablesFirewallDriver" or "iptables_hybrid" => FirewallKind.IptablesHybrid,
            "IptablesFirewallDriver" or "iptables" => FirewallKind.Iptables,
            "OVSFirewallDriver" or "openvswitch" => FirewallKind.OpenVSwitch,
            _ => FirewallKind.Other,
        };
    }
}
