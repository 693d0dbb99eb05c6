namespace QuantumNet.Tests.Lab;

/// <summary>What must be said of a cloud with a fault in it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Code">The code that stands in Cause.</param>
/// <param name="ComputerNames">The nodes that may be named.</param>
/// <param name="Object">A piece of the object's name.</param>
internal sealed record ExpectedVerdict(DhcpPathStatus Status, string Code, string[] ComputerNames, string Object)
{
    /// <summary>Whether the nodes' state can tell of the fault: some check raises its code, and it is on a node,
    /// not in a switch between them.</summary>
    public static bool IsJudged(LabFault fault) =>
        fault.Side != "-" && !fault.IsOfPacket
        && Faults.CheckList.All.Any(check => check.Infos.Any(info => info.Code == fault.Code));

    public static ExpectedVerdict Of(LabCloud lab, LabFault fault) => new(
        fault.TakesLease ? DhcpPathStatus.Broken : DhcpPathStatus.Degraded,
        fault.Code,
        fault.Code is "QN1001" or "QN1002" ? ["controller"] : NodesOf(lab, fault.Side),
        ObjectOf(lab, fault));

    private static string ObjectOf(LabCloud lab, LabFault fault)
    {
        LabInstance victim = lab.Victim;
        string device = victim.PortId[..11];
        string plugged = (lab.Kind.Plug == "direct" ? "tap" : "qvo") + device;
        string served = "tap" + ((string)lab.Plan["dhcpPorts"]![0]!["id"]!)[..11];
        string network = (string)lab.Plan["network"]!["id"]!;
        return (fault.Code, fault.Variant) switch
        {
            ("QN1001", _) => "subnet",
            ("QN1002", _) => "network",
            ("QN1003", _) => "DHCP agent",
            ("QN1015", _) => "br-int",
            ("QN1007", "instance") => victim.PortId,
            ("QN1007", _) => (string)lab.Plan["dhcpPorts"]![0]!["id"]!,
            ("QN2001" or "QN2002", _) => fault.Variant + device,
            ("QN2003", _) => "tap" + device,
            ("QN2004" or "QN4001" or "QN4002" or "QN4004" or "QN4005", _) => plugged,
            ("QN3002" or "QN3003", _) => device[..10],
            ("QN4007", _) => "patch-",
            ("QN5001" or "QN5006" or "QN5007" or "QN5008" or "QN5010" or "QN5012", _) => "br-tun",
            ("QN6001", _) => "qdhcp-" + network,
            ("QN6002" or "QN6004", _) => served,
            ("QN6008" or "QN6009", _) => "/host",
            _ => "",
        };
    }

    /// <summary>How a verdict differs; null when it is as expected.</summary>
    public string? Differs(DhcpPathResult result)
    {
        if (result.Status != Status)
            return $"status is {result.Status}, not {Status}";
        if (result.Cause != Code)
            return $"cause is {result.Cause}";
        if (!ComputerNames.Contains(result.ComputerName))
            return $"node is '{result.ComputerName}', not {string.Join(" or ", ComputerNames)}";
        return result.Object!.Contains(Object, StringComparison.OrdinalIgnoreCase) ? null
            : $"object is '{result.Object}', not {Object}";
    }

    private static string[] NodesOf(LabCloud lab, string side) => side switch
    {
        "K" => [lab.Victim.Node],
        "D" => [.. lab.DhcpNodes],
        _ => [lab.Victim.Node, .. lab.DhcpNodes],
    };
}
