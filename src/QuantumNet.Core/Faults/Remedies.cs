using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Faults;

/// <summary>The commands of remedies by release. The catalogue has those of today's client; who has the client of
/// Neutron's first years, or of Quantum, is told theirs.</summary>
internal static class Remedies
{
    private static readonly (string Today, string Before)[] s_commands =
    [
        ("openstack subnet set --dhcp SUBNET", "subnet-update SUBNET --enable-dhcp"),
        ("openstack network agent add network --dhcp AGENT NETWORK", "dhcp-agent-network-add AGENT NETWORK"),
        ("openstack network agent list", "agent-list"),
        ("openstack security group rule create --ingress --protocol tcp --dst-port PORT GROUP",
            "security-group-rule-create --direction ingress --protocol tcp --port-range-min PORT --port-range-max PORT "
                + "GROUP"),
        ("openstack port set --enable PORT", "port-update PORT --admin-state-up True"),
    ];

    /// <summary>A finding with its remedy for the client that a cloud has.</summary>
    public static Finding For(Finding finding, CloudView cloud) => finding.Remedy.Contains("openstack ",
        StringComparison.Ordinal) ? finding with { Remedy = For(finding.Remedy, RecordAnswers.ClientOf(
            cloud.Records, Release.Of(cloud).IsQuantum)) } : finding;

    /// <summary>A remedy for who has a client.</summary>
    /// <param name="remedy">The catalogue's.</param>
    /// <param name="client"><c>openstack</c>, <c>neutron</c> or <c>quantum</c>.</param>
    public static string For(string remedy, string client)
    {
        if (client == "openstack")
            return remedy;
        foreach ((string today, string before) in s_commands)
            remedy = remedy.Replace(today, $"{client} {before}", StringComparison.Ordinal);
        return remedy;
    }
}
