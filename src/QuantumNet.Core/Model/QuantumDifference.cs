namespace QuantumNet;

/// <summary>What became of a thing between the reference and the difference.</summary>
public enum DifferenceChange
{
    /// <summary>The reference has it, the difference does not.</summary>
    Removed,
    /// <summary>The difference has it, the reference does not.</summary>
    Added,
    /// <summary>Both have it, and it is not the same.</summary>
    Changed,
}

/// <summary>What a comparison leaves aside unless it is asked for: it differs between any two times.</summary>
public enum ComparisonDetail
{
    /// <summary>Ages, start times, heartbeats, expiry of leases.</summary>
    Age,
    /// <summary>Packets, bytes, errors.</summary>
    Counter,
    /// <summary>Cookies of flows.</summary>
    Cookie,
    /// <summary>Numbers of processes.</summary>
    ProcessId,
    /// <summary>Places in a list: of rules in their chain; numbers of ports and devices.</summary>
    Order,
    /// <summary>What is learned and forgotten: MAC tables, flows with a time-out, leases.</summary>
    Learned,
}

/// <summary>One difference between two times of a cloud, or between two nodes.</summary>
public sealed record QuantumDifference
{
    /// <summary>Its place among the differences: 1 for the most suspicious.</summary>
    public int Rank { get; init; }
    /// <summary>Where it lies, as the catalogue of checks names it: <c>ControlPlane</c>, <c>Devices</c>,
    /// <c>Iptables</c>, <c>Integration</c>, <c>Tunnel</c>, <c>DhcpServer</c>.</summary>
    public string Layer { get; init; } = "";
    /// <summary>The node (of the difference); who answered, of the control plane's records.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>The node of the reference.</summary>
    public string ReferenceComputerName { get; init; } = "";
    /// <summary>The thing: device, bridge and table, chain, file, process, record.</summary>
    public string Object { get; init; } = "";
    /// <summary>What of it: <c>flow</c>, <c>rule</c>, <c>tag</c>, <c>MTU</c> ...</summary>
    public string What { get; init; } = "";
    /// <summary>What became of it.</summary>
    public DifferenceChange Change { get; init; }
    /// <summary>In the reference; empty where there is none. Of a list, only what the difference lacks.</summary>
    public string Before { get; init; } = "";
    /// <summary>In the difference; empty where there is none. Of a list, only what the reference lacks.</summary>
    public string After { get; init; } = "";
    /// <summary>The line of the reference; the output that lacks it where it was added, null where no output
    /// tells.</summary>
    public Evidence? BeforeEvidence { get; init; }
    /// <summary>The line of the difference; the output that lacks it where it was removed, null where no output
    /// tells.</summary>
    public Evidence? AfterEvidence { get; init; }
    /// <summary>Whether it stands on the path of the named port; of any instance's where none is named.</summary>
    public bool IsOnPath { get; init; }
    /// <summary>The port it belongs to; empty for none.</summary>
    public string PortId { get; init; } = "";
    /// <summary>The network it belongs to; empty for none.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>The bridge it belongs to; empty for none.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>What the comparison as a whole says, the most suspicious difference first.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Whether it is one of two nodes, not of two times.</summary>
    internal bool IsOfNodes { get; init; }

    /// <summary>The difference in words: <c>tag: 41 -> none</c>.</summary>
    public string Summary => Change switch
    {
        DifferenceChange.Removed => $"{What} is {(IsOfNodes ? "missing" : "gone")}{Colon(Before)}",
        DifferenceChange.Added => $"{What} is {(IsOfNodes ? "on this node only" : "new")}{Colon(After)}",
        _ => $"{What}: {Shown(Before)} -> {Shown(After)}",
    };

    /// <inheritdoc/>
    public override string ToString() => $"{ComputerName} {Object}: {Summary}";

    private static string Colon(string text) => text.Length > 0 ? $": {text}" : "";

    private static string Shown(string text) => text.Length > 0 ? text : "none";
}
