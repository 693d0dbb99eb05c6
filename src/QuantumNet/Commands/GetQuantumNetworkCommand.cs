using QuantumNet.Access.ControlPlane;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the networks that the control plane knows.</summary>
[Cmdlet(VerbsCommon.Get, "QuantumNetwork")]
[OutputType(typeof(QuantumNetwork))]
public sealed class GetQuantumNetworkCommand : CloudRecordCmdlet<QuantumNetwork>
{
    /// <summary>Ids of networks, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    [TextOnly]
    public string[] NetworkId { get; set; } = [];

    /// <summary>Names of networks, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    private protected override string Kind => RecordKinds.Network;

    private protected override Filter<QuantumNetwork> Filter() => new Filter<QuantumNetwork>()
        .Id(NameKind.Network, NetworkId, network => network.NetworkId, network => network.Name)
        .Named(NameKind.NetworkName, Name, network => network.Name);

    private protected override IEnumerable<QuantumNetwork> Select(CloudRecords records) => records.Networks;
}
