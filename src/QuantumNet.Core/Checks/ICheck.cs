using QuantumNet.Paths;

namespace QuantumNet.Checks;

/// <summary>A statement that should be true of a leg, with the codes of what is wrong when it is not.</summary>
internal interface ICheck
{
    /// <summary>The codes it raises.</summary>
    IReadOnlyList<CheckInfo> Infos { get; }

    /// <summary>Judges one leg. First it asks whether the evidence was collected.</summary>
    IEnumerable<Finding> Run(DhcpLeg leg);
}

/// <summary>Makes findings of a catalogue entry.</summary>
internal static class CheckInfoFindings
{
    /// <summary>The statement does not hold.</summary>
    public static Finding Fail(this CheckInfo info, string node, string @object, string message, params Evidence?[] evidence) =>
        Make(info, FindingStatus.Fail, node, @object, message) with { Evidence = [.. evidence.OfType<Evidence>()] };

    /// <summary>The statement holds.</summary>
    public static Finding Pass(this CheckInfo info, string node, string @object, string message = "") =>
        Make(info, FindingStatus.Pass, node, @object, message);

    /// <summary>It says nothing about this leg.</summary>
    public static Finding NotApplicable(this CheckInfo info, string reason) =>
        Make(info, FindingStatus.NotApplicable, "", "", reason);

    /// <summary>The evidence was not collected; the message names the command that would settle it.</summary>
    public static Finding Unknown(this CheckInfo info, string node, string collector, string subject = "") =>
        Make(info, FindingStatus.Unknown, node, subject.Length > 0 ? subject : collector, MissingEvidence.Sentence(node, collector, subject))
            with { MissingCollector = collector };

    private static Finding Make(CheckInfo info, FindingStatus status, string node, string @object, string message) => new()
    {
        Code = info.Code,
        Title = info.Title,
        Severity = info.Severity,
        Remedy = info.Remedy,
        Status = status,
        ComputerName = node,
        Object = @object,
        Message = message,
    };
}

/// <summary>Says which command on which node would settle a check whose evidence is missing.</summary>
internal static class MissingEvidence
{
    /// <summary>The sentence.</summary>
    public static string Sentence(string node, string collector, string subject)
    {
        if (node.Length == 0)
            return $"The records do not tell the node; {collector} was not collected.";
        return $"Not collected on {node}; '{Command(collector, subject)}' there would settle it.";
    }

    private static string Command(string collector, string subject) => collector switch
    {
        "NodeLink" when subject.Length > 0 => $"ip netns exec {subject} ip address",
        "NodeLink" => "ip -s -d link",
        "LinuxBridge" => "brctl show",
        "NetworkNamespace" => "ip netns",
        "Iptables" => "iptables-save -c",
        "OvsBridge" or "OvsPort" => "ovs-vsctl show",
        "OpenFlowPort" => $"ovs-ofctl show {subject}",
        "OvsFlow" => $"ovs-ofctl dump-flows {subject}",
        "Process" or "DhcpServer" => "ps -ef",
        "DhcpHost" => $"cat /var/lib/neutron/dhcp/{subject}/host",
        "AgentConfig" => "cat /etc/neutron/*.ini",
        _ => collector,
    };
}
