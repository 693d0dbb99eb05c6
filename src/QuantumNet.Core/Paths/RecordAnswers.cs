namespace QuantumNet.Paths;

/// <summary>Who answers for the control plane, and how it is asked.</summary>
internal static class RecordAnswers
{
    /// <summary>The node or endpoint that answers; <c>the controller</c> where none did.</summary>
    public static string NodeOf(DhcpLeg leg) => NodeOf(leg.Cloud.Records);

    /// <inheritdoc cref="NodeOf(DhcpLeg)"/>
    public static string NodeOf(CloudRecords records) =>
        All(records).FirstOrDefault(record => record.AnsweredBy.Length > 0)?.AnsweredBy ?? "the controller";

    /// <summary>The command that asks for a kind of record about a network, in the words of the client that
    /// was asked before.</summary>
    /// <param name="records">What was answered.</param>
    /// <param name="kind">The kind, as in <see cref="CloudRecords.CollectedKinds"/>.</param>
    /// <param name="networkId">The network; where nothing tells it, the command has
    /// <c>NETWORK</c> in its place.</param>
    /// <param name="isQuantum">Whether the nodes run Quantum, where no answer tells the client.</param>
    public static string CommandFor(CloudRecords records, string kind, string networkId, bool isQuantum)
    {
        string one = networkId.Length > 0 ? networkId : "NETWORK";
        string client = ClientOf(records, isQuantum);
        return client == "openstack"
            ? $"openstack {OpenStackWords(kind, one)} -f json" : $"{client} {OldWords(kind, one)}";
    }

    /// <summary>The client that was asked before: <c>openstack</c>, <c>neutron</c> or <c>quantum</c>; where no answer
    /// tells it, the one of the nodes' release.</summary>
    public static string ClientOf(CloudRecords records, bool isQuantum)
    {
        string asked = All(records).FirstOrDefault(record => record.Command.Length > 0)?.Command ?? "";
        return asked.Contains("quantum", StringComparison.Ordinal) ? "quantum"
            : asked.Contains("neutron ", StringComparison.Ordinal) ? "neutron"
                : asked.Length == 0 && isQuantum ? "quantum" : "openstack";
    }

    private static string OpenStackWords(string kind, string networkId) => kind switch
    {
        "dhcp-agent" => $"network agent list --network {networkId}",
        "agent" => "network agent list",
        "network" => $"network show {networkId}",
        "instance" => "server list --all-projects --long",
        _ => $"{kind} list --network {networkId} --long",
    };

    private static string OldWords(string kind, string networkId) => kind switch
    {
        "dhcp-agent" => $"dhcp-agent-list-hosting-net {networkId}",
        "network" => $"net-show {networkId}",
        _ => $"{kind}-list",
    };

    private static IEnumerable<ControlPlaneRecord> All(CloudRecords records) =>
        records.Source == RecordSource.Inferred ? []
            : records.Networks.Concat<ControlPlaneRecord>(records.Ports).Concat(records.Subnets).Concat(records.Agents);
}
