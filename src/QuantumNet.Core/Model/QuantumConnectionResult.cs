namespace QuantumNet;

/// <summary>What a connection leads to.</summary>
public enum QuantumEndpointKind
{
    /// <summary>A node, by ssh or this machine itself.</summary>
    Node,
    /// <summary>Where the control plane's records come from.</summary>
    ControlPlane,
}

/// <summary>The result of Test-QuantumConnection for one node, or for the control plane.</summary>
public sealed record QuantumConnectionResult : IVerdict
{
    /// <summary>Node or control plane.</summary>
    public QuantumEndpointKind Kind { get; init; }
    /// <summary>The node; for a control plane the controller of its client, or Keystone's host.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Where it is reached: an address, a URL, a folder; empty for the name itself.</summary>
    public string Address { get; init; } = "";
    /// <summary>Who logs in, as the node or Keystone names him; empty where that is not known.</summary>
    public string UserName { get; init; } = "";
    /// <summary><c>ssh</c>, <c>sshnet</c> or <c>local</c>; <c>api</c>, <c>client</c>, <c>file</c> or <c>none</c>;
    /// <c>snapshot</c>.</summary>
    public string Transport { get; init; } = "";
    /// <summary>Ok: everything works. Degraded: what is missing costs the cmdlets in <see cref="Costs"/>. Broken: it
    /// cannot be used at all.</summary>
    public DhcpPathStatus Status { get; init; }
    /// <summary>Code of the first thing that is wrong; null when Ok.</summary>
    public string? Cause { get; init; }
    /// <summary>Its name.</summary>
    public string? Title { get; init; }
    /// <summary>What is wrong: <c>host key</c>, <c>login</c>, <c>clock</c>, a tool, a service.</summary>
    public string? Object { get; init; }
    /// <summary>The verdict in a sentence.</summary>
    public string Summary { get; init; } = "";
    /// <summary>What to do.</summary>
    public string? Remedy { get; init; }
    /// <summary>Whether it answers.</summary>
    public FindingStatus Reach { get; init; } = FindingStatus.Unknown;
    /// <summary>Whether its host key is known and the same.</summary>
    public FindingStatus HostKey { get; init; } = FindingStatus.Unknown;
    /// <summary>Whether it lets the user in.</summary>
    public FindingStatus Login { get; init; } = FindingStatus.Unknown;
    /// <summary>Whether the user may run what needs root; not applicable to root.</summary>
    public FindingStatus Sudo { get; init; } = FindingStatus.Unknown;
    /// <summary>By how much the node's clock is ahead of this machine's, in seconds; negative where it is behind;
    /// null where it was not read.</summary>
    public double? ClockOffsetSeconds { get; init; }
    /// <summary>The most by which that can be wrong: half of the shortest round trip.</summary>
    public double? ClockErrorSeconds { get; init; }
    /// <summary>The shortest round trip to the node's shell, in seconds.</summary>
    public double? RoundTripSeconds { get; init; }
    /// <summary>The node's system and kernel: <c>Debian GNU/Linux 12, 6.1.0</c>.</summary>
    public string System { get; init; } = "";
    /// <summary>The programs that cmdlets run there.</summary>
    public QuantumTool[] Tools { get; init; } = [];
    /// <summary>The services of a control plane.</summary>
    public QuantumService[] Services { get; init; } = [];
    /// <summary>The cmdlets that what is missing takes away, or leaves without part of what they need.</summary>
    public string[] Costs { get; init; } = [];
    /// <summary>What does not pass, the worst first.</summary>
    public Finding[] Findings { get; init; } = [];
    /// <summary>When it was looked at, UTC.</summary>
    public DateTime CollectedAt { get; init; }
    /// <summary>How long it took, in seconds.</summary>
    public double DurationSeconds { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Summary;
}

/// <summary>A program that cmdlets run on a node.</summary>
public sealed record QuantumTool
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";
    /// <summary>Where it is; empty where the node has none, or a container has it.</summary>
    public string Path { get; init; } = "";
    /// <summary>What runs it in a container: <c>docker exec openvswitch_vswitchd</c>; empty for the node
    /// itself.</summary>
    public string Container { get; init; } = "";
    /// <summary>Its version; empty where it was not asked.</summary>
    public string Version { get; init; } = "";
    /// <summary>Pass: it is there and may run. Fail: it is missing, or some of its commands may not run.</summary>
    public FindingStatus Status { get; init; }
    /// <summary>The commands of it that cannot run.</summary>
    public string[] Refused { get; init; } = [];
    /// <summary>The cmdlets that wait for those.</summary>
    public string[] Costs { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => (Status, Container.Length > 0 ? Container : Path) switch
    {
        (FindingStatus.Fail, "") => $"{Name}: missing",
        (FindingStatus.Fail, var place) => $"{Name}: {Refused.Length} commands may not run ({place})",
        (FindingStatus.NotApplicable, _) => $"{Name}: not there, and not needed",
        (_, var place) => $"{Name} {Version}".TrimEnd() + $" ({place})",
    };
}

/// <summary>A service of a control plane.</summary>
public sealed record QuantumService
{
    /// <summary>Its kind, as the catalogue names it: <c>identity</c>, <c>network</c>, <c>compute</c>; or a client:
    /// <c>openstack</c>.</summary>
    public string Name { get; init; } = "";
    /// <summary>Where it answers: its URL, or the client's command.</summary>
    public string Address { get; init; } = "";
    /// <summary>Its version; empty where it tells none.</summary>
    public string Version { get; init; } = "";
    /// <summary>Pass: it answers, and the user may ask it.</summary>
    public FindingStatus Status { get; init; }
    /// <summary>What is wrong; empty where nothing is.</summary>
    public string Message { get; init; } = "";
    /// <summary>The cmdlets that wait for it.</summary>
    public string[] Costs { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}".TrimEnd() + (Address.Length > 0 ? $" ({Address})" : "")
        + (Message.Length > 0 ? $": {Message}" : "");
}
