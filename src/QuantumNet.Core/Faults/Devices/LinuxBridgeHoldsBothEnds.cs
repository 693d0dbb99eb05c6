using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DeviceFaults;

namespace QuantumNet.Faults.Devices;

/// <summary>With hybrid plugging, tap and veth end are both in the port's Linux bridge.</summary>
internal sealed class LinuxBridgeHoldsBothEnds : ICheck
{
    public FaultScope Scope => FaultScope.Port;

    public IReadOnlyList<CheckInfo> Infos { get; } = [NotInLinuxBridge];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Plug == PlugKind.Direct)
            return [NotInLinuxBridge.NotApplicable("The tap is a port of br-int.")];
        if (leg.Compute is not { } compute || !(compute.State.Has("NodeLink") || compute.State.Has("LinuxBridge")))
            return [NotInLinuxBridge.Unknown(leg.ComputeName, "NodeLink")];
        if (leg.Plug == PlugKind.Unknown)
            return [compute.State.Has("OvsPort") && compute.State.Has("NodeLink")
                ? NotInLinuxBridge.NotApplicable("No device of the port is on the node.")
                : NotInLinuxBridge.Unknown(leg.ComputeName, compute.State.Has("OvsPort") ? "NodeLink" : "OvsPort")];
        return Judge(leg, compute);
    }

    private static IEnumerable<Finding> Judge(DhcpLeg leg, NodeView compute)
    {
        if (compute.State.Has("NodeLink") && compute.Link(leg.LinuxBridge) is null)
        {
            yield return NotInLinuxBridge.Fail(leg.ComputeName, leg.LinuxBridge,
                $"The Linux bridge {leg.LinuxBridge} does not exist.") with { At = HopComponent.LinuxBridge };
            yield break;
        }
        foreach (string device in new[] { leg.Tap, DeviceNames.VethBridgeEnd(leg.Port.PortId) })
        {
            NodeLink? link = compute.Link(device);
            if (link is null && device == leg.Tap && compute.State.Has("NodeLink"))
                continue;   // QN2003 tells of a missing tap
            string holder = compute.LinuxBridgeOf(device);
            if (holder == leg.LinuxBridge)
                yield return NotInLinuxBridge.Pass(leg.ComputeName, device);
            else if (link is not null && holder.Length == 0 && !compute.TellsBridges)
                yield return NotInLinuxBridge.Unknown(leg.ComputeName, "LinuxBridge")
                    with { At = HopComponent.LinuxBridge };
            else
                yield return NotInLinuxBridge.Fail(leg.ComputeName, device, Message(device, link, holder, leg),
                    link?.ToEvidence()) with { At = HopComponent.LinuxBridge };
        }
    }

    private static string Message(string device, NodeLink? link, string holder, DhcpLeg leg) =>
        link is null && leg.Compute?.State.Has("NodeLink") == true ? $"{device} does not exist on {leg.ComputeName}."
        : holder.Length == 0 ? $"{device} is in no bridge; it should be in {leg.LinuxBridge}."
        : $"{device} is in bridge {holder}; it should be in {leg.LinuxBridge}.";
}
