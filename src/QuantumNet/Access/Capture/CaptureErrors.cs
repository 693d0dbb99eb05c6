namespace QuantumNet.Access.Capture;

/// <summary>The errors of reading captures: one factory per id, each with advice.</summary>
internal static class CaptureErrors
{
    public static QuantumError NotFound(string path) => Create("CaptureNotFound",
        QuantumErrorCategory.ObjectNotFound, path,
        $"There is no capture '{path}'.",
        "Check the path; relative paths start at the current directory, and * and ? stand in the last part only.");

    public static QuantumError Unreadable(string path, Exception cause) => Create("CaptureUnreadable",
        QuantumErrorCategory.ReadError, path,
        $"'{path}' cannot be read: {cause.Message}",
        "Check its permissions: what root's tcpdump wrote, others often may not read.") with { Cause = cause };

    public static QuantumError NotACapture(string path, ParseIssue issue) => Create("NotACapture",
        QuantumErrorCategory.InvalidData, path,
        $"'{path}' cannot be read as a capture: {issue.Reason} ({issue.Text}).",
        "pcap and pcapng files are read, as tcpdump -w and Wireshark write them; gunzip a compressed one first.");

    public static QuantumError Damaged(string path, ParseIssue issue) => Create("CaptureDamaged",
        QuantumErrorCategory.InvalidData, path,
        $"'{path}' is damaged at frame {issue.LineNumber}, byte {issue.Column}: {issue.Reason}: {issue.Text}. "
            + "What lies before it was read.",
        "Take the capture again, or repair the file with editcap.");

    public static QuantumError TraceNeedsNodes(string connection) => Create("TraceNeedsNodes",
        QuantumErrorCategory.InvalidOperation, connection,
        $"'{connection}' is a snapshot that holds no captures there, and packets are captured on live nodes only.",
        "Connect to the nodes with Connect-Quantum and trace with -SaveTo, or read captures of tcpdump with "
            + "Get-DhcpPacket.");

    public static QuantumError NothingToCapture(string port) => Create("NothingToCapture",
        QuantumErrorCategory.ObjectNotFound, port,
        $"No hop of port '{port}' can be captured: "
            + "neither its node nor a DHCP server's device is known, or no device fits -Device.",
        "Run Test-DhcpPath for the port: it tells which evidence is missing.");

    public static QuantumError TracePastDeadline(string node) => Create("TracePastDeadline",
        QuantumErrorCategory.OperationTimeout, node,
        $"The trace on '{node}' did not end in time; what was seen until then is kept.",
        "Look there for a tcpdump that is left, and whether the node is overloaded.");

    private static QuantumError Create(
        string id, QuantumErrorCategory category, string target, string message, string advice) =>
            new() { Id = id, Category = category, Target = target, Message = message, Advice = advice };
}
