namespace QuantumNet.Paths;

/// <summary>Who answers a port's DHCP requests.</summary>
internal enum Responder
{
    /// <summary>Nobody that was found.</summary>
    None,
    /// <summary>A dnsmasq that Neutron's DHCP agent runs.</summary>
    Dnsmasq,
    /// <summary>The OVS agent of the instance's own node, with its DHCP extension.</summary>
    OvsAgent,
}
