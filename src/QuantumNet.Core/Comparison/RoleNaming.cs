using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using QuantumNet.Topology;

namespace QuantumNet.Comparison;

/// <summary>What the names of a node stand for where it is held against another node: ids, addresses, MACs, local VLANs
/// and devices must differ between nodes, and are the same in their role.</summary>
internal sealed class RoleNaming : Naming
{
    private const string Self = "<own>", Peer = "<peer>", Port = "<port>", PortMac = "<port's MAC>";

    private readonly Dictionary<string, string> _words = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _vlans = [];
    private readonly LocalPort? _port;

    /// <param name="cloud">The node's cloud.</param>
    /// <param name="node">The node.</param>
    /// <param name="peer">The node that it is held against.</param>
    /// <param name="ports">The ports of the node.</param>
    /// <param name="port">The port of the node that is held against one of the other; null for the node itself.</param>
    public RoleNaming(CloudView cloud, NodeView node, string peer, LocalPort[] ports, LocalPort? port)
    {
        _port = port;
        AddNode(node, Self);
        if (cloud.Node(peer) is { } other)
            AddNode(other, Peer);
        AddTunnels(cloud, node, peer);
        foreach ((int vlan, string network) in LocalPort.NetworksByVlan(cloud, node, ports))
            _vlans.Add(vlan, network == port?.NetworkId ? "<port's VLAN>" : $"<VLAN of {network}>");
        foreach (LocalPort server in ports.Where(one => one.IsDhcp))
            _devices[DeviceNames.Tap(server.ShortId)] = "<DHCP port>";
        AddPorts(cloud, node.Name, peer);
        if (port is not null)
            AddPort(port);
    }

    /// <inheritdoc/>
    public override string Vlan(int vlan) => _vlans.TryGetValue(vlan, out string? role) ? role : base.Vlan(vlan);

    /// <inheritdoc/>
    public override bool IsByRole => true;

    /// <inheritdoc/>
    public override string Zone(string zone) => "<zone>";

    /// <inheritdoc/>
    public override string Conjunction(string id) => "<conjunction>";

    /// <inheritdoc/>
    public override string Device(string device)
    {
        if (_devices.TryGetValue(device, out string? role))
            return role;
        if (_port is null)
            return device;
        if (device.EndsWith(_port.ShortId, StringComparison.Ordinal))
            return device[..^_port.ShortId.Length] + Port;
        return DeviceNames.PortOfChain(device) is { Length: > 0 } cut
            && _port.ShortId.StartsWith(cut, StringComparison.Ordinal) ? device[..^cut.Length] + Port : device;
    }

    /// <inheritdoc/>
    public override string Word(string word)
    {
        if (_words.TryGetValue(word, out string? role))
            return role;
        // --interface=tap33876f18-e5
        int equals = word.IndexOf('=');
        if (equals > 0)
            return $"{word[..equals]}={Device(Word(word[(equals + 1)..]))}";
        int slash = word.IndexOf('/');
        return slash > 0 && _words.TryGetValue(word[..slash], out role) ? role + word[slash..] : word;
    }

    private void AddNode(NodeView node, string role)
    {
        Add(node.Name, role);
        foreach (string address in node.Addresses.Where(one => !IPAddress.TryParse(one, out IPAddress? ip)
            || !IPAddress.IsLoopback(ip)))
            AddAddress(address, role);
        foreach (NodeLink link in node.LinksOf("").Where(link => link.Mac.Length > 0))
            AddMac(link.Mac, $"{role} MAC");
        foreach (OpenFlowPort port in node.State.OpenFlowPorts.Where(port => port.Mac.Length > 0))
            AddMac(port.Mac, $"{role} MAC");
    }

    private void AddTunnels(CloudView cloud, NodeView node, string peer)
    {
        var owners = TunnelEndpoints.Of(cloud.Cloud);
        foreach (OvsPort tunnel in node.Tunnels.Where(tunnel => tunnel.RemoteIp.Length > 0))
        {
            if (!node.ShowsAddresses())
                AddAddress(tunnel.LocalIp, Self);
            string owner = owners.OwnerOf(tunnel.RemoteIp);
            _devices.TryAdd(tunnel.Device, $"<{tunnel.Type} to {(HostId.IsSame(owner, peer) ? "the peer"
                : owner.Length > 0 ? owner : tunnel.RemoteIp)}>");
            if (HostId.IsSame(owner, peer))
                AddAddress(tunnel.RemoteIp, Peer);
        }
    }

    // What one node has of the other's instances, that has of this one's. Ports of a third node keep their addresses:
    // both nodes must know them alike.
    private void AddPorts(CloudView cloud, string node, string peer)
    {
        foreach (QuantumPort port in cloud.Records.Ports)
        {
            if (!HostId.IsSame(port.ComputerName, node) && !HostId.IsSame(port.ComputerName, peer))
                continue;
            string whose = port.IsDhcp ? "<DHCP port>" : "<instance>";
            AddMac(port.Mac, $"{whose}'s MAC");
            foreach (FixedIp ip in port.FixedIps)
                AddAddress(ip.IpAddress, $"{whose}'s address");
        }
    }

    private void AddPort(LocalPort port)
    {
        _words[port.ShortId] = Port;
        if (port.Record is { } record)
        {
            _words[record.PortId] = Port;
            if (record.DeviceId.Length > 0)
                _words[record.DeviceId] = "<port's device>";
            foreach (FixedIp ip in record.FixedIps)
                AddAddress(ip.IpAddress, "<port's address>");
        }
        AddMac(port.Mac, PortMac);
        if (port.NetworkId.Length > 0)
            _words[port.NetworkId] = "<port's network>";
    }

    private void Add(string word, string role)
    {
        if (word.Length > 0)
            _words[word] = role;
    }

    // Flows write addresses in hexadecimal too, and link-local ones are made of the MAC (RFC 4291, appendix A).
    private void AddMac(string mac, string role)
    {
        Add(mac, role);
        if (!PhysicalAddress.TryParse(mac.Replace(':', '-'), out PhysicalAddress? address)
            || address.GetAddressBytes() is not { Length: 6 } bytes)
            return;
        ulong number = bytes.Aggregate(0UL, (sum, one) => (sum << 8) | one);
        Add(string.Create(CultureInfo.InvariantCulture, $"0x{number:x}"), role);
        byte[] local = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, (byte)(bytes[0] ^ 2), bytes[1], bytes[2], 0xff, 0xfe,
            bytes[3], bytes[4], bytes[5]];
        Add(new IPAddress(local).ToString(), $"{role}, link-local");
    }

    private void AddAddress(string address, string role)
    {
        Add(address, role);
        if (IPAddress.TryParse(address, out IPAddress? ip) && ip.GetAddressBytes() is { Length: 4 } bytes)
            Add(string.Create(CultureInfo.InvariantCulture,
                $"0x{bytes.Aggregate(0U, (sum, one) => (sum << 8) | one):x}"), role);
    }
}
