using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Makes a connection to a cloud the default of this session. Nothing is asked yet: each cmdlet opens what it needs.</summary>
[Cmdlet(VerbsCommunications.Connect, "Quantum", DefaultParameterSetName = InventorySet)]
[OutputType(typeof(QuantumConnection))]
public sealed class ConnectQuantumCommand : QuantumCmdlet
{
    private const string InventorySet = "Inventory";
    private const string SnapshotSet = "Snapshot";
    private const string NodeSet = "Node";

    /// <summary>An inventory file (JSON) that names the nodes and the control plane.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InventorySet)]
    [ValidateNotNullOrEmpty]
    public string? Inventory { get; set; }

    /// <summary>A saved snapshot, folder or zip.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SnapshotSet)]
    [ValidateNotNullOrEmpty]
    public string? Snapshot { get; set; }

    /// <summary>The nodes, as ssh knows them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NodeSet, ValueFromPipeline = true)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ComputerName { get; set; } = [];

    /// <summary>The node on which the openstack (or quantum, nova) client runs; without one, records are worked out from the nodes.</summary>
    [Parameter(ParameterSetName = NodeSet)]
    [ValidateNotNullOrEmpty]
    public string? ControllerName { get; set; }

    /// <summary>The user and password for the OpenStack API; the environment and clouds.yaml are asked when left out.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    private readonly List<string> _nodes = [];

    private protected override void Process() => _nodes.AddRange(ComputerName);

    private protected override void End()
    {
        QuantumConnection connection = Open();
        CommandHost.Connections.Default = connection;
        CommandHost.Object(connection);
    }

    private QuantumConnection Open()
    {
        if (Snapshot is not null)
            return Sources.OpenSnapshot(CommandHost.ResolvePath(Snapshot));
        if (Inventory is not null)
            return Sources.OpenInventory(CommandHost.ResolvePath(Inventory), Credential?.GetNetworkCredential());
        return Sources.OpenNodes([.. _nodes.Distinct(StringComparer.OrdinalIgnoreCase)], ControllerName, Credential?.GetNetworkCredential());
    }
}
