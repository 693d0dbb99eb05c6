namespace QuantumNet.Faults;

/// <summary>The faults of the devices between an instance and br-int.</summary>
internal static class DeviceFaults
{
    public static CheckInfo NotInLinuxBridge { get; } = new()
    {
        Code = "QN2001",
        Title = "Tap or veth end is not in the Linux bridge",
        Layer = "Devices",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["NodeLink", "LinuxBridge"],
        Remedy = "Put the device back (ip link set DEVICE master BRIDGE), or reboot the instance hard so that Nova "
            + "plugs it again; read nova-compute.log.",
        Reference = "nova/virt/libvirt/vif.py, os-vif",
    };

    public static CheckInfo LinkDown { get; } = new()
    {
        Code = "QN2002",
        Title = "A link of the instance's chain is down",
        Layer = "Devices",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["NodeLink"],
        Remedy = "Set it up (ip link set DEVICE up) and find out who set it down.",
    };

    public static CheckInfo TapGone { get; } = new()
    {
        Code = "QN2003",
        Title = "The instance's tap is gone",
        Layer = "Devices",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["NodeLink"],
        Explains = ["QN2001", "QN2004", "QN3001", "QN4001", "QN4002", "QN5006", "QN5007", "QN5008"],
        Remedy = "See whether the instance runs on that node (virsh list); start it, or reboot it hard so that Nova "
            + "plugs it again.",
        Reference = "skydive#687",
    };

    public static CheckInfo PortWithoutDevice { get; } = new()
    {
        Code = "QN2004",
        Title = "Port in Open vSwitch has no device",
        Layer = "Devices",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["OvsPort", "NodeLink"],
        Explains = ["QN2001", "QN4001", "QN4002", "QN6002", "QN6004", "QN6005"],
        Remedy = "Plug it again: reboot the instance hard (its port), or restart the DHCP agent (the server's port).",
        Reference = "openvswitch/ovs-issues#110",
    };

    public static CheckInfo BridgedPacketsUnfiltered { get; } = new()
    {
        Code = "QN2005",
        Title = "Security groups are not applied: bridged packets do not meet iptables",
        Layer = "Devices",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Needs = ["BridgeNetfilter"],
        Remedy = "Load br_netfilter and set net.bridge.bridge-nf-call-iptables=1 on the node, for good.",
        Reference = "LP#1622914, LP#1672922",
    };

    public static CheckInfo ForeignRuleDrops { get; } = new()
    {
        Code = "QN2006",
        Title = "A foreign iptables rule drops bridged DHCP",
        Layer = "Devices",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["Iptables"],
        Remedy = "Find who set the rule or policy (docker, libvirt, firewalld) and let bridged traffic of the "
            + "instances pass before it.",
        Reference = "moby/moby#31245",
    };

    public static CheckInfo NicSecurity { get; } = new()
    {
        Code = "QN2007",
        Title = "The NIC or virtual switch drops the instances' MACs",
        Layer = "Devices",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        Needs = ["Trace"],
        Remedy = "Allow promiscuous mode and forged transmits on the NIC's port where the nodes are virtual machines.",
    };

    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        NotInLinuxBridge, LinkDown, TapGone, PortWithoutDevice, BridgedPacketsUnfiltered, ForeignRuleDrops,
        NicSecurity,
    ];
}
