namespace QuantumNet;

/// <summary>The result of Test-DhcpServer: the verdict on one network's DHCP server on one node.</summary>
public sealed record DhcpServerResult : IVerdict
{
    /// <summary>The server's node; empty where the network has no server.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>UUID of the network; empty where an unreached node may serve any.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>The network's name; empty when not told.</summary>
    public string NetworkName { get; init; } = "";
    /// <summary>The verdict: Ok only where each of the network's ports is shown to get its lease from it.</summary>
    public DhcpPathStatus Status { get; init; }
    /// <summary>Code of the root cause; null when Ok.</summary>
    public string? Cause { get; init; }
    /// <summary>Its name.</summary>
    public string? Title { get; init; }
    /// <summary>The device, file, process or record that is at fault.</summary>
    public string? Object { get; init; }
    /// <summary>The verdict in a sentence, and what was asked with -Answer.</summary>
    public string Summary { get; init; } = "";
    /// <summary>What to do.</summary>
    public string? Remedy { get; init; }
    /// <summary>Its namespace; empty where namespaces are switched off.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>The device it listens on; empty when not to be told.</summary>
    public string Device { get; init; } = "";
    /// <summary>The address it answers from; empty when not to be told.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>Its process; null when none runs, or nothing tells.</summary>
    public int? ProcessId { get; init; }
    /// <summary>That process's children: the helper that runs the lease script is normal.</summary>
    public int[] ChildProcessIds { get; init; } = [];
    /// <summary>dnsmasq's version, from its log; empty when not told.</summary>
    public string Version { get; init; } = "";
    /// <summary>Whether it holds UDP port 67; null when sockets were not collected.</summary>
    public bool? IsListening { get; init; }
    /// <summary>Whether it was the same process in an earlier sample; null when there was none.</summary>
    public bool? IsStable { get; init; }
    /// <summary>Ports of the network that it should serve.</summary>
    public int PortCount { get; init; }
    /// <summary>Lines of the hosts file that it reads.</summary>
    public int HostCount { get; init; }
    /// <summary>What does not pass, root causes first.</summary>
    public Finding[] Findings { get; init; } = [];
    /// <summary>What it would answer to the clients that were asked about.</summary>
    public DhcpServerAnswer[] Answers { get; init; } = [];
    /// <summary>What its agent complained of about this network in its last day.</summary>
    public AgentLog[] AgentLog { get; init; } = [];
    /// <summary>When gathering began, UTC.</summary>
    public DateTime CollectedAt { get; init; }
    /// <summary>How long it took, in seconds.</summary>
    public double DurationSeconds { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Summary;
}
