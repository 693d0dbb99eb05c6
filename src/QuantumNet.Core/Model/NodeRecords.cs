namespace QuantumNet;

/// <summary>A network device, as <c>ip link</c> and <c>ip address</c> print it.</summary>
public sealed record NodeLink : NodeRecord
{
    /// <summary>Network namespace; empty for the node's own.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>Interface index.</summary>
    public int Index { get; init; }
    /// <summary>Device name without <c>@peer</c>.</summary>
    public string Device { get; init; } = "";
    /// <summary>What stands behind <c>@</c>: <c>if12</c> or a name; empty when nothing does.</summary>
    public string Parent { get; init; } = "";
    /// <summary>Flags: <c>UP</c>, <c>LOWER_UP</c>, <c>PROMISC</c>, <c>NO-CARRIER</c> ...</summary>
    public string[] Flags { get; init; } = [];
    /// <summary>MTU in bytes.</summary>
    public int Mtu { get; init; }
    /// <summary>RFC 2863 state: <c>UP</c>, <c>DOWN</c>, <c>UNKNOWN</c>, <c>LOWERLAYERDOWN</c> ...</summary>
    public string OperState { get; init; } = "";
    /// <summary>MAC address, lower case; empty when it has none.</summary>
    public string Mac { get; init; } = "";
    /// <summary>The bridge it is enslaved to; empty when none.</summary>
    public string Master { get; init; } = "";
    /// <summary>Driver kind from <c>ip -d link</c>: <c>veth</c>, <c>tun</c>, <c>bridge</c>, <c>openvswitch</c>,
    /// <c>vlan</c> ...</summary>
    public string Kind { get; init; } = "";
    /// <summary>Namespace id of the peer (<c>link-netnsid</c>), -1 when the kernel gives it none;
    /// null when in this namespace.</summary>
    public int? PeerNamespaceId { get; init; }
    /// <summary>Name of the peer's namespace, where the node knows it (<c>link-netns</c>, iproute2 4.20 and later);
    /// else empty.</summary>
    public string PeerNamespace { get; init; } = "";
    /// <summary>Its addresses in CIDR form, both families.</summary>
    public string[] Addresses { get; init; } = [];
    /// <summary>Whether counters were printed (<c>-s</c>).</summary>
    public bool HasCounters { get; init; }
    /// <summary>Received packets.</summary>
    public long RxPackets { get; init; }
    /// <summary>Received bytes.</summary>
    public long RxBytes { get; init; }
    /// <summary>Receive errors.</summary>
    public long RxErrors { get; init; }
    /// <summary>Received and dropped.</summary>
    public long RxDropped { get; init; }
    /// <summary>Sent packets.</summary>
    public long TxPackets { get; init; }
    /// <summary>Sent bytes.</summary>
    public long TxBytes { get; init; }
    /// <summary>Send errors.</summary>
    public long TxErrors { get; init; }
    /// <summary>Dropped on sending.</summary>
    public long TxDropped { get; init; }
    /// <summary>Of a Linux bridge: after how many hundredths of a second it forgets what it learned, 0 for at once;
    /// null where <c>ip -d link</c> did not tell.</summary>
    internal int? AgeingTime { get; init; }
    /// <summary>Of a Linux bridge's port: whether the bridge learns from what it receives; null where
    /// <c>ip -d link</c> did not tell.</summary>
    internal bool? IsLearning { get; init; }
    /// <summary>Whether flags were printed: a listing of addresses alone (<c>ip -o addr</c>) tells nothing
    /// of up and down.</summary>
    public bool IsStateKnown => Flags.Length > 0;
    /// <summary>Whether it is administratively up.</summary>
    public bool IsUp => Array.IndexOf(Flags, "UP") >= 0;
    /// <summary>Whether it has a carrier.</summary>
    public bool IsLowerUp => Array.IndexOf(Flags, "LOWER_UP") >= 0;
}

/// <summary>A Linux bridge, as <c>brctl show</c> or <c>bridge link</c> tell it.</summary>
public sealed record LinuxBridge : NodeRecord
{
    /// <summary>Its name.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>Bridge id, <c>8000.22e398fb508a</c>; empty when not told.</summary>
    public string BridgeId { get; init; } = "";
    /// <summary>Whether spanning tree runs; null when not told.</summary>
    public bool? StpEnabled { get; init; }
    /// <summary>Enslaved devices.</summary>
    public string[] Interfaces { get; init; } = [];
}

/// <summary>One port of a Linux bridge, as <c>bridge link</c> prints it.</summary>
public sealed record LinuxBridgePort : NodeRecord
{
    /// <summary>The bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>The enslaved device.</summary>
    public string Device { get; init; } = "";
    /// <summary>Spanning tree state: <c>forwarding</c>, <c>disabled</c>, <c>blocking</c> ...</summary>
    public string State { get; init; } = "";
}

/// <summary>An entry of a Linux bridge's MAC table, as <c>bridge fdb show</c> prints it.</summary>
internal sealed record LinuxBridgeMac : NodeRecord
{
    /// <summary>The bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>The port behind which the address is; the bridge itself for an address of its own.</summary>
    public string Device { get; init; } = "";
    /// <summary>MAC address, lower case.</summary>
    public string Mac { get; init; } = "";
    /// <summary>Whether it is one of the host's own (<c>permanent</c>): what is sent to it goes no further.</summary>
    public bool IsLocal { get; init; }
    /// <summary>Whether it was set by hand (<c>static</c>), and does not age.</summary>
    public bool IsStatic { get; init; }
    /// <summary>Whether it stays where it is, whatever comes in elsewhere (<c>sticky</c>).</summary>
    public bool IsSticky { get; init; }
}

/// <summary>A named network namespace.</summary>
public sealed record NetworkNamespace : NodeRecord
{
    /// <summary>Its name.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>Namespace id, where <c>ip netns</c> prints one.</summary>
    public int? Id { get; init; }
    /// <summary>The network it serves: what follows <c>qdhcp-</c>; empty for others.</summary>
    public string NetworkId { get; init; } = "";
    /// <summary>False when the file in /run/netns is there but the namespace is not ("Invalid argument");
    /// null when not tried.</summary>
    public bool? IsUsable { get; init; }
}

/// <summary>One match of an iptables rule, negation and unknown modules kept.</summary>
public sealed record IptablesMatch
{
    /// <summary>Module given by <c>-m</c>; empty for the built-in ones.</summary>
    public string Module { get; init; } = "";
    /// <summary>Long option name without dashes: <c>source</c>, <c>physdev-in</c>, <c>dport</c>,
    /// <c>state</c> ...</summary>
    public string Option { get; init; } = "";
    /// <summary>Whether <c>!</c> stands before it.</summary>
    public bool Negated { get; init; }
    /// <summary>Its value; empty for a flag.</summary>
    public string Value { get; init; } = "";
    /// <inheritdoc/>
    public override string ToString() => $"{(Negated ? "! " : "")}"
        + $"{(Option.Length > 0 ? "--" + Option : "-m " + Module)}{(Value.Length > 0 ? " " + Value : "")}";
}

/// <summary>One chain of <c>iptables-save</c>.</summary>
public sealed record IptablesChain : NodeRecord
{
    /// <summary>Network namespace; empty for the node's own.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>Table: <c>filter</c>, <c>nat</c>, <c>mangle</c>, <c>raw</c>, <c>security</c>.</summary>
    public string Table { get; init; } = "";
    /// <summary>Its name.</summary>
    public string Chain { get; init; } = "";
    /// <summary><c>ACCEPT</c>, <c>DROP</c>, or <c>-</c> for a user's chain.</summary>
    public string Policy { get; init; } = "";
    /// <summary>Packets that met the policy.</summary>
    public long PacketCount { get; init; }
    /// <summary>Bytes that met the policy.</summary>
    public long ByteCount { get; init; }
}

/// <summary>One rule of <c>iptables-save</c>.</summary>
public sealed record IptablesRule : NodeRecord, IComparable
{
    /// <summary>Network namespace; empty for the node's own.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>Table: <c>filter</c>, <c>nat</c>, <c>mangle</c>, <c>raw</c>, <c>security</c>.</summary>
    public string Table { get; init; } = "";
    /// <summary>Chain it stands in.</summary>
    public string Chain { get; init; } = "";
    /// <summary>Position in its chain, from 1.</summary>
    public int RuleNumber { get; init; }
    /// <summary>Its matches, in order.</summary>
    public IptablesMatch[] Matches { get; init; } = [];
    /// <summary>What <c>-j</c> or <c>-g</c> names; empty when it only counts.</summary>
    public string Target { get; init; } = "";
    /// <summary>Whether the target was given by <c>-g</c>.</summary>
    public bool IsGoto { get; init; }
    /// <summary>The target's options, verbatim.</summary>
    public string TargetOptions { get; init; } = "";
    /// <summary>Packets; null without <c>-c</c>.</summary>
    public long? PacketCount { get; init; }
    /// <summary>Bytes; null without <c>-c</c>.</summary>
    public long? ByteCount { get; init; }

    /// <summary>The first match with that option; null when there is none.</summary>
    public IptablesMatch? Find(string option) => Array.Find(Matches, match => match.Option == option);

    /// <summary>Order of evaluation.</summary>
    public int CompareTo(object? obj)
    {
        if (obj is not IptablesRule other)
            return 1;
        int order = string.CompareOrdinal(Table, other.Table);
        order = order != 0 ? order : string.CompareOrdinal(Chain, other.Chain);
        return order != 0 ? order : RuleNumber.CompareTo(other.RuleNumber);
    }

    /// <inheritdoc/>
    public override string ToString() => RawText;
}

/// <summary>A process, as <c>ps</c> prints it or as its /proc/PID/cmdline tells.</summary>
public sealed record NodeProcess : NodeRecord
{
    /// <summary>Process id.</summary>
    public int ProcessId { get; init; }
    /// <summary>Parent's process id; -1 where the listing does not tell it (<c>ps aux</c>).</summary>
    public int ParentProcessId { get; init; }
    /// <summary>User.</summary>
    public string User { get; init; } = "";
    /// <summary>Start time or date as ps prints it.</summary>
    public string Started { get; init; } = "";
    /// <summary>Arguments; from <c>ps</c> split at spaces, from /proc exact.</summary>
    public string[] Argv { get; init; } = [];
}

/// <summary>A socket, as <c>ss -lunp</c> or <c>netstat -pan</c> print it.</summary>
public sealed record NodeSocket : NodeRecord
{
    /// <summary>Network namespace; empty for the node's own.</summary>
    public string Namespace { get; init; } = "";
    /// <summary><c>udp</c>, <c>tcp</c>, <c>udp6</c>, <c>raw</c> ...</summary>
    public string Protocol { get; init; } = "";
    /// <summary>Local address, a <c>%device</c> suffix taken off.</summary>
    public string LocalAddress { get; init; } = "";
    /// <summary>The device it is bound to (<c>0.0.0.0%tap..</c>); empty when none.</summary>
    public string Device { get; init; } = "";
    /// <summary>Local port; null for <c>*</c> and raw sockets.</summary>
    public int? LocalPort { get; init; }
    /// <summary><c>LISTEN</c>, <c>UNCONN</c>, <c>ESTAB</c> ...</summary>
    public string State { get; init; } = "";
    /// <summary>Process ids that hold it.</summary>
    public int[] ProcessIds { get; init; } = [];
    /// <summary>Program name; empty when not told.</summary>
    public string Program { get; init; } = "";
}

/// <summary>One setting of a Quantum or Neutron ini file.</summary>
public sealed record AgentConfig : NodeRecord
{
    /// <summary>The file.</summary>
    public string Path { get; init; } = "";
    /// <summary>Section, upper or lower case as written.</summary>
    public string Section { get; init; } = "";
    /// <summary>Option name.</summary>
    public string Name { get; init; } = "";
    /// <summary>Its value; a secret's is <c>***</c>.</summary>
    public string Value { get; init; } = "";
}

/// <summary>One entry of an agent's log.</summary>
public sealed record AgentLog : NodeRecord
{
    /// <summary>The file.</summary>
    public string Path { get; init; } = "";
    /// <summary>When, UTC as written; null when the line has no readable time.</summary>
    public DateTime? Time { get; init; }
    /// <summary><c>DEBUG</c>, <c>INFO</c>, <c>WARNING</c>, <c>ERROR</c>, <c>CRITICAL</c>, <c>TRACE</c>.</summary>
    public string Level { get; init; } = "";
    /// <summary>The Python module, or Open vSwitch's, that wrote it.</summary>
    public string Logger { get; init; } = "";
    /// <summary>The message with its continuation lines (traceback).</summary>
    public string Message { get; init; } = "";
}
