using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the settings of the Quantum, Neutron and Nova files on nodes; secrets are masked.</summary>
[Cmdlet(VerbsCommon.Get, "AgentConfig")]
[OutputType(typeof(AgentConfig))]
public sealed class GetAgentConfigCommand : NodeCmdlet<AgentConfig>
{
    /// <summary>Options, wildcards allowed: firewall_driver, local_ip ...</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(OptionCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Sections, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SectionCompleter))]
    [SupportsWildcards]
    public string[] Section { get; set; } = [];

    /// <summary>Files, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConfigFileCompleter))]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    private protected override string[] Collectors => ["AgentConfig"];

    private protected override Filter<AgentConfig> Filter() => new Filter<AgentConfig>()
        .Name(ComputerName, setting => setting.ComputerName)
        .Named(NameKind.Option, Name, setting => setting.Name)
        .Named(NameKind.Section, Section, setting => setting.Section)
        .Named(NameKind.File, Path, setting => setting.Path);

    private protected override IEnumerable<AgentConfig> Select(NodeState node, Cloud cloud) => node.AgentConfigs;
}
