namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>What dnsmasq does with a client's message.</summary>
internal enum DnsmasqAnswerKind
{
    /// <summary>It says nothing, or only to its log; <see cref="DnsmasqAnswer.Reason"/> tells why.</summary>
    None,
    /// <summary>It offers an address.</summary>
    Offer,
    /// <summary>It confirms.</summary>
    Ack,
    /// <summary>It refuses, with a word that the client gets too.</summary>
    Nak,
    /// <summary>Something of its settings or files is not modelled, or was not collected.</summary>
    Unknown,
}

/// <summary>Where an answer is sent (dhcp.c, dhcp_packet()).</summary>
internal enum DnsmasqDelivery
{
    /// <summary>To 255.255.255.255.</summary>
    Broadcast,
    /// <summary>To the address that is given, at the client's hardware address, without asking for it.</summary>
    NewAddress,
    /// <summary>To the address that the client has.</summary>
    ClientAddress,
}

/// <summary>One option of an answer, in the order of the packet.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Value">Its bytes.</param>
internal sealed record DhcpReplyOption(int Code, byte[] Value);

/// <summary>dnsmasq's answer to one message.</summary>
internal sealed record DnsmasqAnswer
{
    /// <summary>What it does.</summary>
    public required DnsmasqAnswerKind Kind { get; init; }
    /// <summary>Why there is no answer or a refusal, in dnsmasq's own words where it has any:
    /// <c>no address available</c>, <c>address in use</c>; for Unknown: what is not known.</summary>
    public string Reason { get; init; } = "";
    /// <summary>The address given (yiaddr); 0 for none.</summary>
    public uint Address { get; init; }
    /// <summary>The lease time in seconds, 4294967295 for ever; null where the answer has none.</summary>
    public uint? LeaseSeconds { get; init; }
    /// <summary>The server that it calls itself (option 54); 0 for none.</summary>
    public uint ServerIdentifier { get; init; }
    /// <summary>The next server (siaddr); 0 for none.</summary>
    public uint NextServer { get; init; }
    /// <summary>The boot file, where it stands in the packet's own field.</summary>
    public string FileName { get; init; } = "";
    /// <summary>The boot server's name, where it stands in the packet's own field.</summary>
    public string ServerName { get; init; } = "";
    /// <summary>Its options, in order.</summary>
    public IReadOnlyList<DhcpReplyOption> Options { get; init; } = [];
    /// <summary>Whether T1 and T2 are drawn again for each renewal, up to an eighth below the ones here.</summary>
    public bool HasRandomTimers { get; init; }
    /// <summary>Where it goes.</summary>
    public DnsmasqDelivery Delivery { get; init; }
    /// <summary>The line of the hosts file, or the argument, that it goes by; empty when none.</summary>
    public string HostLine { get; init; } = "";
    /// <summary>The <c>--dhcp-range</c> that it goes by, or, without an answer, the first that it could;
    /// empty when none.</summary>
    public string RangeText { get; init; } = "";
    /// <summary>The <c>--dhcp-ignore</c> whose tags the client has; empty when none.</summary>
    public string IgnoreText { get; init; } = "";
    /// <summary>What it writes to its log, without the time and without <c>--log-dhcp</c>'s transaction ids.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
    /// <summary>What of the answer is not told here, though its kind and address are: an option not modelled,
    /// a name in a file that was not collected.</summary>
    public IReadOnlyList<string> NotTold { get; init; } = [];
    /// <summary>Leases and addresses in its memory afterwards.</summary>
    public required DnsmasqState After { get; init; }

    /// <summary>The first option with that code; null when there is none.</summary>
    public byte[]? Option(int code) => Options.FirstOrDefault(option => option.Code == code)?.Value;
}
