namespace QuantumNet;

/// <summary>An Open vSwitch bridge.</summary>
public sealed record OvsBridge : NodeRecord
{
    /// <summary>Its name.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>Names of its ports.</summary>
    public string[] Ports { get; init; } = [];
    /// <summary><c>secure</c>, <c>standalone</c> or empty (standalone by default).</summary>
    public string FailMode { get; init; } = "";
    /// <summary><c>system</c>, <c>netdev</c> or empty.</summary>
    public string DatapathType { get; init; } = "";
    /// <summary>Its controllers' targets.</summary>
    public string[] Controllers { get; init; } = [];
    /// <summary>Whether a controller is connected; null when there is none or it is not told.</summary>
    public bool? IsConnected { get; init; }
    /// <summary>Version of Open vSwitch; empty when not told.</summary>
    public string OvsVersion { get; init; } = "";
}

/// <summary>A port of an Open vSwitch bridge with its (first) interface.</summary>
public sealed record OvsPort : NodeRecord
{
    /// <summary>The bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>Port name, which is its interface's.</summary>
    public string Device { get; init; } = "";
    /// <summary>Access VLAN; null when it has none.</summary>
    public int? Tag { get; init; }
    /// <summary>Trunked VLANs.</summary>
    public int[] Trunks { get; init; } = [];
    /// <summary><c>access</c>, <c>trunk</c>, <c>native-tagged</c> ... or empty.</summary>
    public string VlanMode { get; init; } = "";
    /// <summary>Interface type: <c>internal</c>, <c>patch</c>, <c>gre</c>, <c>vxlan</c> ...
    /// or empty for a system device.</summary>
    public string Type { get; init; } = "";
    /// <summary>OpenFlow port number; -1 when the device could not be opened, null when not told.</summary>
    public int? OfPort { get; init; }
    /// <summary>What Open vSwitch says is wrong; empty when nothing.</summary>
    public string Error { get; init; } = "";
    /// <summary><c>up</c> or <c>down</c>; empty when not told.</summary>
    public string AdminState { get; init; } = "";
    /// <summary><c>up</c> or <c>down</c>; empty when not told.</summary>
    public string LinkState { get; init; } = "";
    /// <summary>Interface options, <c>key=value</c>, sorted.</summary>
    public string[] Options { get; init; } = [];
    /// <summary>Interface external_ids, <c>key=value</c>, sorted.</summary>
    public string[] ExternalIds { get; init; } = [];
    /// <summary>Port other_config, <c>key=value</c>, sorted (Neutron keeps the tag,
    /// network and segment here).</summary>
    public string[] OtherConfig { get; init; } = [];
    /// <summary>external_ids:iface-id: the Quantum port's UUID; empty when not told.</summary>
    public string PortId { get; init; } = "";
    /// <summary>external_ids:attached-mac; empty when not told.</summary>
    public string Mac { get; init; } = "";
    /// <summary>options:peer of a patch port; empty when none.</summary>
    public string Peer { get; init; } = "";
    /// <summary>options:remote_ip of a tunnel; empty when none.</summary>
    public string RemoteIp { get; init; } = "";
    /// <summary>options:local_ip of a tunnel; empty when none.</summary>
    public string LocalIp { get; init; } = "";

    /// <summary>The value of an option; null when it is not set.</summary>
    public string? Option(string name) => ValueOf(Options, name);

    /// <summary>The key of a tunnel port (ovs-vswitchd.conf.db(5)): <c>flow</c> where flows set it or ask for it; null
    /// when it has none, which is key 0.</summary>
    /// <param name="direction"><c>in_key</c> or <c>out_key</c>.</param>
    internal string? TunnelKey(string direction) => Option(direction) ?? Option("key");

    /// <summary>The value of an external id; null when it is not set.</summary>
    public string? ExternalId(string name) => ValueOf(ExternalIds, name);

    private static string? ValueOf(string[] pairs, string name)
    {
        foreach (string pair in pairs)
        {
            if (pair.Length > name.Length && pair[name.Length] == '='
                && pair.StartsWith(name, StringComparison.Ordinal))
                return pair[(name.Length + 1)..];
        }
        return null;
    }
}

/// <summary>A tunnel port: one end of a tunnel.</summary>
public sealed record OvsTunnel : NodeRecord
{
    /// <summary>The bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>Port name.</summary>
    public string Device { get; init; } = "";
    /// <summary><c>gre</c>, <c>vxlan</c>, <c>geneve</c>.</summary>
    public string Type { get; init; } = "";
    /// <summary>This end; empty when Open vSwitch chooses.</summary>
    public string LocalIp { get; init; } = "";
    /// <summary>The other end.</summary>
    public string RemoteIp { get; init; } = "";
    /// <summary><c>flow</c>, or a fixed key.</summary>
    public string InKey { get; init; } = "";
    /// <summary><c>flow</c>, or a fixed key.</summary>
    public string OutKey { get; init; } = "";
    /// <summary>OpenFlow port number; null when not told.</summary>
    public int? OfPort { get; init; }
    /// <summary>The node at the other end; empty when unknown.</summary>
    public string RemoteComputerName { get; init; } = "";
    /// <summary>What Open vSwitch says is wrong; empty when nothing.</summary>
    public string Error { get; init; } = "";
}

/// <summary>A port as OpenFlow shows it (<c>ovs-ofctl show</c>).</summary>
public sealed record OpenFlowPort : NodeRecord
{
    /// <summary>The bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>Port number; 65534 for LOCAL.</summary>
    public int OfPort { get; init; }
    /// <summary>Its name.</summary>
    public string Device { get; init; } = "";
    /// <summary>MAC address.</summary>
    public string Mac { get; init; } = "";
    /// <summary>Configuration flags: <c>PORT_DOWN</c>, <c>NO_FLOOD</c> ...</summary>
    public string[] Config { get; init; } = [];
    /// <summary>State flags: <c>LINK_DOWN</c>, <c>STP_LISTEN</c> ...</summary>
    public string[] State { get; init; } = [];
}

/// <summary>An entry of a bridge's MAC table (<c>ovs-appctl fdb/show</c>).</summary>
public sealed record OvsFdbEntry : NodeRecord
{
    /// <summary>The bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>Port: its number, <c>LOCAL</c>, or a name.</summary>
    public string OfPort { get; init; } = "";
    /// <summary>VLAN; 0 for untagged.</summary>
    public int Vlan { get; init; }
    /// <summary>MAC address.</summary>
    public string Mac { get; init; } = "";
    /// <summary>Age in seconds; null for a static entry.</summary>
    public int? AgeSeconds { get; init; }
}

/// <summary>A group of a bridge (<c>ovs-ofctl dump-groups</c>): what <c>group:3</c> in a flow's actions leads to.
/// </summary>
public sealed record OvsGroup : NodeRecord
{
    /// <summary>The bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>Its number.</summary>
    public uint GroupId { get; init; }
    /// <summary><c>all</c>, <c>select</c>, <c>indirect</c> or <c>fast_failover</c>.</summary>
    public string Type { get; init; } = "";
    /// <summary>Its buckets in their order.</summary>
    public OvsGroupBucket[] Buckets { get; init; } = [];
}

/// <summary>A bucket of a group: actions that it may choose.</summary>
public sealed record OvsGroupBucket
{
    /// <summary>Its number; its place, from 0, where OpenFlow before 1.5 tells none.</summary>
    public uint BucketId { get; init; }
    /// <summary>The port, number or name, whose life is the bucket's; empty when none is watched.</summary>
    public string WatchPort { get; init; } = "";
    /// <summary>The group whose life is the bucket's; null when none is watched.</summary>
    public uint? WatchGroup { get; init; }
    /// <summary>Its share of a select group's packets; 0 for none.</summary>
    public int Weight { get; init; } = 1;
    /// <summary>Its actions as printed, a set.</summary>
    public string[] Actions { get; init; } = [];
    /// <summary>Its actions, taken apart.</summary>
    public OvsAction[] ActionList { get; init; } = [];
    /// <summary>The bucket as printed.</summary>
    public string RawText { get; init; } = "";
    /// <inheritdoc/>
    public override string ToString() => RawText;
}

/// <summary>One field that a flow matches.</summary>
public sealed record OvsMatchField
{
    /// <summary>Name as printed: <c>dl_vlan</c>, <c>tun_id</c>, <c>in_port</c>, or a protocol word such
    /// as <c>udp</c>.</summary>
    public string Name { get; init; } = "";
    /// <summary>Value as printed; empty for a protocol word.</summary>
    public string Value { get; init; } = "";
    /// <summary>Mask as printed; empty when the whole field must match.</summary>
    public string Mask { get; init; } = "";
    /// <inheritdoc/>
    public override string ToString() =>
        Value.Length == 0 ? Name : Mask.Length == 0 ? $"{Name}={Value}" : $"{Name}={Value}/{Mask}";
}

/// <summary>One action of a flow; those that hold others (<c>learn</c>, <c>ct</c>, <c>clone</c>) nest them.</summary>
public sealed record OvsAction
{
    /// <summary>Its name in one spelling whatever the dialect: <c>output</c>, <c>mod_vlan_vid</c>, <c>strip_vlan</c>,
    /// <c>set_tunnel</c>, <c>resubmit</c>, <c>goto_table</c>, <c>NORMAL</c>, <c>drop</c>, <c>learn</c>, <c>ct</c>,
    /// <c>load</c>, <c>move</c>, <c>set_field</c> ...</summary>
    public string Name { get; init; } = "";
    /// <summary>What follows the name, verbatim, brackets and colon taken off.</summary>
    public string Argument { get; init; } = "";
    /// <summary>Actions inside it (ct(exec(...)), clone(...), learn's load and output).</summary>
    public OvsAction[] Nested { get; init; } = [];
    /// <summary>The action as printed.</summary>
    public string RawText { get; init; } = "";
    /// <inheritdoc/>
    public override string ToString() => RawText;
}
