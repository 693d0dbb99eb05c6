namespace QuantumNet;

/// <summary>What a switch says it would do with a packet (<c>ovs-appctl ofproto/trace</c>).</summary>
public sealed record OfprotoTrace
{
    /// <summary>The packet as it comes in.</summary>
    public string Flow { get; init; } = "";
    /// <summary>The tables it meets, in the order in which the switch prints them.</summary>
    public OfprotoTraceStep[] Steps { get; init; } = [];
    /// <summary>The packet at the end; empty when the switch does not print it.</summary>
    public string FinalFlow { get; init; } = "";
    /// <summary>What the datapath does, one entry for each time the packet comes back from conntrack.</summary>
    public string[] DatapathActions { get; init; } = [];
}

/// <summary>One table that a packet meets in <c>ofproto/trace</c>.</summary>
public sealed record OfprotoTraceStep
{
    /// <summary>The bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>The table.</summary>
    public int Table { get; init; }
    /// <summary>The match of the flow that decides, without its priority; empty where it matches everything.</summary>
    public string Match { get; init; } = "";
    /// <summary>The flow's priority; null where no flow matches.</summary>
    public int? Priority { get; init; }
    /// <summary>Its actions and what the switch notes of them, one a line.</summary>
    public string[] Actions { get; init; } = [];
    /// <summary>Whether it handles a tunnel's packet on the way to the underlay: Open vSwitch's own tunnels leave
    /// through a bridge.</summary>
    public bool IsUnderlay { get; init; }
    /// <summary>The line as printed.</summary>
    public string RawText { get; init; } = "";
    /// <summary>Its line in the output, from 1.</summary>
    public int LineNumber { get; init; }
    /// <inheritdoc/>
    public override string ToString() => $"{Bridge} {RawText.Trim()}";
}
