namespace QuantumNet.Topology;

/// <summary>Types of tunnels (ovs-vswitchd.conf.db(5), Interface: type), and of the networks that cross them.</summary>
internal static class TunnelTypes
{
    /// <summary>Whether a network of a type crosses tunnels between nodes.</summary>
    public static bool IsOfNetwork(string networkType) => networkType is "gre" or "vxlan" or "geneve";

    /// <summary>What a port's packets are on the wire: GRE with a key of 64 bits, or under IPsec, is GRE to the
    /// receiver's choice of port.</summary>
    public static string OnTheWire(string portType) => portType is "gre64" or "ipsec_gre" ? "gre" : portType;
}
