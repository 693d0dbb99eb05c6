using QuantumNet.Faults;
using QuantumNet.Faults.ControlPlane;
using QuantumNet.Faults.Dhcp;
using QuantumNet.Faults.Iptables;
using QuantumNet.Faults.Tunnels;
using QuantumNet.Paths;
using QuantumNet.Simulation.Reach;

namespace QuantumNet.Diagnosis;

/// <summary>The known fault that loses what an instance is asked, not only DHCP: of the instance's plug, of the
/// bridges and what lies between them, of the device of the server that asks.</summary>
internal static class ReachabilityCause
{
    private static readonly string[] s_layers = ["Devices", "Integration", "Tunnel"];

    /// <summary>The fault; null where none is known.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="way">What becomes of the packet: what is wrong where it is lost goes before what is wrong
    /// elsewhere. Where flows and filters pass it on, only what they do not tell of can lose it.</param>
    public static Finding? Of(DhcpLeg leg, ReachWay way)
    {
        List<Finding> failed = [], losing = [];
        foreach (ICheck check in ChecksOf(leg))
        {
            List<Finding> said = [.. check.Run(leg).Where(one => one.Status == FindingStatus.Fail)];
            failed.AddRange(said);
            if (way.Action == HopAction.Forwarded ? IsBesideFlows(check) : LosesAll(check))
                losing.AddRange(said);
        }
        // What takes no lease may lose another packet: Grizzly's flow for broadcasts.
        Finding? nearest = losing.Find(one => IsError(one) && one.ComputerName == way.ComputerName)
            ?? losing.Find(one => way.Action == HopAction.Dropped && one.ComputerName == way.ComputerName
                && one.Object == way.Object)
            ?? losing.Find(IsError);
        return nearest is null ? null : Causality.RootOf(nearest, failed)
            with { Direction = null, Severity = CheckSeverity.Error };
    }

    // A router serves no DHCP.
    private static IEnumerable<ICheck> ChecksOf(DhcpLeg leg) => leg.Server is not { IsRouter: true }
        ? CheckList.For(leg.Kind)
        : CheckList.For(leg.Kind).Where(check => check.Infos[0].Layer != "DhcpServer" && check is not
            (SubnetHasDhcp or NetworkIsScheduled or DhcpAgentIsAlive or DhcpIsServedByDnsmasq or OfferPassesIptables));

    private static bool IsError(Finding finding) => finding.Severity == CheckSeverity.Error;

    private static bool LosesAll(ICheck check) => s_layers.Contains(check.Infos[0].Layer) || IsBesideFlows(check);

    // Devices, and who has them.
    private static bool IsBesideFlows(ICheck check) => check.Infos[0].Layer == "Devices"
        || check is PhysicalNetworkIsWired or UplinkCarries or NamespaceExists or DhcpPortIsPlugged
            or DhcpAddressMatches;
}
