using QuantumNet.Faults;
using QuantumNet.Pipeline;

namespace QuantumNet.Binding;

/// <summary>Nodes: of the connection, and of what was read so far.</summary>
public sealed class NodeCompleter() : SeenCompleter("Node")
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store, SeenNames names) => ReferenceEquals(names, store.Seen)
            ? base.Candidates(store, names)
                .Concat((store.Default?.ComputerName ?? []).Select(node => (node, "node of the connection")))
            : base.Candidates(store, names);
}

/// <summary>Ports: by id, or by the address, MAC or instance that tells them apart.</summary>
public sealed class PortCompleter() : SeenCompleter("Port")
{
    private const int ShortestWord = 2;

    private protected override bool Fits(string text, string toolTip, string start) => base.Fits(text, toolTip, start)
        || (start.Length >= ShortestWord
            && Array.Exists(toolTip.Split(' '), word => word.StartsWith(start, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>MAC addresses of ports.</summary>
public sealed class MacCompleter() : SeenCompleter("MacAddress");

/// <summary>Addresses of ports.</summary>
public sealed class AddressCompleter() : SeenCompleter("Address");

/// <summary>Who owns a port.</summary>
public sealed class DeviceOwnerCompleter() : SeenCompleter("DeviceOwner", "compute:*", "network:dhcp",
    "network:router_interface", "network:router_gateway", "network:router_interface_distributed",
    "network:ha_router_replicated_interface", "network:floatingip");

/// <summary>Networks.</summary>
public sealed class NetworkCompleter() : SeenCompleter("Network");

/// <summary>Names of networks.</summary>
public sealed class NetworkNameCompleter() : SeenCompleter("NetworkName");

/// <summary>Subnets.</summary>
public sealed class SubnetCompleter() : SeenCompleter("Subnet");

/// <summary>Names of subnets.</summary>
public sealed class SubnetNameCompleter() : SeenCompleter("SubnetName");

/// <summary>Open vSwitch bridges.</summary>
public sealed class BridgeCompleter() : SeenCompleter("Bridge", "br-int", "br-tun");

/// <summary>Linux bridges.</summary>
public sealed class LinuxBridgeCompleter() : SeenCompleter("LinuxBridge");

/// <summary>Devices of nodes.</summary>
public sealed class DeviceCompleter() : SeenCompleter("Device");

/// <summary>Network namespaces.</summary>
public sealed class NamespaceCompleter() : SeenCompleter("Namespace", "qdhcp-*", "qrouter-*", "snat-*", "fip-*");

/// <summary>The other ends of tunnels.</summary>
public sealed class RemoteAddressCompleter() : SeenCompleter("RemoteAddress");

/// <summary>Instances, by id.</summary>
public sealed class InstanceCompleter() : SeenCompleter("Instance");

/// <summary>Names of instances.</summary>
public sealed class InstanceNameCompleter() : SeenCompleter("InstanceName");

/// <summary>OpenFlow tables.</summary>
public sealed class FlowTableCompleter() : SeenCompleter("FlowTable");

/// <summary>Tables of iptables.</summary>
public sealed class IptablesTableCompleter() : SeenCompleter("Table", "filter", "mangle", "nat", "raw", "security");

/// <summary>Chains of iptables.</summary>
public sealed class ChainCompleter() : SeenCompleter("Chain", "INPUT", "FORWARD", "OUTPUT", "PREROUTING",
    "POSTROUTING");

/// <summary>Kinds of agents.</summary>
public sealed class AgentTypeCompleter() : SeenCompleter("AgentType", "Open vSwitch agent", "DHCP agent", "L3 agent",
    "Metadata agent");

/// <summary>Programs of agents.</summary>
public sealed class BinaryCompleter() : SeenCompleter("Binary", "neutron-openvswitch-agent", "neutron-dhcp-agent",
    "neutron-l3-agent", "neutron-metadata-agent");

/// <summary>Security groups.</summary>
public sealed class SecurityGroupCompleter() : SeenCompleter("SecurityGroup");

/// <summary>Names of security groups.</summary>
public sealed class SecurityGroupNameCompleter() : SeenCompleter("SecurityGroupName", "default");

/// <summary>Files of settings.</summary>
public sealed class ConfigFileCompleter() : SeenCompleter("File");

/// <summary>Sections of files of settings.</summary>
public sealed class SectionCompleter() : SeenCompleter("Section", "DEFAULT", "agent", "ovs", "securitygroup");

/// <summary>Settings.</summary>
public sealed class OptionCompleter() : SeenCompleter("Option", "firewall_driver", "local_ip", "tunnel_types",
    "bridge_mappings", "dhcp_driver", "interface_driver");

/// <summary>Log files.</summary>
public sealed class LogFileCompleter() : SeenCompleter("LogFile");

/// <summary>Levels of logs.</summary>
public sealed class LevelCompleter() : FixedCompleter("ERROR", "WARNING", "CRITICAL", "TRACE", "INFO", "DEBUG",
    "AUDIT", "EMER", "ERR", "WARN", "DBG");

/// <summary>What dnsmasq logs.</summary>
public sealed class EventTypeCompleter() : FixedCompleter("DHCPDISCOVER", "DHCPOFFER", "DHCPREQUEST", "DHCPACK",
    "DHCPNAK", "DHCPRELEASE", "DHCPDECLINE", "DHCPINFORM", "started", "exiting", "read", "message");

/// <summary>Texts that nobody can guess: no value, and no file names.</summary>
public sealed class FreeTextCompleter() : FixedCompleter;

/// <summary>Layers of the catalogue of checks.</summary>
public sealed class LayerCompleter()
    : FixedCompleter([.. CheckCatalog.All.Select(check => check.Layer).Distinct()]);

/// <summary>Names of this session's connections.</summary>
public sealed class ConnectionCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store, SeenNames names) =>
            store.All.Select(one => (one.Name, $"{one.ControlPlane} {string.Join(", ", one.ComputerName)}".Trim()));
}

/// <summary>Names of collectors.</summary>
public sealed class CollectorCompleter()
    : FixedCompleter([.. Snapshots.Collectors.All.Select(collector => collector.Name)]);

/// <summary>Names of the samples.</summary>
public sealed class SampleCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store, SeenNames names) =>
            Access.SampleFolder.All().Select(sample => (sample.Name, sample.Title));
}

/// <summary>Codes of the catalogue of checks.</summary>
public sealed class CheckCompleter : SessionCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(
        ConnectionStore store, SeenNames names) => CheckCatalog.All.Select(check => (check.Code, check.Title));
}
