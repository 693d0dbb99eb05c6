using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DeviceFaults;

namespace QuantumNet.Faults.Devices;

/// <summary>The instance's tap is there, and the hypervisor holds it open.</summary>
internal sealed class TapExists : ICheck
{
    public FaultScope Scope => FaultScope.Port;

    public IReadOnlyList<CheckInfo> Infos { get; } = [TapGone];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Compute is null || !leg.Compute.State.Has("NodeLink"))
            return [TapGone.Unknown(leg.ComputeName, "NodeLink") with { At = HopComponent.Tap }];
        NodeLink? link = leg.Compute.Link(leg.Tap);
        if (link is null && IsLeftover(leg))
            return [TapGone.NotApplicable("No record says that an instance should run here; "
                + "what Open vSwitch still holds of one is reported separately.")];
        if (link is null)
            return [TapGone.Fail(leg.ComputeName, leg.Tap,
                $"{leg.Tap} does not exist on {leg.ComputeName}: {State(leg)}.") with { At = HopComponent.Tap }];

        // A tap that nobody holds open is up without a carrier; the veth or internal port
        // of a lab or container never is.
        bool abandoned = link.IsUp && link.Kind == "tun" && Array.IndexOf(link.Flags, "NO-CARRIER") >= 0;
        return [abandoned
            ? TapGone.Fail(leg.ComputeName, leg.Tap, $"{leg.Tap} has no carrier: no hypervisor holds it open.",
                link.ToEvidence()) with { At = HopComponent.Tap }
            : TapGone.Pass(leg.ComputeName, leg.Tap)];
    }

    // Open vSwitch keeps the port of an instance that is gone, with an error for its device.
    private static bool IsLeftover(DhcpLeg leg) => leg.Port.Source == RecordSource.Inferred
        && leg.ComputePort is { Error.Length: > 0 };

    private static string State(DhcpLeg leg) =>
        leg.Cloud.Instance(leg.Port.DeviceId) is { Status.Length: > 0 } instance
            ? $"Nova says the instance is {instance.Status}"
            : "the instance does not run there, or was never plugged";
}
