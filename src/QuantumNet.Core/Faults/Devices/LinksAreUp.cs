using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DeviceFaults;

namespace QuantumNet.Faults.Devices;

/// <summary>Every link between tap and br-int is administratively up. (br-int and br-tun themselves are down on
/// a healthy node.)</summary>
internal sealed class LinksAreUp : ICheck
{
    public FaultScope Scope => FaultScope.Port;

    public IReadOnlyList<CheckInfo> Infos { get; } = [LinkDown];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Compute is null || !leg.Compute.State.Has("NodeLink"))
            return [LinkDown.Unknown(leg.ComputeName, "NodeLink")];
        return Chain(leg).Where(hop => leg.Compute.Link(hop.Device) is not null)
            .Select(hop => Judge(leg, hop.Device, hop.Component));
    }

    private static IEnumerable<(string Device, HopComponent Component)> Chain(DhcpLeg leg)
    {
        yield return (leg.Tap, HopComponent.Tap);
        if (leg.Plug == PlugKind.Direct)
            yield break;
        yield return (leg.LinuxBridge, HopComponent.LinuxBridge);
        yield return (DeviceNames.VethBridgeEnd(leg.Port.PortId), HopComponent.Veth);
        yield return (DeviceNames.VethOvsEnd(leg.Port.PortId), HopComponent.Veth);
    }

    private static Finding Judge(DhcpLeg leg, string device, HopComponent component)
    {
        NodeLink link = leg.Compute!.Link(device)!;
        return link.IsUp ? LinkDown.Pass(leg.ComputeName, device)
            : LinkDown.Fail(leg.ComputeName, device, $"{device} on {leg.ComputeName} is down.", link.ToEvidence())
                with { At = component };
    }
}
