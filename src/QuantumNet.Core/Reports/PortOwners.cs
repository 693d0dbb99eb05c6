using QuantumNet.Topology;

namespace QuantumNet.Reports;

/// <summary>Whose the ports of bridges are, by the control plane's records: the name of an instance, or the network of
/// a DHCP server.</summary>
internal sealed class PortOwners
{
    private readonly Dictionary<string, string> _byShortId = new(StringComparer.OrdinalIgnoreCase);

    public PortOwners(Cloud cloud)
    {
        Dictionary<string, string> instances = new(StringComparer.OrdinalIgnoreCase),
            networks = new(StringComparer.OrdinalIgnoreCase);
        foreach (NovaInstance instance in cloud.Records.Instances)
            instances[instance.InstanceId] = instance.Name;
        foreach (QuantumNetwork network in cloud.Records.Networks)
            networks[network.NetworkId] = network.Name;
        foreach (QuantumPort port in cloud.Records.Ports.Where(port => port.PortId.Length >= DeviceNames.ShortIdLength))
        {
            string network = networks.GetValueOrDefault(port.NetworkId, port.NetworkId);
            _byShortId[port.PortId[..DeviceNames.ShortIdLength]] =
                port.IsDhcp ? $"DHCP {network}".Trim() : instances.GetValueOrDefault(port.DeviceId, port.Name);
        }
    }

    /// <summary>The owner of a port; empty where nobody knows.</summary>
    public string Of(OvsPort port)
    {
        string id = port.PortId.Length >= DeviceNames.ShortIdLength ? port.PortId[..DeviceNames.ShortIdLength]
            : DeviceNames.InstancePort(port.Device);
        return id.Length > 0 ? _byShortId.GetValueOrDefault(id, "") : "";
    }
}
