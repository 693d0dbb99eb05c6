namespace QuantumNet.Access.Collecting;

/// <summary>What a node is, and so what its collector's script asks.</summary>
public enum CollectorRole
{
    /// <summary>Everything, and the control plane where the node has a client and its settings.</summary>
    All,
    /// <summary>A node that runs instances: what a DHCP server has is left out.</summary>
    Compute,
    /// <summary>A node that runs DHCP agents.</summary>
    Network,
    /// <summary>The control plane's records, by the client; nothing of the node itself.</summary>
    Controller,
}
