namespace QuantumNet.Faults;

/// <summary>The faults of gathering itself: no faults of the cloud, but limits of what can be said.</summary>
internal static class GatheringFaults
{
    public static CheckInfo NotUnderstood { get; } = new()
    {
        Code = "QN9001",
        Title = "Output not understood",
        Layer = "Gathering",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Info,
        Remedy = "Send the quoted lines with the tool's version to the project; the rest of the output was read.",
    };

    public static CheckInfo NodeUnreachable { get; } = new()
    {
        Code = "QN9002",
        Title = "Node unreachable or its host key not trusted",
        Layer = "Gathering",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Remedy = "Try 'ssh NODE true' from here; add its key to known_hosts after checking it, or correct the address "
            + "in the inventory.",
    };

    public static CheckInfo CommandRefused { get; } = new()
    {
        Code = "QN9003",
        Title = "Command missing or not permitted",
        Layer = "Gathering",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Remedy = "Install the command, or let the user run it: as root, or with -Sudo and the rules that 'quantumnet "
            + "--sudoers USER' prints.",
    };

    public static CheckInfo PastDeadline { get; } = new()
    {
        Code = "QN9004",
        Title = "Command ran past its deadline",
        Layer = "Gathering",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Remedy = "Run the command on the node by hand; raise -TimeoutSeconds when it is only slow.",
    };

    public static CheckInfo SeveralCauses { get; } = new()
    {
        Code = "QN9006",
        Title = "Several causes fit",
        Layer = "Gathering",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Error,
        // Two causes that fit alike are told as one.
        Explains = ["QN1004", "QN1005"],
        Remedy = "Take the measurement that the message names: it decides between the causes.",
    };

    public static CheckInfo WitnessesDisagree { get; } = new()
    {
        Code = "QN9007",
        Title = "State and packets disagree",
        Layer = "Gathering",
        Scope = FaultScope.Path,
        Severity = CheckSeverity.Error,
        Remedy = "Believe the packets: look at what the finding quotes on both sides of that hop, and capture there "
            + "with Trace-DhcpPacket.",
    };

    public static CheckInfo NotCollected { get; } = new()
    {
        Code = "QN9008",
        Title = "Evidence was not collected",
        Layer = "Gathering",
        Scope = FaultScope.Path,
        Severity = CheckSeverity.Warning,
        Remedy = "Collect it: the message names the command and the node.",
    };

    public static CheckInfo LostUnexplained { get; } = new()
    {
        Code = "QN9009",
        Title = "Packet is lost where no known fault explains it",
        Layer = "Gathering",
        Scope = FaultScope.Path,
        Severity = CheckSeverity.Error,
        Remedy = "Look at the quoted line: it decides. 'ovs-appctl ofproto/trace' on the node, or Trace-DhcpPacket, "
            + "shows the loss itself.",
    };

    public static CheckInfo KindNotFollowed { get; } = new()
    {
        Code = "QN9010",
        Title = "The port's kind is not followed",
        Layer = "Gathering",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Warning,
        Remedy = "Look at the part that is not followed by the means of its own plugin; what was judged is in the "
            + "findings.",
    };

    public static CheckInfo ClockDiffers { get; } = new()
    {
        Code = "QN9011",
        Title = "Node's clock differs from this machine's",
        Layer = "Gathering",
        Scope = FaultScope.Node,
        Severity = CheckSeverity.Warning,
        Remedy = "Compare 'date' on the node and here, and let chrony, ntpd or systemd-timesyncd set the one that is "
            + "wrong.",
    };

    public static CheckInfo ControlPlaneRefused { get; } = new()
    {
        Code = "QN9012",
        Title = "Control plane unreachable or login refused",
        Layer = "Gathering",
        Scope = FaultScope.Cloud,
        Severity = CheckSeverity.Error,
        Remedy = "Check Keystone's URL and the OS_* variables or clouds.yaml; without records, "
            + "\"controlPlane\": { \"source\": \"none\" } works ports and networks out from the nodes.",
    };

    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        NotUnderstood, NodeUnreachable, CommandRefused, PastDeadline, SeveralCauses, WitnessesDisagree,
        NotCollected, LostUnexplained, KindNotFollowed, ClockDiffers, ControlPlaneRefused,
    ];
}
