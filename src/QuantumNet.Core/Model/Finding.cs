namespace QuantumNet;

/// <summary>How bad a failed check is.</summary>
public enum CheckSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,
    /// <summary>DHCP works, but there is a latent fault.</summary>
    Warning,
    /// <summary>It takes the lease away.</summary>
    Error,
}

/// <summary>What a check found.</summary>
public enum FindingStatus
{
    /// <summary>The statement holds.</summary>
    Pass,
    /// <summary>It does not hold.</summary>
    Fail,
    /// <summary>The evidence was not collected.</summary>
    Unknown,
    /// <summary>It says nothing about this port.</summary>
    NotApplicable,
}

/// <summary>Which way a packet goes.</summary>
public enum DhcpDirection
{
    /// <summary>From the instance to dnsmasq: DISCOVER, REQUEST.</summary>
    Request,
    /// <summary>From dnsmasq to the instance: OFFER, ACK.</summary>
    Reply,
}

/// <summary>The verdict on a port.</summary>
public enum DhcpPathStatus
{
    /// <summary>Request and reply were followed through every hop, and each is shown to pass them on.</summary>
    Ok,
    /// <summary>A lease is not possible.</summary>
    Broken,
    /// <summary>DHCP works, but there is a latent fault.</summary>
    Degraded,
    /// <summary>Not enough evidence.</summary>
    Unknown,
}

/// <summary>One judgement of one check about one object.</summary>
public sealed record Finding
{
    /// <summary>Fault code, <c>QN4001</c>.</summary>
    public string Code { get; init; } = "";
    /// <summary>The fault's name.</summary>
    public string Title { get; init; } = "";
    /// <summary>How bad it is.</summary>
    public CheckSeverity Severity { get; init; }
    /// <summary>What was found.</summary>
    public FindingStatus Status { get; init; }
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>The device, table, chain, file or process.</summary>
    public string Object { get; init; } = "";
    /// <summary>One sentence.</summary>
    public string Message { get; init; } = "";
    /// <summary>The lines that prove it.</summary>
    public Evidence[] Evidence { get; init; } = [];
    /// <summary>What to do.</summary>
    public string Remedy { get; init; } = "";
    /// <summary>The code of the cause of which this is a symptom; null for a root cause.</summary>
    public string? CausedBy { get; init; }
    /// <summary>The direction it takes away; null when both or neither.</summary>
    public DhcpDirection? Direction { get; init; }
    /// <summary>The kind of hop it sits at; null when it sits at none.</summary>
    internal HopComponent? At { get; init; }
    /// <summary>The collector whose output is missing; empty unless unknown.</summary>
    internal string MissingCollector { get; init; } = "";
    /// <summary>What that output is about: a bridge, a namespace, a network; empty for the node as a whole.</summary>
    internal string MissingSubject { get; init; } = "";
    /// <summary>The port it was found for; empty when it concerns the node or the network as a whole.</summary>
    public string PortId { get; init; } = "";

    /// <summary>The same finding, with what packets show of it.</summary>
    internal Finding Witnessed(string sight, DhcpDirection direction, params Evidence[] packets) =>
        this with { Message = $"{Message.TrimEnd('.')}; {sight}", Direction = direction,
            Evidence = [.. Evidence, .. packets] };

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Status} {ComputerName} {Object}: {Message}";
}

/// <summary>What kind of thing a hop is.</summary>
public enum HopComponent
{
    /// <summary>The instance's tap.</summary>
    Tap,
    /// <summary>A Linux bridge.</summary>
    LinuxBridge,
    /// <summary>iptables chains on bridged traffic.</summary>
    Iptables,
    /// <summary>A veth pair.</summary>
    Veth,
    /// <summary>An Open vSwitch bridge.</summary>
    OvsBridge,
    /// <summary>A patch pair between Open vSwitch bridges.</summary>
    Patch,
    /// <summary>A tunnel.</summary>
    Tunnel,
    /// <summary>The network between nodes.</summary>
    Underlay,
    /// <summary>A network namespace and the device in it.</summary>
    Namespace,
    /// <summary>The DHCP server.</summary>
    Dnsmasq,
}

/// <summary>What a hop does with the packet.</summary>
public enum HopAction
{
    /// <summary>Passed on as it is.</summary>
    Forwarded,
    /// <summary>Lost here.</summary>
    Dropped,
    /// <summary>Passed on with another tag, key or header.</summary>
    Rewritten,
    /// <summary>The DHCP server answers.</summary>
    Answered,
    /// <summary>Not known.</summary>
    Unknown,
}

/// <summary>One hop of a port's path.</summary>
public sealed record Hop
{
    /// <summary>Position in its direction, from 1.</summary>
    public int Sequence { get; init; }
    /// <summary>Which way.</summary>
    public DhcpDirection Direction { get; init; }
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Its kind.</summary>
    public HopComponent Component { get; init; }
    /// <summary>Its name: device, bridge, chain, tunnel port, process.</summary>
    public string Object { get; init; } = "";
    /// <summary>What happens here.</summary>
    public HopAction Action { get; init; }
    /// <summary>The rule or flow that decides, verbatim; empty when none does.</summary>
    public string Rule { get; init; } = "";
    /// <summary>Why, in words.</summary>
    public string Reason { get; init; } = "";
    /// <summary>The lines that show it.</summary>
    public Evidence[] Evidence { get; init; } = [];
    /// <inheritdoc/>
    public override string ToString() => $"{ComputerName} {Component} {Object}: {Action}";
}

/// <summary>The result of Test-DhcpPath: a stable contract.</summary>
public sealed record DhcpPathResult : IVerdict
{
    /// <summary>The port.</summary>
    public string PortId { get; init; } = "";
    /// <summary>Its network.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>Its MAC.</summary>
    public string Mac { get; init; } = "";
    /// <summary>Its first IPv4 address.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>The instance.</summary>
    public string InstanceId { get; init; } = "";
    /// <summary>Its name.</summary>
    public string InstanceName { get; init; } = "";
    /// <summary>The node the instance runs on.</summary>
    public string ComputeNode { get; init; } = "";
    /// <summary>The nodes whose DHCP agents serve the network.</summary>
    public string[] DhcpNodes { get; init; } = [];
    /// <summary>The verdict.</summary>
    public DhcpPathStatus Status { get; init; }
    /// <summary>The root cause's code; null when Ok.</summary>
    public string? Cause { get; init; }
    /// <summary>The cause's name; null when Ok.</summary>
    public string? Title { get; init; }
    /// <summary>The node where it breaks; null when Ok.</summary>
    public string? ComputerName { get; init; }
    /// <summary>Device, table, chain, file or process where it breaks; null when Ok.</summary>
    public string? Object { get; init; }
    /// <summary>The direction that is lost; null when both or none.</summary>
    public DhcpDirection? Direction { get; init; }
    /// <summary>The one sentence.</summary>
    public string Summary { get; init; } = "";
    /// <summary>What to do; null when Ok.</summary>
    public string? Remedy { get; init; }
    /// <summary>Findings that do not pass, root causes first.</summary>
    public Finding[] Findings { get; init; } = [];
    /// <summary>The path, request first, then reply.</summary>
    public Hop[] Hops { get; init; } = [];
    /// <summary>When the evidence was taken, UTC.</summary>
    public DateTime CollectedAt { get; init; }
    /// <summary>How long gathering and judging took, in seconds.</summary>
    public double DurationSeconds { get; init; }
    /// <summary>What was collected and what was not; null when the result was read back from text.</summary>
    internal QuantumCollection? Collection { get; init; }
    /// <inheritdoc/>
    public override string ToString() => Summary;
}
