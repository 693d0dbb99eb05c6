using System.Collections.Concurrent;

namespace QuantumNet;

/// <summary>Everything that was gathered, as one cloud of typed records: what paths, checks and cmdlets read.</summary>
public sealed class Cloud
{
    /// <summary>The control plane's records.</summary>
    public CloudRecords Records { get; init; } = CloudRecords.Empty;

    /// <summary>The nodes, by name (any case).</summary>
    public IReadOnlyDictionary<string, NodeState> Nodes { get; init; } = new Dictionary<string, NodeState>();

    /// <summary>Pieces of output that no parser understood (QN9001).</summary>
    public IReadOnlyList<ParseIssue> Issues { get; init; } = [];

    /// <summary>Outputs of the nodes that nothing here reads, empty ones left out:
    /// neither collected nor absent, but unknown.</summary>
    public IReadOnlyList<CommandOutput> UnknownOutputs { get; init; } = [];

    /// <summary>Nodes and commands that gave nothing (QN9002 to QN9004).</summary>
    public IReadOnlyList<GatherFailure> Failures { get; init; } = [];

    /// <summary>What a live trace captured, where the snapshot holds one.</summary>
    internal IReadOnlyList<TapCapture> Captures { get; init; } = [];

    /// <summary>When gathering began, UTC.</summary>
    public DateTime CollectedAt { get; init; }

    /// <summary>The port that gathering was narrowed to, as the user named it: records tell of few others then.
    /// Empty for all.</summary>
    public string Scope { get; init; } = "";

    /// <summary>The node of that name; null when nothing was gathered from it.</summary>
    public NodeState? Node(string name) => Nodes.TryGetValue(name, out NodeState? node) ? node : null;
}

/// <summary>Something that gathering could not get.</summary>
public sealed record GatherFailure
{
    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>QN9002 (unreachable, host key), QN9003 (missing or not permitted), QN9004 (past
    /// its deadline).</summary>
    public string Code { get; init; } = "";
    /// <summary>The command; empty when the whole node failed.</summary>
    public string Command { get; init; } = "";
    /// <summary>What was said.</summary>
    public string Message { get; init; } = "";
    /// <summary>What to do.</summary>
    public string Advice { get; init; } = "";
}

/// <summary>What became of a command that a collector wanted. "Empty" is Collected without a record
/// (<see cref="NodeState.IsEmpty"/>).</summary>
public enum CollectionState
{
    /// <summary>It never ran on this node.</summary>
    NotCollected,
    /// <summary>It ran and its output was read, empty or not.</summary>
    Collected,
    /// <summary>It ran and failed, was refused, is missing, or ran past its deadline.</summary>
    Failed,
    /// <summary>It ran and printed something, of which nothing could be read (QN9001).</summary>
    NotUnderstood,
    /// <summary>It ran, and said that what it was asked about (a bridge, a namespace, a file) is not there.</summary>
    Absent,
}

/// <summary>One command of a collector on one node, and what became of it.</summary>
public sealed record CollectedCommand
{
    /// <summary>Name of the collector: <c>OvsFlow</c>, <c>NodeLink</c> ...</summary>
    public string Collector { get; init; } = "";
    /// <summary>What it asked about: a bridge, a namespace, a network's id; empty when the node as a whole.</summary>
    public string Subject { get; init; } = "";
    /// <summary>What became of it.</summary>
    public CollectionState State { get; init; }
    /// <summary>The command, its arguments joined by spaces.</summary>
    public string Command { get; init; } = "";
    /// <summary>Why it failed; empty otherwise.</summary>
    public string Reason { get; init; } = "";
    /// <summary>How many records its output held.</summary>
    public int RecordCount { get; init; }
    /// <summary>Whether it tells only a part of what the collector's own command does (one device, one table,
    /// some lines): what it does not tell may be there all the same.</summary>
    public bool IsPart { get; init; }
    /// <summary>When it started, UTC.</summary>
    public DateTime StartedAt { get; init; }
    /// <summary>Whether it reads the node itself: no bridge, namespace or file, nor a look which
    /// of those there are.</summary>
    internal bool IsOfNode { get; init; }
}

/// <summary>What one node holds.</summary>
public sealed class NodeState
{
    private volatile KnownStates _known = new(0, new());

    private sealed record KnownStates(
        int CommandCount, ConcurrentDictionary<(string Collector, string Subject), CollectionState> States);

    /// <summary>Its name.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Its roles, as the inventory tells (<c>compute</c>, <c>network</c>, <c>controller</c>);
    /// may be empty.</summary>
    public string[] Roles { get; init; } = [];
    /// <summary>Every command that was wanted, and what became of it.</summary>
    public List<CollectedCommand> Commands { get; } = [];
    /// <summary>Devices, in every namespace looked into.</summary>
    public List<NodeLink> Links { get; } = [];
    /// <summary>Linux bridges.</summary>
    public List<LinuxBridge> LinuxBridges { get; } = [];
    /// <summary>Linux bridge ports.</summary>
    public List<LinuxBridgePort> LinuxBridgePorts { get; } = [];
    /// <summary>MAC tables of Linux bridges.</summary>
    internal List<LinuxBridgeMac> LinuxBridgeMacs { get; } = [];
    /// <summary>Named network namespaces.</summary>
    public List<NetworkNamespace> Namespaces { get; } = [];
    /// <summary>iptables chains.</summary>
    public List<IptablesChain> IptablesChains { get; } = [];
    /// <summary>iptables rules.</summary>
    public List<IptablesRule> IptablesRules { get; } = [];
    /// <summary>ip6tables chains of the node's own namespace.</summary>
    internal List<IptablesChain> Ip6tablesChains { get; } = [];
    /// <summary>ip6tables rules of the node's own namespace.</summary>
    internal List<IptablesRule> Ip6tablesRules { get; } = [];
    /// <summary>Sets that rules of iptables may name, of the node's own namespace.</summary>
    internal List<IpSet> IpSets { get; } = [];
    /// <summary>nftables' tables.</summary>
    internal List<NftTable> NftTables { get; } = [];
    /// <summary>Kernel settings, <c>net.bridge.bridge-nf-call-iptables</c> and the like; empty text:
    /// asked for, and the kernel has none such.</summary>
    public Dictionary<string, string> Sysctls { get; } = [];
    /// <summary>Open vSwitch bridges.</summary>
    public List<OvsBridge> OvsBridges { get; } = [];
    /// <summary>Open vSwitch ports.</summary>
    public List<OvsPort> OvsPorts { get; } = [];
    /// <summary>OpenFlow ports.</summary>
    public List<OpenFlowPort> OpenFlowPorts { get; } = [];
    /// <summary>Flows.</summary>
    public List<OvsFlow> OvsFlows { get; } = [];
    /// <summary>Groups of Open vSwitch bridges.</summary>
    public List<OvsGroup> OvsGroups { get; } = [];
    /// <summary>Open vSwitch MAC tables.</summary>
    public List<OvsFdbEntry> OvsFdbEntries { get; } = [];
    /// <summary>Processes.</summary>
    public List<NodeProcess> Processes { get; } = [];
    /// <summary>Sockets.</summary>
    public List<NodeSocket> Sockets { get; } = [];
    /// <summary>dnsmasq servers.</summary>
    public List<DhcpServer> DhcpServers { get; } = [];
    /// <summary>Lines of dnsmasq's hosts files.</summary>
    public List<DhcpHost> DhcpHosts { get; } = [];
    /// <summary>Lines of dnsmasq's options files.</summary>
    public List<DhcpServerOption> DhcpServerOptions { get; } = [];
    /// <summary>Leases.</summary>
    public List<DhcpLease> DhcpLeases { get; } = [];
    /// <summary>Lines of dnsmasq's configuration files.</summary>
    internal List<DhcpSetting> DhcpSettings { get; } = [];
    /// <summary>dnsmasq's log lines.</summary>
    public List<DhcpEvent> DhcpEvents { get; } = [];
    /// <summary>Settings of ini files.</summary>
    public List<AgentConfig> AgentConfigs { get; } = [];
    /// <summary>Entries of agents' logs.</summary>
    public List<AgentLog> AgentLogs { get; } = [];

    /// <summary>The same state in lists of its own.</summary>
    internal NodeState Copy()
    {
        var copy = new NodeState { ComputerName = ComputerName, Roles = Roles };
        copy.Commands.AddRange(Commands);
        copy.Links.AddRange(Links);
        copy.LinuxBridges.AddRange(LinuxBridges);
        copy.LinuxBridgePorts.AddRange(LinuxBridgePorts);
        copy.LinuxBridgeMacs.AddRange(LinuxBridgeMacs);
        copy.Namespaces.AddRange(Namespaces);
        copy.IptablesChains.AddRange(IptablesChains);
        copy.IptablesRules.AddRange(IptablesRules);
        copy.Ip6tablesChains.AddRange(Ip6tablesChains);
        copy.Ip6tablesRules.AddRange(Ip6tablesRules);
        copy.IpSets.AddRange(IpSets);
        copy.NftTables.AddRange(NftTables);
        copy.OvsBridges.AddRange(OvsBridges);
        copy.OvsPorts.AddRange(OvsPorts);
        copy.OpenFlowPorts.AddRange(OpenFlowPorts);
        copy.OvsFlows.AddRange(OvsFlows);
        copy.OvsGroups.AddRange(OvsGroups);
        copy.OvsFdbEntries.AddRange(OvsFdbEntries);
        copy.Processes.AddRange(Processes);
        copy.Sockets.AddRange(Sockets);
        copy.DhcpServers.AddRange(DhcpServers);
        copy.DhcpHosts.AddRange(DhcpHosts);
        copy.DhcpServerOptions.AddRange(DhcpServerOptions);
        copy.DhcpLeases.AddRange(DhcpLeases);
        copy.DhcpSettings.AddRange(DhcpSettings);
        copy.DhcpEvents.AddRange(DhcpEvents);
        copy.AgentConfigs.AddRange(AgentConfigs);
        copy.AgentLogs.AddRange(AgentLogs);
        foreach ((string name, string value) in Sysctls)
            copy.Sysctls.Add(name, value);
        return copy;
    }

    /// <summary>What became of a collector's command about a subject (the node as a whole when empty).
    /// Collected when any of its commands was; else the first of absent, not understood and failed that one
    /// of them was. What a collector reads on the node itself is not told by what it reads in namespaces,
    /// nor the whole by a part of it.</summary>
    public CollectionState StateOf(string collector, string subject = "")
    {
        // Asked many times of every port: kept until another command comes.
        KnownStates known = _known;
        if (known.CommandCount != Commands.Count)
            _known = known = new KnownStates(Commands.Count, new());
        return known.States.GetOrAdd((collector, subject), asked => FindState(asked.Collector, asked.Subject));
    }

    private CollectionState FindState(string collector, string subject)
    {
        CollectionState state = CollectionState.NotCollected;
        bool ofNodeOnly = IsOfNodeOnly(collector, subject);
        foreach (CollectedCommand command in Commands)
        {
            if (!IsAsked(command, collector, subject, ofNodeOnly))
                continue;
            if (command.State == CollectionState.Collected)
                return CollectionState.Collected;
            if (Weight(command.State) > Weight(state))
                state = command.State;
        }
        return state;
    }

    /// <summary>Whether a collector's command about a subject was collected and read, whole:
    /// what is not in its records does not exist.</summary>
    public bool Has(string collector, string subject = "") => StateOf(collector, subject) == CollectionState.Collected;

    /// <summary>Whether what a collector asked about was said not to be there.</summary>
    public bool IsAbsent(string collector, string subject = "") =>
        StateOf(collector, subject) == CollectionState.Absent;

    /// <summary>Whether a collector's output about a subject was read and held no record.</summary>
    public bool IsEmpty(string collector, string subject = "")
    {
        bool ofNodeOnly = IsOfNodeOnly(collector, subject);
        return Has(collector, subject)
            && !Commands.Exists(command => command is { State: CollectionState.Collected, RecordCount: > 0 }
                && IsAsked(command, collector, subject, ofNodeOnly));
    }

    /// <summary>Whether a flow of a bridge may name a group: only then do the bridge's groups matter.</summary>
    internal bool NamesGroups(string bridge) => OvsFlows.Exists(flow => flow.Bridge == bridge && flow.MayNameGroup);

    /// <summary>Whether a rule of the node's own namespace names a set: only then do sets matter.</summary>
    internal bool NamesSets => IptablesRules.Concat(Ip6tablesRules)
        .Any(rule => rule.Namespace.Length == 0 && rule.Find("match-set") is not null);

    private bool IsOfNodeOnly(string collector, string subject) => subject.Length == 0
        && Commands.Exists(command => command is { IsOfNode: true, IsPart: false } && command.Collector == collector);

    private static bool IsAsked(CollectedCommand command, string collector, string subject, bool ofNodeOnly) =>
        command.Collector == collector && !command.IsPart && (subject.Length == 0 || command.Subject == subject)
        && (!ofNodeOnly || command.IsOfNode);

    private static int Weight(CollectionState state) => state switch
    {
        CollectionState.Absent => 3,
        CollectionState.NotUnderstood => 2,
        CollectionState.Failed => 1,
        _ => 0,
    };
}
