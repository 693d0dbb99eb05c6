namespace QuantumNet.Diagnosis;

/// <summary>The sentences that the verdict on a DHCP server is told in.</summary>
internal static class ServerSentence
{
    /// <summary>Tells a result, and what the server would answer.</summary>
    public static string Of(DhcpServerResult result, Finding? root, IReadOnlyList<string> macs) =>
        string.Join(' ', [Verdict(result, root), .. macs.Select(mac => Answer(result, mac))]);

    private static string Verdict(DhcpServerResult result, Finding? root)
    {
        string network = $"network {(result.NetworkName.Length > 0 ? result.NetworkName : result.NetworkId)}";
        string server = result.ComputerName.Length > 0 ? $"The DHCP server of {network} on {result.ComputerName}"
            : $"The DHCP service of {network}";
        return result.Status switch
        {
            DhcpPathStatus.Ok when result.ProcessId is null =>
                $"{server} is not dnsmasq: the instances' own agents answer.",
            DhcpPathStatus.Ok => $"{server} works: dnsmasq {result.ProcessId} would give "
                + (result.PortCount == 0 ? "a lease to a port that has a line." : result.PortCount == 1
                    ? "the one port that is known its lease."
                    : $"each of {result.PortCount} ports its lease.") + Stability(result),
            DhcpPathStatus.Broken when root is { PortId.Length: > 0 } =>
                $"{server} does not serve every port: {root.Message}{Likewise(result, root)}",
            DhcpPathStatus.Broken => $"{server} does not work: {root?.Message}",
            DhcpPathStatus.Degraded => $"{server} works, but: {root?.Message}{Likewise(result, root)}",
            _ => $"Cannot determine whether {Lower(server)} works: {root?.Message}",
        };
    }

    private static string Stability(DhcpServerResult result) =>
        result.IsStable == true ? " It is the same process as in the earlier sample." : "";

    // One sentence tells of one port; the findings tell of all.
    private static string Likewise(DhcpServerResult result, Finding? root)
    {
        int others = result.Findings.Where(one => one.Code == root?.Code && one.PortId.Length > 0)
            .Select(one => one.PortId).Distinct().Count(port => port != root?.PortId);
        return root is not { PortId.Length: > 0 } || others == 0 ? ""
            : others == 1 ? " Another port is hit likewise." : $" {others} other ports are hit likewise.";
    }

    private static string Answer(DhcpServerResult result, string mac)
    {
        DhcpServerAnswer[] answers = Array.FindAll(result.Answers,
            one => one.Mac.Equals(mac, StringComparison.OrdinalIgnoreCase));
        if (answers is not [.., var last])
            return $"Nothing here answers {mac}.";
        if (last.Answer is null)
            return $"Cannot determine what it answers {mac}: {last.Reason}.";
        return last.Answer == DhcpMessageType.None
            ? $"It gives {mac} no answer to its {Asked(last)}: {last.Reason}."
            : last.Answer == DhcpMessageType.Nak ? $"It refuses {mac} its {Asked(last)}: {last.Reason}."
            : $"It gives {mac} the address {last.IpAddress}{(last.IsTaken ? "" : $", which {last.Client} leaves aside: "
                + last.Objection)}.";
    }

    private static string Asked(DhcpServerAnswer answer) => answer.Message == DhcpMessageType.Discover ? "DHCPDISCOVER"
        : answer.IsRenewal ? "renewal" : "DHCPREQUEST";

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
