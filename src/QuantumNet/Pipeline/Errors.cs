namespace QuantumNet.Pipeline;

/// <summary>The errors that cmdlets themselves raise: one factory per id, each with advice.</summary>
internal static class Errors
{
    /// <summary>Id of <see cref="PathUnknown"/>: a verdict that could not be reached, which is neither
    /// success nor failure.</summary>
    public const string PathUnknownId = "PathUnknown";

    /// <summary>Id of <see cref="ServerUnknown"/>, likewise.</summary>
    public const string ServerUnknownId = "ServerUnknown";

    /// <summary>Id of <see cref="MeshUnknown"/>, likewise.</summary>
    public const string MeshUnknownId = "MeshUnknown";

    /// <summary>Id of <see cref="ReachabilityUnknown"/>, likewise.</summary>
    public const string ReachabilityUnknownId = "ReachabilityUnknown";

    public static QuantumError NoConnection(string advice = ConnectionStore.InSession) =>
        Create("NoConnection", QuantumErrorCategory.InvalidArgument, "", "There is no connection to a cloud.", advice);

    public static QuantumError ConnectionNotFound(string name, IReadOnlyCollection<string> known) =>
        Create("ConnectionNotFound", QuantumErrorCategory.ObjectNotFound, name,
            $"There is no connection '{name}'.", Suggestion.Choice("There are", name, known) is { Length: > 0 } choice
                ? $"{choice} Get-QuantumConnection * shows them."
                : $"Connect-Quantum -Name {name} makes one; none is made yet.");

    public static QuantumError ParameterFile(string parameter, string path, string problem) =>
        Create("ParameterFileNotUsable", QuantumErrorCategory.InvalidArgument, path,
            $"-{parameter} cannot be used: {problem}.", "Check the path; without it, ssh's own settings count.");

    public static QuantumError NoHosts(string file, string wanted) => Create("NoHosts",
        QuantumErrorCategory.ObjectNotFound, file, $"{file} names no host like {wanted}.",
        "Name the nodes: -ComputerName compute1, netnode. Only Host lines without wildcards count.");

    public static QuantumError NoSamples() => Create("SamplesNotFound", QuantumErrorCategory.ObjectNotFound, "",
        "The samples are not installed here.",
        "They come with the module, the packages of a distribution and the source, not with the bare program.");

    public static QuantumError SampleNotFound(string name, IReadOnlyCollection<string> known) =>
        Create("SampleNotFound", QuantumErrorCategory.ObjectNotFound, name, $"There is no sample '{name}'.",
            $"{Suggestion.Sentence(name, known)} Get-QuantumSample lists them all.".TrimStart());

    public static QuantumError ParameterAlone(string parameter, string other) =>
        Create("ParameterAlone", QuantumErrorCategory.InvalidArgument, parameter,
            $"-{parameter} means nothing without -{other}.", $"Pass -{other}, too, or leave out -{parameter}.");

    public static QuantumError NeedsLiveNodes(string cmdlet, string advice) =>
        Create("NeedsLiveNodes", QuantumErrorCategory.InvalidArgument, cmdlet,
            $"{cmdlet} works on live nodes, and this connection is a snapshot.", advice);

    public static QuantumError ProbeImpossible(string port, string reason) =>
        Create("ProbeImpossible", QuantumErrorCategory.InvalidData, port,
            $"No probe can be sent for port '{port}': {reason}.",
            "Test-DhcpPath tells what is wrong with the port itself.");

    public static QuantumError AgentNotFound(string node, string agent, IReadOnlyList<string> services) => Create(
        "AgentNotFound", QuantumErrorCategory.ObjectNotFound, node,
        $"'{node}' runs no {agent} agent as a service: there is no {string.Join(", no ", services)}.",
        "Get-QuantumAgent tells which agents run where. "
            + "Agents in containers are restarted by what runs the containers.");

    public static QuantumError AmbiguousSource() => Create("AmbiguousSource", QuantumErrorCategory.InvalidArgument, "",
        "Only one of -Connection, -Inventory and -Snapshot can be used at a time.",
        "Leave out all but one.");

    public static QuantumError NodeNotFound(string node) => Create("NodeNotFound",
        QuantumErrorCategory.ObjectNotFound, node,
        $"Nothing was gathered from a node '{node}'.",
        "Get-QuantumConnection lists the nodes; -Verbose tells what was asked.");

    /// <summary>A name that nothing has which was read. Its id is made of the kind: BridgeNotFound.</summary>
    public static QuantumError NameNotFound(NameKind kind, string name, IReadOnlyCollection<string> known) => Create(
        $"{kind}NotFound", QuantumErrorCategory.ObjectNotFound, name,
        $"Nothing that was read has the {Words(kind)} '{name}'.",
        known.Count > 0
            ? Suggestion.Choice("There are", name, [.. known.Order(StringComparer.OrdinalIgnoreCase)])
                + " Wildcards may be used."
            : "There is none of that kind at all: -Verbose shows what was asked.");

    public static QuantumError ReportFormatUnknown(string path, string extension) => Create("ReportFormatUnknown",
        QuantumErrorCategory.InvalidArgument, path,
        extension.Length > 0 ? $"A report cannot be written as '{extension}'." : $"'{path}' does not tell a format.",
        "End the file's name in .html for a page, or in .md for Markdown.");

    public static QuantumError NothingTested(string reason) => Create("NothingTested",
        QuantumErrorCategory.ObjectNotFound, "",
        $"No port was tested: {reason}.",
        "Get-QuantumPort -DeviceOwner compute:* lists the ports that can be tested; "
            + "-Verbose shows what was left out and why.");

    public static QuantumError NoServerTested(string reason) => Create("NoServerTested",
        QuantumErrorCategory.ObjectNotFound, "",
        $"No DHCP server was tested: {reason}.",
        "Get-QuantumNetwork lists the networks, Get-DhcpServer what runs; -Verbose shows what was left out and why.");

    public static QuantumError ServerUnknown(DhcpServerResult result) => Create(
        ServerUnknownId, QuantumErrorCategory.InvalidData, result.NetworkId,
        $"Cannot determine whether a DHCP server works: {result.Summary}",
        "Run Test-DhcpServer without -Quiet: "
            + "each finding that is Unknown names the command to run, and the node to run it on.");

    public static QuantumError NoTunnelTested(string reason) => Create("NoTunnelTested",
        QuantumErrorCategory.ObjectNotFound, "",
        $"No tunnel was tested: {reason}.",
        "Get-OvsTunnel lists the tunnels, Get-QuantumNetwork the networks with their types.");

    public static QuantumError NoConnectionTested(string reason) => Create("NoConnectionTested",
        QuantumErrorCategory.ObjectNotFound, "",
        $"No connection was tested: {reason}.",
        "Get-QuantumConnection shows the nodes of the connection.");

    public static QuantumError ConnectionBroken(QuantumConnectionResult result) => Create("ConnectionBroken",
        QuantumErrorCategory.ConnectionError, result.ComputerName, result.Summary,
        result.Remedy ?? "Test-QuantumConnection | Format-List tells all of it.");

    public static QuantumError MeshUnknown(OvsMeshResult result) => Create(
        MeshUnknownId, QuantumErrorCategory.InvalidData, result.Type,
        $"Cannot determine whether the tunnels are whole: {result.Summary}",
        "Run Test-OvsTunnel without -Quiet: "
            + "each finding that is Unknown names the command to run, and the node to run it on.");

    public static QuantumError ReachabilityUnknown(InstanceReachabilityResult result) => Create(
        ReachabilityUnknownId, QuantumErrorCategory.InvalidData, result.PortId,
        $"Cannot determine whether the instance is reached: {result.Summary}",
        "Run Test-InstanceReachability without -Quiet, on live nodes: what is Unknown names the command to run.");

    public static QuantumError RouterNotFound(QuantumPort port) => Create(
        "RouterNotFound", QuantumErrorCategory.ObjectNotFound, port.PortId,
        $"Port '{port.PortId}' cannot be asked from a router: no record tells of one on its network {port.NetworkId}.",
        "Get-QuantumPort -NetworkId NETWORK lists a router's interface, where the records of an administrator show one "
            + "(device_owner network:router_interface). Without a router, leave -From out: the DHCP server asks.");

    public static QuantumError NetworkIdNotWhole(string text) => Create("NetworkIdNotWhole",
        QuantumErrorCategory.InvalidArgument, text,
        $"'{text}' is not the whole id of a network, and the script runs where no name is known.",
        "Get-QuantumNetwork tells the ids; its objects can be piped.");

    public static QuantumError MacInvalid(string text) => Create("MacInvalid",
        QuantumErrorCategory.InvalidArgument, text,
        $"'{text}' is not a MAC address.",
        "Write six bytes in hexadecimal, such as fa:16:3e:dc:0f:7e.");

    public static QuantumError NotTraced(string subject, string problem) => Create("NotTraced",
        QuantumErrorCategory.ObjectNotFound, subject, $"'{subject}' was not traced: {problem}.",
        "Get-OvsPort lists the ports of bridges; Test-DhcpPath says what of the path is missing. "
            + "A packet is written as ofproto/trace takes it: "
            + "udp,in_port=5,dl_src=fa:16:3e:00:00:01,udp_src=68,udp_dst=67.");

    public static QuantumError AssumptionUnclear(string text) => Create("AssumptionUnclear",
        QuantumErrorCategory.InvalidArgument, text, $"'{text}' names no node and command.",
        "Write the node, a colon and the command that would make the change: "
            + "'compute1: ovs-vsctl set port qvo1408934f-8a tag=2'. Where quantumnet runs in another shell than pwsh, "
            + "a command with commas needs quotes of its own: \"'netnode: ...,...'\".");

    public static QuantumError AssumptionImpossible(string text, string why, IEnumerable<string> forms) => Create(
        "AssumptionImpossible", QuantumErrorCategory.InvalidData, text, $"'{text}' cannot be assumed: {why}.",
        $"These can: {string.Join("; ", forms)}.");

    public static QuantumError LiveAndAssumed() => Create("LiveAndAssumed", QuantumErrorCategory.InvalidArgument, "",
        "-Live and -Assume cannot be used together.",
        "A switch tells what it does now: leave out -Assume to compare with it, or -Live to assume changes.");

    public static QuantumError NothingMeasured() => Create("NothingMeasured", QuantumErrorCategory.ObjectNotFound, "",
        "No counter was compared: a sample holds no node.",
        "Take both samples from the same nodes; Import-QuantumSnapshot shows what each holds.");

    public static QuantumError NothingCompared(string reason) => Create("NothingCompared",
        QuantumErrorCategory.ObjectNotFound, "",
        $"Nothing was compared: {reason}.",
        "Import-QuantumSnapshot shows what a snapshot holds, Get-QuantumPort its ports.");

    public static QuantumError NothingGathered(string path) => Create("NothingGathered",
        QuantumErrorCategory.ObjectNotFound, path,
        $"Nothing was gathered, so '{path}' was not written.",
        "The errors before this one say why. Check that 'ssh NODE true' works without a prompt; "
            + "-Verbose shows each command.");

    public static QuantumError CollectionFailed(string node, CollectedCommand command, string advice) => Create(
        "CollectionFailed", QuantumErrorCategory.InvalidData, node,
        $"'{command.Command}' failed on '{node}': {command.Reason}.",
        advice.Length > 0 ? advice : $"Run '{command.Command}' there by hand, as the same user.");

    public static QuantumError NotCollected(string node, string collector) => Create(
        "NotCollected", QuantumErrorCategory.ObjectNotFound, node,
        $"{collector} was not collected on '{node}', so nothing can be said about it.",
        "Gather again from live nodes, or take a new snapshot with Save-QuantumSnapshot.");

    public static QuantumError RecordsNotCollected(string kind) => Create(
        "RecordsNotCollected", QuantumErrorCategory.ObjectNotFound, kind,
        $"The control plane's records of kind '{kind}' were not collected, so nothing can be said about them.",
        "Check \"controlPlane\" in the inventory and the user's rights; -Verbose shows each request and its answer.");

    public static QuantumError PortWithoutClient(QuantumPort port) => Create(
        "PortWithoutClient", QuantumErrorCategory.InvalidArgument, port.PortId,
        $"Port '{port.PortId}' belongs to {port.DeviceOwner}: no DHCP client stands behind it.",
        "Name an instance's port: Get-QuantumPort -DeviceOwner compute:* lists them. "
            + "Get-DhcpServer shows what serves the network.");

    public static QuantumError PortWithoutId() => Create("PortWithoutId", QuantumErrorCategory.InvalidArgument, "",
        "What was piped names no port: it has no PortId.",
        "Let Get-QuantumPort find the ports: Get-QuantumNetwork | Get-QuantumPort | Test-DhcpPath.");

    public static QuantumError PathUnknown(DhcpPathResult result) => Create(
        PathUnknownId, QuantumErrorCategory.InvalidData, result.PortId,
        $"Cannot determine whether port '{result.PortId}' gets a lease: {result.Summary}",
        "Run Test-DhcpPath without -Quiet: "
            + "each finding that is Unknown names the command to run, and the node to run it on.");

    public static QuantumError ConsoleNotCollected(string instance) => Create(
        "ConsoleNotCollected", QuantumErrorCategory.ObjectNotFound, instance,
        $"The console log of '{instance}' was not collected.",
        "Check the instance's id with Get-NovaInstance; -Verbose shows the request and its answer.");

    public static QuantumError BadTime(string name, DateTime after, DateTime before) => Create(
        "BadTimeWindow", QuantumErrorCategory.InvalidArgument, name,
        $"The window is empty: -After {after:s} is not before -Before {before:s}.",
        "Swap them, or leave one out.");

    public static QuantumError CheckNotFound(string code, string nearest) => Create(
        "CheckNotFound", QuantumErrorCategory.ObjectNotFound, code,
        $"There is no check '{code}'.",
        nearest.Length > 0 ? $"Nearest: {nearest}." : "Get-QuantumCheck without parameters lists them all.");

    public static QuantumError FileExists(string path) => Create("FileExists",
        QuantumErrorCategory.ResourceExists, path,
        $"'{path}' exists already.",
        "Choose another name, or leave -NoClobber out to replace it.");

    public static QuantumError FileReadOnly(string path) => Create("FileReadOnly",
        QuantumErrorCategory.PermissionDenied, path,
        $"'{path}' is there and may not be written.",
        "Choose another name, or pass -Force to replace it all the same.");

    public static QuantumError PathIsDevice(string path) => Create("PathIsDevice",
        QuantumErrorCategory.InvalidArgument, path,
        $"'{path}' is a pipe, a device or a socket.",
        "Give the name of a file to write.");

    public static QuantumError NotOneFile(string path, int count) => Create("NotOneFile",
        QuantumErrorCategory.InvalidArgument, path,
        count == 0 ? $"No file fits '{path}'." : $"'{path}' fits {count} files; one can be written.",
        "Name the file; -LiteralPath takes a name that has *, ? or [ in it.");

    public static QuantumError PathIsFolder(string path) => Create("PathIsFolder",
        QuantumErrorCategory.InvalidArgument, path,
        $"'{path}' is a folder.",
        "Give the name of a file to write.");

    public static QuantumError FileNotWritten(string path, Exception cause) => Create("FileNotWritten",
        QuantumErrorCategory.WriteError, path,
        $"'{path}' cannot be written: {cause.Message}",
        "Check that the folder exists, its permissions and the free space.") with { Cause = cause };

    public static QuantumError NothingToReport() => Create("NothingToReport", QuantumErrorCategory.ObjectNotFound, "",
        "Nothing that was asked for was found, so no file is written.",
        "Get-QuantumPort lists the ports, Get-QuantumConnection the nodes; -Verbose tells what was gathered.");

    public static QuantumError FormatUnknown(string path) => Create("TopologyFormatUnknown",
        QuantumErrorCategory.InvalidArgument, path,
        $"The name '{path}' does not tell what to write.",
        "End it in .svg, .dot (.gv) or .mmd, or pass -Format Svg, Dot or Mermaid.");

    private static QuantumError Create(
        string id, QuantumErrorCategory category, string target, string message, string advice) =>
            new() { Id = id, Category = category, Target = target, Message = message, Advice = advice };

    /// <summary>A kind as words: <c>SecurityGroup</c>, <c>security group</c>.</summary>
    private static string Words(NameKind kind)
    {
        var words = new System.Text.StringBuilder();
        foreach (char letter in kind.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0)
                words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }
        return words.ToString();
    }
}
