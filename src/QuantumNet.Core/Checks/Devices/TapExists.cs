using QuantumNet.Paths;

namespace QuantumNet.Checks.Devices;

/// <summary>The instance's tap is there, and the hypervisor holds it open.</summary>
internal sealed class TapExists : ICheck
{
    private static readonly CheckInfo s_info = new()
    {
        Code = "QN2003",
        Title = "The instance's tap is gone",
        Layer = "Devices",
        Severity = CheckSeverity.Error,
        Needs = ["NodeLink"],
        Remedy = "See whether the instance runs on that node (virsh list); start it, or reboot it hard so that Nova plugs it again.",
        Reference = "skydive#687",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Compute is null || !leg.Compute.State.Has("NodeLink"))
            return [s_info.Unknown(leg.ComputeName, "NodeLink") with { At = HopComponent.Tap }];
        if (leg.Compute.Link(leg.Tap) is not { } link)
            return [s_info.Fail(leg.ComputeName, leg.Tap, $"{leg.Tap} does not exist on {leg.ComputeName}: {State(leg)}.") with { At = HopComponent.Tap }];

        // A tap that nobody holds open is up without a carrier; the veth or internal port of a lab or container never is.
        bool abandoned = link.IsUp && link.Kind == "tun" && Array.IndexOf(link.Flags, "NO-CARRIER") >= 0;
        return [abandoned
            ? s_info.Fail(leg.ComputeName, leg.Tap, $"{leg.Tap} has no carrier: no hypervisor holds it open.", link.ToEvidence()) with { At = HopComponent.Tap }
            : s_info.Pass(leg.ComputeName, leg.Tap)];
    }

    private static string State(DhcpLeg leg) =>
        leg.Cloud.Records.Instances.FirstOrDefault(one => one.InstanceId == leg.Port.DeviceId) is { Status.Length: > 0 } instance
            ? $"Nova says the instance is {instance.Status}"
            : "the instance does not run there, or was never plugged";
}
