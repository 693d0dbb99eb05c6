namespace QuantumNet;

/// <summary>How far a fault reaches: what it is a fault of, and so where it can bring others about.</summary>
public enum FaultScope
{
    /// <summary>Of the cloud: every node.</summary>
    Cloud,
    /// <summary>Of one node: it explains what is wrong there.</summary>
    Node,
    /// <summary>Of one network: it explains what is wrong with that network on any node.</summary>
    Network,
    /// <summary>Of one port: it explains what is wrong on the port's node.</summary>
    Port,
    /// <summary>Of the way between an instance and a DHCP server: it explains what is wrong at either end.</summary>
    Path,
}
