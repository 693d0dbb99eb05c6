namespace QuantumNet;

/// <summary>What a DHCP server would do with one message of a client. It is worked out of what was gathered;
/// nothing is sent.</summary>
public sealed record DhcpServerAnswer
{
    /// <summary>The server's node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>UUID of the network that it serves.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>Its process id.</summary>
    public int ProcessId { get; init; }
    /// <summary>The client's MAC address, lower case.</summary>
    public string Mac { get; init; } = "";
    /// <summary>The client program that is taken for it: <c>udhcpc</c>, <c>dhclient</c>, <c>dhcpcd</c>,
    /// <c>systemd-networkd</c>.</summary>
    public string Client { get; init; } = "";
    /// <summary>The client's message: Discover, or Request.</summary>
    public DhcpMessageType Message { get; init; }
    /// <summary>Whether the Request renews a lease, sent to the server alone.</summary>
    public bool IsRenewal { get; init; }
    /// <summary>Offer, Ack or Nak; None when there is no answer; null when what was gathered does not tell.</summary>
    public DhcpMessageType? Answer { get; init; }
    /// <summary>The address given; empty when none is.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>Lease time in seconds, 4294967295 for ever; null where none is given.</summary>
    public long? LeaseSeconds { get; init; }
    /// <summary>The address that the server calls itself (option 54); empty when there is no answer.</summary>
    public string ServerAddress { get; init; } = "";
    /// <summary>The answer's options, in the order of the packet.</summary>
    public DhcpOption[] Options { get; init; } = [];
    /// <summary>Why there is no answer or a refusal, in the server's own words; what is not known, where that is why
    /// nothing can be told.</summary>
    public string Reason { get; init; } = "";
    /// <summary>The line of the hosts file, or the argument, that decides, verbatim; empty when none does.</summary>
    public string Rule { get; init; } = "";
    /// <summary>What the server writes to its log, without the time.</summary>
    public string[] Log { get; init; } = [];
    /// <summary>What of the answer is not told here, though its type and address are.</summary>
    public string[] NotTold { get; init; } = [];
    /// <summary>Whether the client takes the answer. A refusal that it takes makes it start again.</summary>
    public bool IsTaken { get; init; }
    /// <summary>Why it leaves it aside; empty when it does not.</summary>
    public string Objection { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Message}{(IsRenewal ? " (renewal)" : "")} of {Mac}: "
        + (Answer is null ? $"not known, {Reason}" : $"{Answer} {IpAddress}".TrimEnd()
            + (LeaseSeconds is { } seconds ? $" for {seconds} s" : "") + (Reason.Length > 0 ? $", {Reason}" : "")
            + (Rule.Length > 0 ? $" ({Rule})" : ""));

    /// <summary>The collector whose output is missing; empty when none is.</summary>
    internal string MissingCollector { get; init; } = "";
    /// <summary>What that output would be about.</summary>
    internal string MissingSubject { get; init; } = "";
}
