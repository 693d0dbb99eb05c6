using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.ControlPlaneFaults;

namespace QuantumNet.Faults.ControlPlane;

/// <summary>The agents of the path hear the server and may run their commands: their last words are not of a lost
/// message queue or of a refused command. An error where the port lacks what the agent should have made,
/// else a warning while the complaint is fresh.</summary>
internal sealed class AgentsWork : ICheck
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromHours(1);

    private static readonly string[] s_lostQueue =
    [
        "NOT_FOUND - no queue", "NOT_FOUND - no exchange", "Timeout while waiting on RPC response", "MessagingTimeout",
        "Timed out waiting for a reply to message ID", "AMQP server on ", "Unable to connect to AMQP server",
        "Failed to consume message from queue", "Failed reporting state",
    ];

    private static readonly string[] s_refused =
    [
        "a password is required", "no tty present and no askpass program", "you must have a tty to run sudo",
        "a terminal is required to read the password", "is not in the sudoers file", "Unauthorized command",
        "no filter matched", "privsep helper command exited non-zero", "FailedToDropPrivileges",
    ];

    private static readonly string[] s_privileged =
        ["ip netns", "ovs-vsctl", "ovs-ofctl", "ip link", "iptables", "rootwrap", "sudo"];

    public IReadOnlyList<CheckInfo> Infos { get; } = [AgentDeaf, AgentPowerless];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (leg.Compute is { } compute)
        {
            foreach (Finding finding in Judge(leg, compute, AgentRole.Wiring, PortIsUnwired(leg, compute)))
                yield return finding;
        }
        if (leg.Server is { Node: { } server, IsRouter: false } && !leg.IsServedByAgent)
        {
            foreach (Finding finding in Judge(leg, server, AgentRole.Dhcp, ServerLacksPort(leg, server)))
                yield return finding;
        }
    }

    private sealed record Complaint(AgentRole Role, CheckInfo Info, string What, AgentLog Last);

    private static readonly NodeMemo<List<Complaint>> s_complaints = new(Complaints);

    private static List<Complaint> Complaints(NodeView node)
    {
        List<Complaint> found = [];
        foreach (AgentRole role in new[] { AgentRole.Wiring, AgentRole.Dhcp })
        {
            if (AgentWords.LastComplaint(node, role, IsRefused) is { } refused)
                found.Add(new(role, AgentPowerless, "may not run its commands as root", refused));
            if (AgentWords.LastComplaint(node, role, entry => AgentWords.SaysAny(entry, s_lostQueue)) is { } deaf)
                found.Add(new(role, AgentDeaf, "does not hear the server", deaf));
        }
        return found;
    }

    private static IEnumerable<Finding> Judge(DhcpLeg leg, NodeView node, AgentRole role, bool doesHarm)
    {
        foreach ((AgentRole of, CheckInfo info, string what, AgentLog last) in s_complaints.Of(node))
        {
            if (of != role || !(doesHarm || IsFresh(leg, last)))
                continue;
            string agent = role == AgentRole.Dhcp ? "DHCP agent" : "OVS agent";
            yield return info.Fail(node.Name, agent,
                    $"The {agent} on {node.Name} {what}: its log says so, and nothing since shows it at work.",
                    Telling(last))
                with { Severity = doesHarm ? CheckSeverity.Error : CheckSeverity.Warning };
        }
    }

    private static bool IsRefused(AgentLog entry) => AgentWords.SaysAny(entry, s_refused)
        || (AgentWords.SaysAny(entry, "Permission denied") && AgentWords.SaysAny(entry, s_privileged));

    private static bool IsFresh(DhcpLeg leg, AgentLog entry) =>
        entry.Time is { } time && (leg.Cloud.Cloud.CollectedAt - time).Duration() < s_fresh;

    /// <summary>The line of the entry that says it: a traceback has many.</summary>
    private static Evidence Telling(AgentLog entry)
    {
        string[] lines = entry.RawText.Split('\n');
        string? telling = Array.Find(lines, line => Array.Exists([.. s_lostQueue, .. s_refused, "Permission denied"],
            text => line.Contains(text, StringComparison.Ordinal)));
        return entry.ToEvidence() with { Text = telling ?? lines[0] };
    }

    private static bool PortIsUnwired(DhcpLeg leg, NodeView compute) =>
        leg.Kind.IsFollowed() && compute.State.Has("OvsPort")
        && leg.ComputePort is null or { Tag: null or LocalVlanMap.DeadVlan };

    private static bool ServerLacksPort(DhcpLeg leg, NodeView server)
    {
        if (server.State.Has("DhcpHost", leg.Port.NetworkId))
            return leg.Port.Mac.Length > 0
                && !server.DhcpHostsOf(leg.Port.NetworkId).Any(line => line.Mac == leg.Port.Mac);
        return server.State.Has("Process") && !server.DhcpServersOf(leg.Port.NetworkId).Any();
    }
}
