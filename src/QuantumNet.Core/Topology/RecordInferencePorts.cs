using System.Net;

namespace QuantumNet.Topology;

/// <summary>The ports of one node: what is plugged into Open vSwitch with an iface-id, what has a port's device names,
/// and the DHCP servers' devices in <c>qdhcp-</c> namespaces.</summary>
internal sealed class RecordInferencePorts(
    NodeState node, RecordInferenceSegments segments, RecordInferenceHosts hosts, IReadOnlyList<QuantumSubnet> subnets)
{
    private readonly SortedDictionary<string, QuantumPort> _ports = new(StringComparer.Ordinal);

    public IEnumerable<QuantumPort> Ports()
    {
        foreach (OvsPort plug in node.OvsPorts)
            AddPlug(plug);
        foreach (NodeLink link in node.Links)
            AddLink(link);
        return _ports.Values.Select(Complete);
    }

    /// <summary>A port in Open vSwitch: external_ids <c>iface-id, attached-mac, vm-uuid</c> (os-vif;
    /// libvirt writes <c>vm-id</c>).</summary>
    private void AddPlug(OvsPort plug)
    {
        string shortId = plug.PortId.Length >= DeviceNames.ShortIdLength
            ? plug.PortId[..DeviceNames.ShortIdLength]
            : DeviceNames.InstancePort(plug.Device);
        if (shortId.Length == 0)
            return;
        bool isVhostUser = plug.Type.StartsWith("dpdkvhostuser", StringComparison.Ordinal);
        bool isHybrid = plug.Device.StartsWith("qvo", StringComparison.Ordinal);
        QuantumPort port = Known(shortId, plug);
        _ports[shortId] = port with
        {
            PortId = plug.PortId.Length > port.PortId.Length ? plug.PortId : port.PortId,
            Mac = First(port.Mac, plug.Mac),
            NetworkId = First(port.NetworkId, First(
                LocalVlanMap.Note(plug, "net_uuid"),
                segments.NetworkOf(node.ComputerName, LocalVlanMap.TagOf(plug)))),
            DeviceId = First(port.DeviceId, plug.ExternalId("vm-uuid") ?? plug.ExternalId("vm-id") ?? ""),
            DeviceOwner = First(port.DeviceOwner, OwnerOf(plug)),
            VifType = isVhostUser ? "vhostuser" : "ovs",
            HybridPlug = isHybrid ? true : port.HybridPlug,
        };
    }

    /// <summary>Whose a port is that no instance can be behind: an interface driver's internal port, or one
    /// of its veth pairs, which bears neither an instance's id nor libvirt's MAC (neutron/agent/linux/interface.py).
    /// Empty for what may be an instance's.</summary>
    private string OwnerOf(OvsPort plug)
    {
        if (DeviceNames.IsRouterDevice(plug.Device))
            return plug.Device.StartsWith("qg-", StringComparison.Ordinal) ? "network:router_gateway"
                : "network:router_interface";
        bool isTap = plug.Device.StartsWith("tap", StringComparison.Ordinal);
        if (plug.Type == "internal")
            return isTap ? "network:dhcp" : "network:router_interface";
        bool hasInstance = (plug.ExternalId("vm-uuid") ?? plug.ExternalId("vm-id")) is not null;
        string mac = node.Links.Find(link => link.Device == plug.Device && link.Namespace.Length == 0)?.Mac ?? "fe:";
        return isTap && plug.PortId.Length > 0 && !hasInstance && !mac.StartsWith("fe:", StringComparison.Ordinal)
            ? "network:dhcp" : "";
    }

    private void AddLink(NodeLink link)
    {
        string network = DeviceNames.NetworkOfNamespace(link.Namespace);
        if (network.Length > 0)
            AddDhcpLink(link, network);
        else if (link.Namespace.Length == 0
            && DeviceNames.InstancePort(link.Device) is { Length: > 0 } shortId)
            AddInstanceLink(link, shortId);
    }

    private void AddDhcpLink(NodeLink link, string network)
    {
        string shortId = DeviceNames.DhcpPort(link.Device);
        if (shortId.Length == 0)
            return;
        QuantumPort port = Known(shortId, link);
        _ports[shortId] = port with
        {
            NetworkId = network,
            Mac = First(port.Mac, link.Mac),
            DeviceOwner = "network:dhcp",
            FixedIps = [.. link.Addresses.Select(address => address.Split('/')[0]).Where(IsAssigned)
                .Select(address => Fixed(address, network))],
        };
    }

    private void AddInstanceLink(NodeLink link, string shortId)
    {
        // A DHCP server's tap may be seen in the node's own namespace while the agent moves it:
        // only what is wired tells.
        QuantumPort port = Known(shortId, link);
        bool isTap = link.Device.StartsWith("tap", StringComparison.Ordinal);
        _ports[shortId] = port with
        {
            Mac = First(port.Mac, isTap ? hosts.GuestMac(link.Mac) : ""),
            HybridPlug = link.Device.StartsWith("qvo", StringComparison.Ordinal) ? true : port.HybridPlug,
        };
    }

    private QuantumPort Known(string shortId, NodeRecord from) =>
        _ports.TryGetValue(shortId, out QuantumPort? port) ? port : new QuantumPort
        {
            Source = RecordSource.Inferred,
            PortId = shortId,
            ComputerName = node.ComputerName,
            Command = from.Command,
            AnsweredBy = from.ComputerName,
            RawText = from.RawText,
        };

    /// <summary>Fills in what the anti-spoofing rules and the hosts files tell of a port.</summary>
    private QuantumPort Complete(QuantumPort port)
    {
        (string mac, List<string> allowed) = port.IsDhcp ? ("", []) : RecordInferenceRules.Of(node, port.PortId);
        port = port with { Mac = First(port.Mac, mac) };
        if (port.NetworkId.Length == 0 && port.Mac.Length > 0)
            port = port with { NetworkId = hosts.NetworkOf(port.Mac) };
        if (port.FixedIps.Length == 0)
        {
            IEnumerable<string> served = port.Mac.Length > 0 ? hosts.AddressesOf(port.Mac, port.NetworkId) : [];
            string[] addresses = [.. served];
            if (addresses.Length == 0)
                addresses = [.. allowed];
            port = port with { FixedIps = [.. addresses.Select(address => Fixed(address, port.NetworkId))] };
        }
        return port
            with { IpAddress = port.FixedIps.FirstOrDefault(ip => ip.IpAddress.Contains('.'))?.IpAddress ?? "" };
    }

    private FixedIp Fixed(string address, string network) =>
        new() { IpAddress = address, SubnetId = RecordInferenceSubnets.IdOf(subnets, network, address) };

    /// <summary>Whether Neutron gave the address: not one that the kernel made itself,
    /// nor the metadata service's.</summary>
    private static bool IsAssigned(string address) => IPAddress.TryParse(address, out IPAddress? ip)
        && !ip.IsIPv6LinkLocal && !IPAddress.IsLoopback(ip)
        && !address.StartsWith("169.254.", StringComparison.Ordinal);

    private static string First(string one, string other) => one.Length > 0 ? one : other;
}

/// <summary>What a port's anti-spoofing rules tell: <c>-s 10.10.0.29/32 -m mac --mac-source FA:...
/// -j RETURN</c>, or of old <c>-m mac ! --mac-source FA:... -j DROP</c> and <c>! -s 172.241.0.2/32 -j DROP</c>
/// (neutron, iptables_firewall.py).</summary>
internal static class RecordInferenceRules
{
    public static (string Mac, List<string> Addresses) Of(NodeState node, string portId)
    {
        HashSet<string> macs = [];
        List<string> addresses = [];
        foreach (IptablesRule rule in node.IptablesRules)
        {
            if (rule.Namespace.Length > 0 || rule.Target is not ("RETURN" or "DROP")
                || !DeviceNames.IsChainOf(rule.Chain, portId) || !IsOutward(rule.Chain))
                continue;
            bool negated = rule.Target == "DROP";
            if (Value(rule, "mac-source", negated) is { } mac)
                macs.Add(mac.ToLowerInvariant());
            if (Value(rule, "source", negated) is { } source && SingleAddress(source) is { } address
                && !addresses.Contains(address))
                addresses.Add(address);
        }
        return (macs.Count == 1 ? macs.First() : "", macs.Count > 1 ? [] : addresses);
    }

    /// <summary>The chain of packets from the instance: its name has <c>o</c> (or <c>s</c>,
    /// anti-spoofing) before the id.</summary>
    private static bool IsOutward(string chain) =>
        chain.Length >= DeviceNames.ShortIdLength && chain[^DeviceNames.ShortIdLength] is 'o' or 's';

    private static string? Value(IptablesRule rule, string option, bool negated)
    {
        foreach (IptablesMatch match in rule.Matches)
        {
            if (match.Option == option && match.Negated == negated)
                return match.Value;
        }
        return null;
    }

    private static string? SingleAddress(string source)
    {
        string[] halves = source.Split('/');
        bool isOne = halves.Length == 1 || halves[1] is "32" or "128";
        return isOne && IPAddress.TryParse(halves[0], out IPAddress? ip) && !ip.Equals(IPAddress.Any)
            && !ip.Equals(IPAddress.IPv6Any)
            && !ip.IsIPv6LinkLocal ? ip.ToString() : null;
    }
}
