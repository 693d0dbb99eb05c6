using QuantumNet.Faults.ControlPlane;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Puts beside a failed finding what its node's agents complained of about the same port or network.</summary>
internal static class LogCitation
{
    private const int MostLines = 2;
    private static readonly TimeSpan s_window = TimeSpan.FromDays(1);
    private static readonly NodeMemo<List<AgentLog>> s_complaints = new(Complaints);

    /// <summary>The findings, those that an agent's log explains with its lines behind their own evidence.</summary>
    public static IEnumerable<Finding> Cite(DhcpLeg leg, IEnumerable<Finding> findings) =>
        findings.Select(finding => Cite(leg, finding));

    /// <summary>What a node's DHCP agent complained of about a network in its last day.</summary>
    public static IEnumerable<AgentLog> OfDhcpAgent(NodeView node, params string[] names) =>
        s_complaints.Of(node).Where(entry => AgentWords.RoleOf(entry) == AgentRole.Dhcp
            && AgentWords.SaysAny(entry, names));

    private static Finding Cite(DhcpLeg leg, Finding finding)
    {
        if (finding is { Status: FindingStatus.Fail, Code: "QN1003" or "QN1004" or "QN1005" })
            return With(finding, leg.Cloud.Nodes.Where(server => server.State.AgentLogs.Count > 0)
                .SelectMany(server => s_complaints.Of(server)).Where(entry => IsOfServer(leg, finding, entry)));
        if (finding.Status != FindingStatus.Fail || finding.At is null
            || leg.Cloud.Node(finding.ComputerName) is not { State.AgentLogs.Count: > 0 } node)
            return finding;
        string[] names = [.. NamesOf(leg, node).Where(name => name.Length > 0)];
        return With(finding, s_complaints.Of(node).Where(entry => AgentWords.RoleOf(entry) switch
        {
            AgentRole.Kernel => AgentWords.KernelExplains(entry, finding.Code),
            AgentRole.Server => false,
            _ => AgentWords.SaysAny(entry, names),
        }));
    }

    private static Finding With(Finding finding, IEnumerable<AgentLog> entries) => finding with
    {
        Evidence = [.. finding.Evidence, .. entries.TakeLast(MostLines).Select(FirstLine)
            .Where(line => !Array.Exists(finding.Evidence, known => known.Text == line.Text))],
    };

    /// <summary>What the server says of the port's binding, or of the agent that serves its network.</summary>
    private static bool IsOfServer(DhcpLeg leg, Finding finding, AgentLog entry) =>
        AgentWords.RoleOf(entry) == AgentRole.Server
        && (finding.Code == "QN1003"
            ? AgentWords.SaysAny(entry, leg.Port.NetworkId)
                || (AgentWords.SaysAny(entry, "DHCP agent") && finding.ComputerName is { Length: > 0 } host
                    && AgentWords.SaysAny(entry, host))
            : AgentWords.SaysAny(entry, leg.Port.PortId));

    /// <summary>What logs call the port, its devices and its network; the server's, on the server's node.</summary>
    private static IEnumerable<string> NamesOf(DhcpLeg leg, NodeView node)
    {
        if (leg.Compute == node)
            foreach (string name in new[] { leg.Port.PortId, leg.Tap, leg.OvsDevice })
                yield return name;
        if (leg.Server?.Node == node)
            foreach (string name in new[] { leg.Port.NetworkId, leg.Server.Port?.PortId ?? "", leg.Server.OvsDevice })
                yield return name;
    }

    private static bool IsComplaint(AgentLog entry) => AgentWords.RoleOf(entry) switch
    {
        // Open vSwitch asks a device many things that are of no use to a tap, and warns of each.
        AgentRole.Switch => entry.Level is "WARN" or "WARNING" or "ERR" or "ERROR" or "EMER"
            && !entry.Logger.StartsWith("netdev", StringComparison.Ordinal),
        AgentRole.Other => false,
        _ => entry.Level is "WARNING" or "ERROR" or "CRITICAL" or "TRACE",
    };

    // A log's clock may be another zone's: its window ends with its own last entry.
    private static List<AgentLog> Complaints(NodeView node)
    {
        Dictionary<string, DateTime> ends = [];
        foreach (AgentLog entry in node.State.AgentLogs)
        {
            if (entry.Time is { } time)
                ends[entry.Path] = time;
        }
        return node.State.AgentLogs.FindAll(
            entry => IsComplaint(entry) && (entry.Time is not { } time || ends[entry.Path] - time <= s_window));
    }

    private static Evidence FirstLine(AgentLog entry) =>
        entry.ToEvidence() with { Text = entry.RawText.Split('\n')[0] };
}
