namespace QuantumNet.Topology;

/// <summary>What kind of plug a port has, and so which path is looked for.</summary>
internal enum PortKind
{
    /// <summary>Plugged into Open vSwitch, by its tap or through a Linux bridge.</summary>
    Ovs,
    /// <summary>Plugged into Open vSwitch by a vhost-user socket: there is no tap.</summary>
    VhostUser,
    /// <summary>Plugged into a Linux bridge by the Linux bridge agent.</summary>
    LinuxBridge,
    /// <summary>A function of the NIC, or a device on it: no switch of the node is met.</summary>
    Hardware,
    /// <summary>A machine of its own: the switches of the data centre wire it.</summary>
    BareMetal,
    /// <summary>Neutron found nobody to wire it.</summary>
    BindingFailed,
    /// <summary>Not bound to a node.</summary>
    Unbound,
    /// <summary>The network's own: a DHCP server's, a router's.</summary>
    NetworkOwn,
    /// <summary>Another plugin's.</summary>
    Other,
}

/// <summary>Tells a port's kind by <c>binding:vif_type</c> and <c>binding:vnic_type</c>
/// (neutron_lib/api/definitions/portbindings.py), and by what is plugged in where they say nothing or the nodes
/// say otherwise.</summary>
internal static class PortKinds
{
    /// <summary>The kind of a port.</summary>
    public static PortKind Of(QuantumPort port, NodeView? compute)
    {
        if (port.DeviceOwner.StartsWith("network:", StringComparison.Ordinal))
            return PortKind.NetworkOwn;
        if (compute is not null && IsInOpenVSwitch(port, compute))
            return PortKind.Ovs;
        if (port.VifType == "vhostuser" || compute?.OvsPort(DeviceNames.VhostUser(port.PortId)) is not null)
            return PortKind.VhostUser;
        return port.VifType switch
        {
            "binding_failed" => PortKind.BindingFailed,
            "unbound" => PortKind.Unbound,
            "bridge" => PortKind.LinuxBridge,
            "hw_veb" or "hostdev_physical" or "macvtap" or "mlnx_direct" or "ib_hostdev" or "802.1qbh" or "802.1qbg"
                or "vdpa" => PortKind.Hardware,
            "" or "ovs" => OfVnic(port.VnicType),
            _ => port.VnicType == "baremetal" ? PortKind.BareMetal : PortKind.Other,
        };
    }

    private static PortKind OfVnic(string vnic) => vnic switch
    {
        "" or "normal" => PortKind.Ovs,
        "direct" or "direct-physical" or "macvtap" or "virtio-forwarder" or "vdpa" or "remote-managed"
            or "accelerator-direct" or "accelerator-direct-physical" => PortKind.Hardware,
        "baremetal" or "smart-nic" => PortKind.BareMetal,
        _ => PortKind.Other,
    };

    private static bool IsInOpenVSwitch(QuantumPort port, NodeView compute) =>
        compute.OvsPort(DeviceNames.Tap(port.PortId)) is not null
        || compute.OvsPort(DeviceNames.VethOvsEnd(port.PortId)) is not null;

    /// <summary>Whether the path on the instance's node is looked for.</summary>
    public static bool IsFollowed(this PortKind kind) => kind is PortKind.Ovs or PortKind.VhostUser;
}
