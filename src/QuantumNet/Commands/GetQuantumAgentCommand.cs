using QuantumNet.Access.ControlPlane;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the Quantum or Neutron agents, and whether they are alive.</summary>
[Cmdlet(VerbsCommon.Get, "QuantumAgent")]
[OutputType(typeof(QuantumAgent))]
public sealed class GetQuantumAgentCommand : CloudRecordCmdlet<QuantumAgent>
{
    /// <summary>The nodes they run on, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    [TextOnly]
    public string[] ComputerName { get; set; } = [];

    /// <summary>Kinds of agent, wildcards allowed: *DHCP*, *vSwitch* ...</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AgentTypeCompleter))]
    [SupportsWildcards]
    public string[] AgentType { get; set; } = [];

    /// <summary>Programs, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BinaryCompleter))]
    [SupportsWildcards]
    public string[] Binary { get; set; } = [];

    private protected override string Kind => RecordKinds.Agent;

    private protected override Filter<QuantumAgent> Filter() => new Filter<QuantumAgent>()
        .Named(NameKind.Node, ComputerName, agent => agent.ComputerName)
        .Named(NameKind.AgentType, AgentType, agent => agent.AgentType)
        .Named(NameKind.Binary, Binary, agent => agent.Binary);

    private protected override IEnumerable<QuantumAgent> Select(CloudRecords records) => records.Agents;
}
