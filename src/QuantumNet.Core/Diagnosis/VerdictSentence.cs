namespace QuantumNet.Diagnosis;

/// <summary>The one sentence that a verdict is told in.</summary>
internal static class VerdictSentence
{
    /// <summary>Tells a result.</summary>
    public static string Of(DhcpPathResult result, Finding? root)
    {
        string who = Who(result);
        return result.Status switch
        {
            DhcpPathStatus.Ok =>
                $"{who} can get its lease: {result.Hops.Count(hop => hop.Direction == DhcpDirection.Request)} hops "
                + $"from {result.ComputeNode} to {Servers(result)} are whole in both directions.",
            DhcpPathStatus.Broken => $"{who} gets no lease: {Lost(root)}{root?.Message}",
            DhcpPathStatus.Degraded => $"{who} can get its lease, but: {root?.Message}",
            _ => $"Cannot determine whether {who} gets a lease: {root?.Message}",
        };
    }

    private static string Who(DhcpPathResult result)
    {
        string name = result.InstanceName.Length > 0 ? result.InstanceName : $"Port {result.PortId}";
        return result.IpAddress.Length > 0 ? $"{name} ({result.IpAddress})" : name;
    }

    private static string Servers(DhcpPathResult result) =>
        result.DhcpNodes.Length > 0 ? "dnsmasq on " + string.Join(" and ", result.DhcpNodes) : "the OVS agent";

    private static string Lost(Finding? root) => root?.Direction switch
    {
        DhcpDirection.Request => $"the request is lost on {root.ComputerName}. ",
        DhcpDirection.Reply => $"the reply is lost on {root.ComputerName}. ",
        _ => "",
    };
}
