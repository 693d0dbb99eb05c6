namespace QuantumNet;

/// <summary>A dnsmasq that serves one network on one node: its process (or parent and child) and arguments.</summary>
public sealed record DhcpServer : NodeRecord
{
    /// <summary>UUID of the network, from its file names; empty when they tell none.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>The namespace it should run in, <c>qdhcp-&lt;network&gt;</c>.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>Process id of the parent.</summary>
    public int ProcessId { get; init; }
    /// <summary>Process ids of its children (the lease script's helper is normal).</summary>
    public int[] ChildProcessIds { get; init; } = [];
    /// <summary>User it runs as.</summary>
    public string User { get; init; } = "";
    /// <summary>Device it listens on (<c>--interface</c>).</summary>
    public string Device { get; init; } = "";
    /// <summary><c>--dhcp-hostsfile</c>.</summary>
    public string HostsFile { get; init; } = "";
    /// <summary><c>--dhcp-optsfile</c>.</summary>
    public string OptionsFile { get; init; } = "";
    /// <summary><c>--dhcp-leasefile</c>; empty with <c>--leasefile-ro</c>.</summary>
    public string LeaseFile { get; init; } = "";
    /// <summary><c>--pid-file</c>.</summary>
    public string PidFile { get; init; } = "";
    /// <summary><c>--dhcp-range</c> arguments, verbatim.</summary>
    public string[] Ranges { get; init; } = [];
    /// <summary>Lease time in seconds of the first range; null for infinite or untold.</summary>
    public long? LeaseSeconds { get; init; }
    /// <summary><c>--dhcp-authoritative</c>.</summary>
    public bool IsAuthoritative { get; init; }
    /// <summary>All its arguments.</summary>
    public string[] Argv { get; init; } = [];
    /// <summary>Whether it holds UDP port 67 in its namespace; null when sockets were not collected.</summary>
    public bool? IsListening { get; init; }
}

/// <summary>One line of dnsmasq's <c>--dhcp-hostsfile</c>.</summary>
public sealed record DhcpHost : NodeRecord
{
    /// <summary>UUID of the network.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>MAC address, lower case; empty when the line goes by client id.</summary>
    public string Mac { get; init; } = "";
    /// <summary>Host name; empty when none.</summary>
    public string HostName { get; init; } = "";
    /// <summary>The IPv4 address it gets; empty when none.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>IPv6 addresses.</summary>
    public string[] Ipv6Addresses { get; init; } = [];
    /// <summary>Client id (<c>id:...</c>); empty when none.</summary>
    public string ClientId { get; init; } = "";
    /// <summary>Tags it sets (<c>set:</c>, or <c>net:</c> of old).</summary>
    public string[] Tags { get; init; } = [];
    /// <summary>Whether it says <c>ignore</c>.</summary>
    public bool IsIgnored { get; init; }
}

/// <summary>One line of dnsmasq's <c>--dhcp-optsfile</c>.</summary>
public sealed record DhcpServerOption : NodeRecord
{
    /// <summary>UUID of the network.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>Tags it needs.</summary>
    public string[] Tags { get; init; } = [];
    /// <summary>Option name or number: <c>router</c>, <c>dns-server</c>, <c>121</c>.</summary>
    public string Option { get; init; } = "";
    /// <summary>Its values.</summary>
    public string[] Values { get; init; } = [];
}

/// <summary>One line of a configuration file of dnsmasq.</summary>
internal sealed record DhcpSetting : NodeRecord
{
    /// <summary>The file.</summary>
    public string Path { get; init; } = "";
}

/// <summary>One line of a lease file.</summary>
public sealed record DhcpLease : NodeRecord
{
    /// <summary>UUID of the network.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>When it ends, UTC; null for an infinite lease (0).</summary>
    public DateTime? ExpiresAt { get; init; }
    /// <summary>MAC address, lower case.</summary>
    public string Mac { get; init; } = "";
    /// <summary>The leased address.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>Host name; empty for <c>*</c>.</summary>
    public string HostName { get; init; } = "";
    /// <summary>Client id; empty for <c>*</c>.</summary>
    public string ClientId { get; init; } = "";
}

/// <summary>One line of dnsmasq's log.</summary>
public sealed record DhcpEvent : NodeRecord
{
    /// <summary>When, UTC as written; null when unreadable.</summary>
    public DateTime? Time { get; init; }
    /// <summary>Process id in brackets.</summary>
    public int? ProcessId { get; init; }
    /// <summary><c>DHCPDISCOVER</c>, <c>DHCPOFFER</c>, <c>DHCPREQUEST</c>, <c>DHCPACK</c>, <c>DHCPNAK</c>,
    /// <c>DHCPRELEASE</c>, <c>DHCPDECLINE</c>, <c>DHCPINFORM</c>, or <c>started</c>, <c>read</c>, <c>exiting</c>,
    /// <c>message</c>.</summary>
    public string Type { get; init; } = "";
    /// <summary>Device it came in on.</summary>
    public string Device { get; init; } = "";
    /// <summary>MAC address, lower case; empty when the line names none.</summary>
    public string Mac { get; init; } = "";
    /// <summary>DHCPv6: the client's DUID; empty otherwise.</summary>
    public string ClientId { get; init; } = "";
    /// <summary>Address; empty when the line names none.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>Host name handed out.</summary>
    public string HostName { get; init; } = "";
    /// <summary>Transaction id (<c>log-dhcp</c>); null when not told.</summary>
    public uint? TransactionId { get; init; }
    /// <summary>What else the line says: <c>no address available</c>, <c>address in use</c>,
    /// a file's name ...</summary>
    public string Message { get; init; } = "";
}
