using QuantumNet.Faults.ControlPlane;
using QuantumNet.Simulation.Dnsmasq;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Servers;

/// <summary>dnsmasq is as new as its DHCP agent needs: by the version that its log tells, and by what the agent says
/// when it has asked for it. Up to Havana the agent goes on with an older one; later it ends.</summary>
internal sealed class DnsmasqIsNewEnough : IServiceCheck
{
    // Dnsmasq.MINIMUM_VERSION of quantum/agent/linux/dhcp.py in Grizzly; later agents name theirs in the log.
    private const string Least = "2.59";

    private const string TooOld = "FAILED VERSION REQUIREMENT FOR DNSMASQ",
        Untold = "Unable to determine dnsmasq version", Asked = "its version is ";

    public IReadOnlyList<CheckInfo> Infos { get; } = [DnsmasqTooOld];

    public IEnumerable<Finding> Run(DhcpService service)
    {
        if (service.Node is not { } node || service.Leg.IsServedByAgent)
            return [DnsmasqTooOld.NotApplicable("No dnsmasq is expected, or nothing of its node was collected.")];
        AgentLog? complaint = AgentWords.LastComplaint(
            node, AgentRole.Dhcp, entry => AgentWords.SaysAny(entry, TooOld, Untold));
        string least = complaint is null ? Least : LeastOf(complaint);
        DhcpEvent? started = service.Processes is [var process, ..]
            ? DhcpLog.Of(node).StartOf(process) : null;
        if (started is not null)
            return [IsBefore(started.Message, least) ? Old(node, started, least, complaint)
                : DnsmasqTooOld.Pass(node.Name, "dnsmasq")];
        return [complaint is null ? DnsmasqTooOld.NotApplicable("Nothing tells dnsmasq's version.")
            : Refused(node, complaint)];
    }

    private static Finding Old(NodeView node, DhcpEvent started, string least, AgentLog? complaint) =>
        DnsmasqTooOld.Fail(node.Name, $"dnsmasq {started.ProcessId}", $"dnsmasq {started.ProcessId} on {node.Name} "
                + $"is version 2.{DnsmasqVersion.Parse(started.Message).Minor}, and the DHCP agent needs {least}.",
            started.ToEvidence(), complaint?.ToEvidence()) with { At = HopComponent.Dnsmasq };

    private static Finding Refused(NodeView node, AgentLog complaint) => DnsmasqTooOld.Fail(node.Name, "dnsmasq",
        AgentWords.SaysAny(complaint, TooOld)
            ? $"The DHCP agent on {node.Name} finds dnsmasq older than {LeastOf(complaint)}."
            : $"The DHCP agent on {node.Name} cannot tell dnsmasq's version; it needs {LeastOf(complaint)}.",
        complaint.ToEvidence()) with { At = HopComponent.Dnsmasq };

    private static bool IsBefore(string version, string least) =>
        DnsmasqVersion.Parse(version).Minor < DnsmasqVersion.Parse(least).Minor;

    // "Please ensure that its version is 2.63 or above!"
    private static string LeastOf(AgentLog complaint)
    {
        int at = complaint.Message.IndexOf(Asked, StringComparison.Ordinal);
        return at < 0 ? Least : complaint.Message[(at + Asked.Length)..].Split(' ')[0];
    }
}
