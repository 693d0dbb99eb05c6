using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.DeviceFaults;

namespace QuantumNet.Faults.Devices;

/// <summary>The ports of both ends in Open vSwitch have a device behind them.</summary>
internal sealed class OvsPortsHaveDevices : ICheck
{
    private const int NoOfPort = -1;

    public IReadOnlyList<CheckInfo> Infos { get; } = [PortWithoutDevice];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        yield return Judge(leg.ComputeEnd, HopComponent.Veth);
        if (leg.ServerEnd is { } server)
            yield return Judge(server, HopComponent.Namespace);
    }

    private static Finding Judge(LegEnd end, HopComponent component)
    {
        if (end.Node is null || !end.Node.State.Has("OvsPort"))
            return PortWithoutDevice.Unknown(end.NodeName, "OvsPort");
        if (end.Port is not { } port)
            return PortWithoutDevice.NotApplicable("The port is not in Open vSwitch.");
        if (port.Type.Length == 0 && port.Error.Length == 0 && port.OfPort != NoOfPort
            && !end.Node.State.Has("NodeLink"))
            return PortWithoutDevice.Unknown(end.NodeName, "NodeLink");
        bool missing = port.OfPort == NoOfPort || port.Error.Length > 0 || IsGone(end.Node, port);
        return !missing ? PortWithoutDevice.Pass(end.NodeName, port.Device)
            : PortWithoutDevice.Fail(end.NodeName, port.Device,
                $"Open vSwitch cannot open {port.Device}: {Reason(port)}.",
                port.ToEvidence()) with { At = component };
    }

    // A switch that runs on may keep the number of a device that was deleted; the kernel's own list tells.
    private static bool IsGone(NodeView node, OvsPort port) =>
        port.Type.Length == 0 && node.State.Has("NodeLink") && node.Link(port.Device) is null;

    private static string Reason(OvsPort port) => port.Error.Length > 0 ? port.Error
        : port.OfPort == NoOfPort ? "it has no OpenFlow port number"
        : "the device does not exist";
}
