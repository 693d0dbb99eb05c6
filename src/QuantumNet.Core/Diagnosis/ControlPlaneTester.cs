using QuantumNet.Faults;
using QuantumNet.Observations.Connections;

namespace QuantumNet.Diagnosis;

/// <summary>Judges whether a control plane can be asked for records.</summary>
/// <param name="cmdletsOf">The cmdlets that wait for a kind of record.</param>
internal sealed class ControlPlaneTester(Func<string, IReadOnlyList<string>> cmdletsOf)
{
    private static readonly string[] s_refusals =
        ["AuthenticationFailed", "CredentialMissing", "ClientNotAuthenticated", "TokenRefused"];

    private static readonly string[] s_kinds =
        ["network", "subnet", "port", "agent", "dhcp-agent", "security-group-rule", "instance", "console"];

    /// <summary>The result.</summary>
    public QuantumConnectionResult Of(ControlPlaneProbe probe)
    {
        List<Finding> findings = [];
        if (probe.Error is { } error)
            findings.Add(GatheringFaults.ControlPlaneRefused.Fail(probe.ComputerName,
                IsRefusal(error) ? "login" : "reach", $"{error.Message} {ConnectionSentence.Costs(CostsOf(s_kinds))}")
                with { Remedy = error.Advice });
        foreach (ProbedService service in probe.Services.Where(service => service.Error is not null))
            findings.Add(GatheringFaults.ControlPlaneRefused.Fail(probe.ComputerName, service.Name,
                $"{service.Error!.Message} {ConnectionSentence.Costs(CostsOf(service.Kinds))}")
                with { Remedy = service.Error.Advice, Severity = CheckSeverity.Warning });
        QuantumConnectionResult result = ConnectionSentence.Told(new()
        {
            Kind = QuantumEndpointKind.ControlPlane,
            ComputerName = probe.ComputerName,
            Address = probe.Address,
            UserName = probe.UserName,
            Transport = probe.Source,
            Reach = probe.Source == "none" ? FindingStatus.NotApplicable
                : probe.Error is null || IsRefusal(probe.Error) ? FindingStatus.Pass : FindingStatus.Fail,
            HostKey = FindingStatus.NotApplicable,
            Login = probe.Source is "none" or "file" ? FindingStatus.NotApplicable
                : probe.Error is null ? FindingStatus.Pass
                : IsRefusal(probe.Error) ? FindingStatus.Fail : FindingStatus.Unknown,
            Sudo = FindingStatus.NotApplicable,
            Services = [.. probe.Services.Select(Service)],
            Costs = probe.Error is not null || probe.Source == "none" ? CostsOf(s_kinds)
                : CostsOf(probe.Services.Where(one => one.Error is not null || one.IsAbsent)
                    .SelectMany(one => one.Kinds)),
            CollectedAt = probe.CollectedAt,
        }, FindingVerdict.Of(findings));
        return probe.Source == "none" && probe.Error is null ? result with
        {
            Summary = "No control plane is asked: networks and ports are worked out from the nodes.",
        } : result;
    }

    private QuantumService Service(ProbedService service) => new()
    {
        Name = service.Name,
        Address = service.Address,
        Version = service.Version,
        Status = service.IsAbsent ? FindingStatus.NotApplicable
            : service.Error is null ? FindingStatus.Pass : FindingStatus.Fail,
        Message = service.IsAbsent ? "the cloud has none" : service.Error?.Message ?? "",
        Costs = service.Error is null && !service.IsAbsent ? [] : CostsOf(service.Kinds),
    };

    private static bool IsRefusal(QuantumError error) => Array.IndexOf(s_refusals, error.Id) >= 0;

    private string[] CostsOf(IEnumerable<string> kinds) =>
        [.. kinds.SelectMany(kind => cmdletsOf($"record:{kind}")).Distinct().Order(StringComparer.Ordinal)];
}
