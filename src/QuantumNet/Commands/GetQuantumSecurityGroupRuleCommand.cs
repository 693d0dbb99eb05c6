using QuantumNet.Access.ControlPlane;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the rules of security groups.</summary>
[Cmdlet(VerbsCommon.Get, "QuantumSecurityGroupRule")]
[OutputType(typeof(QuantumSecurityGroupRule))]
public sealed class GetQuantumSecurityGroupRuleCommand : CloudRecordCmdlet<QuantumSecurityGroupRule>
{
    /// <summary>Ids of security groups, wildcards allowed; ports pipe theirs.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("SecurityGroupIds")]
    [ArgumentCompleter(typeof(SecurityGroupCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] SecurityGroupId { get; set; } = [];

    /// <summary>Names of security groups, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SecurityGroupNameCompleter))]
    [SupportsWildcards]
    public string[] SecurityGroupName { get; set; } = [];

    /// <summary>ingress or egress.</summary>
    [Parameter]
    [ValidateSet("ingress", "egress")]
    public string? Direction { get; set; }

    private protected override string Kind => RecordKinds.SecurityGroupRule;

    private protected override Filter<QuantumSecurityGroupRule> Filter() => new Filter<QuantumSecurityGroupRule>()
        .Id(NameKind.SecurityGroup, SecurityGroupId, rule => rule.SecurityGroupId, rule => rule.SecurityGroupName)
        .Named(NameKind.SecurityGroupName, SecurityGroupName, rule => rule.SecurityGroupName)
        .Name(Direction is null ? [] : [Direction], rule => rule.Direction);

    private protected override IEnumerable<QuantumSecurityGroupRule> Select(CloudRecords records) =>
        records.SecurityGroupRules;
}
