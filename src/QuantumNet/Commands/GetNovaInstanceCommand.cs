using QuantumNet.Access.ControlPlane;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the instances that Nova knows.</summary>
[Cmdlet(VerbsCommon.Get, "NovaInstance")]
[OutputType(typeof(NovaInstance))]
public sealed class GetNovaInstanceCommand : CloudRecordCmdlet<NovaInstance>
{
    /// <summary>Ids of instances, wildcards allowed; ports pipe their DeviceId.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DeviceId")]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    [TextOnly]
    public string[] InstanceId { get; set; } = [];

    /// <summary>Names of instances, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>The nodes they run on, wildcards allowed.</summary>
    [Parameter]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [SupportsWildcards]
    public string[] ComputerName { get; set; } = [];

    private protected override string Kind => RecordKinds.Instance;

    private protected override Filter<NovaInstance> Filter() => new Filter<NovaInstance>()
        .Id(NameKind.Instance, InstanceId, instance => instance.InstanceId, instance => instance.Name)
        .Named(NameKind.InstanceName, Name, instance => instance.Name)
        .Named(NameKind.Node, ComputerName, instance => instance.ComputerName);

    private protected override IEnumerable<NovaInstance> Select(CloudRecords records) => records.Instances;
}
