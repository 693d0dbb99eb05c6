namespace QuantumNet.Faults;

/// <summary>The codes of gathering itself: no faults of the cloud, but limits of what can be said.</summary>
internal static class GatheringFaults
{
    public static CheckInfo NotUnderstood { get; } = Info("QN9001", "Output not understood", CheckSeverity.Info,
        "Send the quoted lines with the tool's version to the project; the rest of the output was read.");

    public static CheckInfo NodeUnreachable { get; } = Info("QN9002",
        "Node unreachable or its host key not trusted", CheckSeverity.Warning,
        "Try 'ssh NODE true' from here; "
            + "add its key to known_hosts after checking it, or correct the address in the inventory.");

    public static CheckInfo CommandRefused { get; } = Info("QN9003",
        "Command missing or not permitted", CheckSeverity.Warning,
        "Install the command, or let the user run it: "
            + "as root, or with -Sudo and the rules that 'quantumnet --sudoers USER' prints.");

    public static CheckInfo PastDeadline { get; } = Info("QN9004",
        "Command ran past its deadline", CheckSeverity.Warning,
        "Run the command on the node by hand; raise -TimeoutSeconds when it is only slow.");

    public static CheckInfo NotCollected { get; } = Info("QN9008", "Evidence was not collected", CheckSeverity.Warning,
        "Collect it: the message names the command and the node.");

    public static CheckInfo SeveralCauses { get; } = Info("QN9006", "Several causes fit", CheckSeverity.Error,
        "Take the measurement that the message names: it decides between the causes.");

    public static CheckInfo KindNotFollowed { get; } = Info("QN9010",
        "The port's kind is not followed", CheckSeverity.Warning,
        "Look at the part that is not followed by the means of its own plugin; what was judged is in the findings.");

    public static CheckInfo LostUnexplained { get; } = Info("QN9009",
        "Packet is lost where no known fault explains it", CheckSeverity.Error,
        "Look at the quoted line: it decides. "
            + "'ovs-appctl ofproto/trace' on the node, or Trace-DhcpPacket, shows the loss itself.");

    public static IReadOnlyList<CheckInfo> All { get; } = [NotUnderstood, NodeUnreachable, CommandRefused, PastDeadline,
        SeveralCauses, NotCollected, LostUnexplained, KindNotFollowed];

    private static CheckInfo Info(string code, string title, CheckSeverity severity, string remedy) =>
        new() { Code = code, Title = title, Layer = "Gathering", Severity = severity, Remedy = remedy };
}
