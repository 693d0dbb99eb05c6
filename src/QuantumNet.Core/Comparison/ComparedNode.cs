using QuantumNet.Topology;

namespace QuantumNet.Comparison;

/// <summary>A node of one side of a comparison, with what its numbers and names stand for.</summary>
internal sealed class ComparedNode
{
    private const string RecordPrefix = "record:";

    private readonly PortNumbers _numbers;
    private bool _isWhole = true;

    public ComparedNode(CloudView cloud, NodeView view, Naming names)
    {
        (Cloud, View, Names) = (cloud, view, names);
        _numbers = new PortNumbers(view.State);
    }

    /// <summary>The side that it is of.</summary>
    public CloudView Cloud { get; }

    /// <summary>Its records, indexed.</summary>
    public NodeView View { get; }

    /// <summary>Whether it stands for the control plane, which is not a node.</summary>
    public bool IsOfRecords => State.ComputerName.Length == 0;

    /// <summary>Which of its things are compared.</summary>
    public Predicate<Belonging> IsWanted { get; init; } = _ => true;

    /// <summary>Its records.</summary>
    public NodeState State => View.State;

    /// <summary>What the other side calls what is named here.</summary>
    public Naming Names { get; }

    /// <summary>Whether a bridge is a physical network's: the VLANs that its flows set are those of the wire.</summary>
    public bool IsPhysical(string bridge) => View.PhysicalBridges.Any(one => one.Name == bridge);

    /// <summary>Whether the VLAN that a flow asks for is one of the wire: it accepts what a physical network's bridge
    /// brings.</summary>
    public bool MatchesWire(OvsFlow flow) => flow.Bridge == View.IntegrationBridge && flow.Find("in_port") is { } from
        && OwnDevice(flow.Bridge, from.Value) is var device
        && View.PhysicalBridges.Any(one => one.Near?.Device == device);

    /// <summary>What stands for the control plane of a side.</summary>
    /// <param name="cloud">The side.</param>
    /// <param name="isWhole">Whether its records tell all that the other side's tell.</param>
    public static ComparedNode OfRecords(CloudView cloud, bool isWhole) =>
        new(cloud, new NodeView(new NodeState()), new Naming()) { _isWhole = isWhole };

    /// <summary>Whether records of a kind were collected.</summary>
    public bool Has(ComparedKind kind) =>
        Cloud.Records.CollectedKinds.Contains(kind.Collector[RecordPrefix.Length..]);

    /// <summary>Whether what a collector asked about was told: what is not among its records is not there.</summary>
    public bool Tells(string collector, string subject) => collector.StartsWith(RecordPrefix, StringComparison.Ordinal)
        ? _isWhole : State.StateOf(collector, subject) is CollectionState.Collected or CollectionState.Absent;

    /// <summary>The output of a collector, as evidence of what it lacks; null where nothing tells.</summary>
    public Evidence? OutputOf(string collector, string subject) => View.OutputOf(collector, subject);

    /// <summary>The device behind a port as this node calls it; as printed where nothing tells.</summary>
    public string OwnDevice(string bridge, string port) => _numbers.DeviceOf(bridge, port) ?? port.Trim('"');

    /// <summary>The device behind a port as a flow prints it; as printed where nothing tells. Numbers are dealt out
    /// again when ports come and go.</summary>
    public string Device(string bridge, string port) =>
        Names.Device(OwnDevice(bridge, port));
}
