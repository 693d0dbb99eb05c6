namespace QuantumNet.Topology;

/// <summary>Port numbers of a node's bridges and whose they are: the one home of that relation.
/// Numbers come from the database or from <c>ovs-ofctl show</c>, whichever was collected.</summary>
internal sealed class PortNumbers
{
    private const int Local = 65534;   // a bridge's own port, OFPP_LOCAL of OpenFlow 1.0

    private readonly Dictionary<(string Bridge, int Number), string> _devices = [];
    private readonly HashSet<(string Bridge, string Device)> _known = [];

    public PortNumbers(NodeState node)
    {
        foreach (OvsPort port in node.OvsPorts)
            Add(port.Bridge, port.Device, port.OfPort);
        foreach (OpenFlowPort port in node.OpenFlowPorts)
            Add(port.Bridge, port.Device, port.OfPort);
    }

    /// <summary>The device behind a port as a flow prints it, by number or by name;
    /// null when nothing resolves it.</summary>
    public string? DeviceOf(string bridge, string port)
    {
        string name = port.Trim('"');
        if (_known.Contains((bridge, name)))
            return name;
        if (name == "LOCAL")
            return bridge;
        return FlowRoles.Number(name) is >= 0 and <= Local and { } number
            && _devices.TryGetValue((bridge, (int)number), out string? device) ? device : null;
    }

    /// <summary>The outputs of a flow that nothing resolves: what becomes of a packet there is unknown.</summary>
    public IEnumerable<string> UnresolvedOutputs(OvsFlow flow) =>
        FlowRoles.Outputs(flow)
            .Where(output => output != "IN_PORT" && IsPort(output) && DeviceOf(flow.Bridge, output) is null);

    /// <summary>An output may also be a field or a register, whose content the dump does not tell.</summary>
    private static bool IsPort(string output) => !output.Contains('[')
        && !output.StartsWith("NXM_", StringComparison.Ordinal)
        && !output.StartsWith("OXM_", StringComparison.Ordinal) && !output.StartsWith("reg", StringComparison.Ordinal);

    private void Add(string bridge, string device, int? number)
    {
        _known.Add((bridge, device));
        if (number is >= 0 and int value)
            _devices.TryAdd((bridge, value), device);
    }
}
