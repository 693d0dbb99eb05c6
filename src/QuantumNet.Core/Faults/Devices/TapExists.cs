using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults.Devices;

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
        Remedy = "See whether the instance runs on that node (virsh list); "
            + "start it, or reboot it hard so that Nova plugs it again.",
        Reference = "skydive#687",
    };

    public IReadOnlyList<CheckInfo> Infos { get; } = [s_info];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Compute is null || !leg.Compute.State.Has("NodeLink"))
            return [s_info.Unknown(leg.ComputeName, "NodeLink") with { At = HopComponent.Tap }];
        NodeLink? link = leg.Compute.Link(leg.Tap);
        if (link is null && IsLeftover(leg))
            return [s_info.NotApplicable("No record says that an instance should run here; "
                + "what Open vSwitch still holds of one is told apart.")];
        if (link is null)
            return [s_info.Fail(leg.ComputeName, leg.Tap,
                $"{leg.Tap} does not exist on {leg.ComputeName}: {State(leg)}.") with { At = HopComponent.Tap }];

        // A tap that nobody holds open is up without a carrier; the veth or internal port
        // of a lab or container never is.
        bool abandoned = link.IsUp && link.Kind == "tun" && Array.IndexOf(link.Flags, "NO-CARRIER") >= 0;
        return [abandoned
            ? s_info.Fail(leg.ComputeName, leg.Tap, $"{leg.Tap} has no carrier: no hypervisor holds it open.",
                link.ToEvidence()) with { At = HopComponent.Tap }
            : s_info.Pass(leg.ComputeName, leg.Tap)];
    }

    // Open vSwitch keeps the port of an instance that is gone, with an error for its device.
    private static bool IsLeftover(DhcpLeg leg) => leg.Port.Source == RecordSource.Inferred
        && leg.ComputePort is { Error.Length: > 0 };

    private static string State(DhcpLeg leg) =>
        leg.Cloud.Records.Instances.FirstOrDefault(
                one => one.InstanceId == leg.Port.DeviceId) is { Status.Length: > 0 } instance
            ? $"Nova says the instance is {instance.Status}"
            : "the instance does not run there, or was never plugged";
}
