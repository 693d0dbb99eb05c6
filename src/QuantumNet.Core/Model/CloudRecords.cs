namespace QuantumNet;

/// <summary>The control plane's records, whichever source they come from.</summary>
public sealed record CloudRecords
{
    /// <summary>No record was collected.</summary>
    public static CloudRecords Empty { get; } = new();

    /// <summary>Where they come from.</summary>
    public RecordSource Source { get; init; } = RecordSource.Inferred;
    /// <summary>The kinds that were asked for and answered (<c>network</c>, <c>subnet</c>, <c>port</c>, <c>agent</c>,
    /// <c>dhcp-agent</c>, <c>security-group-rule</c>, <c>instance</c>, <c>console</c>):
    /// an absent kind is unknown, not empty.</summary>
    public IReadOnlySet<string> CollectedKinds { get; init; } = new HashSet<string>();
    /// <summary>Networks.</summary>
    public IReadOnlyList<QuantumNetwork> Networks { get; init; } = [];
    /// <summary>Subnets.</summary>
    public IReadOnlyList<QuantumSubnet> Subnets { get; init; } = [];
    /// <summary>Ports.</summary>
    public IReadOnlyList<QuantumPort> Ports { get; init; } = [];
    /// <summary>Agents.</summary>
    public IReadOnlyList<QuantumAgent> Agents { get; init; } = [];
    /// <summary>Which DHCP agents serve which network.</summary>
    public IReadOnlyList<DhcpAgentBinding> DhcpAgentBindings { get; init; } = [];
    /// <summary>Ids of the networks whose DHCP agents were asked for and told:
    /// without a binding, such a network has none.</summary>
    public IReadOnlySet<string> ScheduledNetworks { get; init; } = new HashSet<string>();
    /// <summary>Security group rules.</summary>
    public IReadOnlyList<QuantumSecurityGroupRule> SecurityGroupRules { get; init; } = [];
    /// <summary>Instances.</summary>
    public IReadOnlyList<NovaInstance> Instances { get; init; } = [];
    /// <summary>Console logs.</summary>
    public IReadOnlyList<ConsoleLog> ConsoleLogs { get; init; } = [];
}
