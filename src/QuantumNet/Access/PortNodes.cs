namespace QuantumNet.Access;

/// <summary>Which nodes and networks a port's DHCP path touches, as the records tell.</summary>
/// <param name="ComputerNames">The nodes; the instance's is missing when the records do not know it.</param>
/// <param name="NetworkIds">The networks.</param>
/// <param name="IsComplete">Whether the instance's node is known.</param>
internal sealed record PortNodes(string[] ComputerNames, string[] NetworkIds, bool IsComplete)
{
    /// <summary>Finds the ports that a user means (id or its prefix, name, MAC, address, device) and their nodes.</summary>
    public static PortNodes Of(CloudRecords records, string selector)
    {
        List<QuantumPort> ports = [.. records.Ports.Where(port => !port.IsDhcp && IsMeant(port, records, selector))];
        if (ports.Count == 0)
            ports = [.. records.Ports.Where(port => IsMeant(port, records, selector))];
        HashSet<string> networks = [.. ports.Select(port => port.NetworkId).Where(id => id.Length > 0)];
        HashSet<string> nodes = new(StringComparer.OrdinalIgnoreCase);
        nodes.UnionWith(ports.Select(port => port.ComputerName));
        nodes.UnionWith(records.Ports.Where(port => port.IsDhcp && networks.Contains(port.NetworkId)).Select(port => port.ComputerName));
        nodes.UnionWith(records.DhcpAgentBindings.Where(binding => networks.Contains(binding.NetworkId)).Select(binding => binding.ComputerName));
        nodes.Remove("");
        return new([.. nodes], [.. networks], ports.Count > 0 && ports.TrueForAll(port => port.ComputerName.Length > 0));
    }

    private static bool IsMeant(QuantumPort port, CloudRecords records, string selector)
    {
        if (port.PortId.StartsWith(selector, StringComparison.OrdinalIgnoreCase) || port.DeviceId.Equals(selector, StringComparison.OrdinalIgnoreCase)
            || port.Name.Equals(selector, StringComparison.Ordinal) || port.Mac.Equals(selector, StringComparison.OrdinalIgnoreCase)
            || port.IpAddress == selector || Array.Exists(port.FixedIps, ip => ip.IpAddress == selector))
            return true;
        return records.Instances.Any(instance => instance.InstanceId == port.DeviceId && instance.Name == selector);
    }
}
