namespace QuantumNet.Topology;

/// <summary>Works records out from what the nodes hold, for clouds whose control plane nobody may ask. Only what a node
/// tells is filled in; everything else stays empty, and agents, rules and states are not told by any node.</summary>
internal static class RecordInference
{
    /// <summary>Ports, networks, subnets and instances as the nodes show them,
    /// marked <see cref="RecordSource.Inferred"/>.</summary>
    public static CloudRecords Infer(IReadOnlyDictionary<string, NodeState> nodes)
    {
        NodeState[] ordered = [.. nodes.Values.OrderBy(node => node.ComputerName, StringComparer.Ordinal)];
        var segments = new RecordInferenceSegments(ordered);
        var hosts = new RecordInferenceHosts(ordered);
        var subnets = RecordInferenceSubnets.Of(ordered);
        List<QuantumPort> ports = [];
        foreach (NodeState node in ordered)
            ports.AddRange(new RecordInferencePorts(node, segments, hosts, subnets).Ports());
        ports = [.. ports.OrderBy(port => port.PortId, StringComparer.Ordinal)
            .ThenBy(port => port.ComputerName, StringComparer.Ordinal)];
        return new CloudRecords
        {
            Source = RecordSource.Inferred,
            CollectedKinds = Kinds(ports, segments, subnets),
            Ports = ports,
            Networks = segments.Networks(subnets),
            Subnets = subnets,
            Instances = Instances(ports),
        };
    }

    /// <summary>Records with what the nodes tell of the kinds that the control plane was not asked for,
    /// or did not answer: those stay kinds that it did not tell.</summary>
    public static CloudRecords Complete(CloudRecords records, IReadOnlyDictionary<string, NodeState> nodes)
    {
        string[] missing = [.. s_kinds.Where(kind => !records.CollectedKinds.Contains(kind))];
        if (missing.Length == 0)
            return records;
        CloudRecords inferred = Infer(nodes);
        return records with
        {
            Ports = missing.Contains("port") ? inferred.Ports : records.Ports,
            Networks = missing.Contains("network") ? inferred.Networks : records.Networks,
            Subnets = missing.Contains("subnet") ? inferred.Subnets : records.Subnets,
            Instances = missing.Contains("instance") ? inferred.Instances : records.Instances,
        };
    }

    private static readonly string[] s_kinds = ["port", "network", "subnet", "instance"];

    private static HashSet<string> Kinds(
        List<QuantumPort> ports, RecordInferenceSegments segments, IReadOnlyList<QuantumSubnet> subnets)
    {
        HashSet<string> kinds = [];
        if (ports.Count > 0)
            kinds.Add("port");
        if (segments.HasNetworks)
            kinds.Add("network");
        if (subnets.Count > 0)
            kinds.Add("subnet");
        return kinds;
    }

    private static List<NovaInstance> Instances(List<QuantumPort> ports) =>
    [
        .. ports.Where(port => !port.IsDhcp && port.DeviceId.Length > 0)
            .DistinctBy(port => (port.DeviceId, port.ComputerName))
            .Select(port => new NovaInstance
            {
                Source = RecordSource.Inferred,
                InstanceId = port.DeviceId,
                ComputerName = port.ComputerName,
                Command = port.Command,
                AnsweredBy = port.AnsweredBy,
                RawText = port.RawText,
            }),
    ];
}
