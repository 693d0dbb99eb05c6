
namespace QuantumNet.Parsing.Clients;

/// <summary>Records while the answers come in: by kind and id, several answers about one id merged.</summary>
internal sealed class RecordStore
{
    private readonly Dictionary<string, OrderedRecords> _kinds = [];
    private readonly HashSet<string> _collected = [];
    private readonly HashSet<string> _scheduledNetworks = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<RecordSource> _sources = [];
    private readonly List<(DhcpAgentBinding Binding, string Network, TextSource Source)> _bindings = [];
    private readonly List<(string Subject, ConsoleLog Log)> _consoles = [];

    /// <summary>Notes that a request was answered, and that all of the answer was read.</summary>
    public void Answered(RecordRequest request)
    {
        _collected.Add(request.Kind);
        _sources.Add(request.Source);
        if (request.Kind == "dhcp-agent")
            _scheduledNetworks.Add(request.Subject);
    }

    /// <summary>Takes one record of an answer; false where it has no id, and so cannot be used.</summary>
    public bool Add(RecordRequest request, RecordFields fields, TextSource source)
    {
        if (fields.Text("id").Length == 0)
        {
            source.Report(1, 1, "Record without an id", fields.RawText);
            return false;
        }
        _sources.Add(request.Source);
        if (request.Kind == "dhcp-agent")
        {
            _bindings.Add((AgentRecords.Binding(fields, ""), request.Subject, source));
            fields.SetMissing("agent_type", "DHCP agent");
        }
        foreach ((string field, string value) in request.Filters)
            fields.SetMissing(field, value);
        if (request.Kind == "security-group")
            AddRules(fields, source);
        Records(request.Kind == "dhcp-agent" ? "agent" : request.Kind).Add(fields);
        return true;
    }

    /// <summary>Takes an instance's console.</summary>
    public void AddConsole(RecordRequest request, CommandOutput output, string text, TextSource source)
    {
        ConsoleLog log = NovaConsoleParser.Parse(text) with
        {
            Source = request.Source,
            Command = source.Command,
            AnsweredBy = output.ComputerName,
        };
        _consoles.Add((request.Subject, log));
    }

    /// <summary>All that came in, typed.</summary>
    public CloudRecords ToRecords(ICollection<ParseIssue> issues)
    {
        List<QuantumSubnet> subnets = Records("subnet").ConvertAll(PortRecords.Subnet);
        List<NovaInstance> instances = Records("instance").ConvertAll(AgentRecords.Instance);
        List<QuantumNetwork> networks = Records("network").ConvertAll(PortRecords.Network);
        return new()
        {
            Source = _sources.Contains(RecordSource.Api) ? RecordSource.Api
                : _sources.Count > 0 ? RecordSource.Client : RecordSource.Inferred,
            CollectedKinds = KindsCollected(),
            Networks = networks,
            Subnets = subnets,
            Ports = Records("port")
                .ConvertAll(fields => PortRecords.Port(fields, NetworkOf(fields, subnets, networks))),
            Agents = Records("agent").ConvertAll(AgentRecords.Agent),
            DhcpAgentBindings = Bindings(networks),
            ScheduledNetworks = new HashSet<string>(
                _scheduledNetworks.SelectMany(name => NetworksCalled(name, networks)),
                StringComparer.OrdinalIgnoreCase),
            SecurityGroupRules = Records("security-group-rule").ConvertAll(Rule),
            Instances = instances,
            ConsoleLogs = _consoles.ConvertAll(console => Named(console.Log, console.Subject, instances)),
        };
    }

    private OrderedRecords Records(string kind)
    {
        if (!_kinds.TryGetValue(kind, out OrderedRecords? records))
            _kinds[kind] = records = new();
        return records;
    }

    private void AddRules(RecordFields group, TextSource source)
    {
        foreach (FieldValue rule in group.Find("security_group_rules").Elements)
        {
            var fields = new RecordFields { RawText = group.RawText };
            foreach ((string name, FieldValue value) in rule.Members ?? new Dictionary<string, FieldValue>())
                fields.Set(name, value);
            fields.SetMissing("security_group_id", group.Text("id"));
            fields.Command = group.Command;
            fields.AnsweredBy = group.AnsweredBy;
            fields.Source = group.Source;
            if (fields.Text("id").Length == 0)
                source.Report(1, 1, "Rule without an id", group.RawText);
            else
                Records("security-group-rule").Add(fields);
        }
    }

    private HashSet<string> KindsCollected()
    {
        var kinds = new HashSet<string>(_collected);
        if (kinds.Remove("security-group") && _kinds.ContainsKey("security-group-rule"))
            kinds.Add("security-group-rule");
        return kinds;
    }

    private QuantumSecurityGroupRule Rule(RecordFields fields)
    {
        QuantumSecurityGroupRule rule = AgentRecords.Rule(fields);
        RecordFields? group = Records("security-group").Find(rule.SecurityGroupId);
        return group is null ? rule : rule with { SecurityGroupName = group.Text("name") };
    }

    /// <summary>A port's network: told, or that of its address's subnet.</summary>
    private static string NetworkOf(RecordFields port, List<QuantumSubnet> subnets, List<QuantumNetwork> networks)
    {
        if (port.Text("network_id", "network") is { Length: > 0 } told)
            return told;
        foreach (FixedIp address in PortRecords.FixedIps(port.Find("fixed_ips", "fixed_ip_addresses")))
        {
            if (address.SubnetId.Length == 0)
                continue;
            if (subnets.Find(subnet => subnet.SubnetId == address.SubnetId) is { NetworkId.Length: > 0 } subnet)
                return subnet.NetworkId;
            if (networks.Find(network => network.SubnetIds.Contains(address.SubnetId)) is { } owner)
                return owner.NetworkId;
        }
        return "";
    }

    private List<DhcpAgentBinding> Bindings(List<QuantumNetwork> networks)
    {
        var bindings = new List<DhcpAgentBinding>();
        foreach ((DhcpAgentBinding binding, string network, TextSource source) in _bindings)
        {
            string[] ids = [.. NetworksCalled(network, networks)];
            if (ids is not [var id])
                source.Report(1, 1,
                    ids.Length == 0 ? "Unknown network" : $"{ids.Length} networks have this name", network);
            else if (!bindings.Exists(known => known.NetworkId == id && known.AgentId == binding.AgentId))
                bindings.Add(binding with { NetworkId = id });
        }
        return bindings;
    }

    /// <summary>The networks that an id or a name means: names need not be unique.</summary>
    private static IEnumerable<string> NetworksCalled(string idOrName, List<QuantumNetwork> networks) =>
        Uuid.Is(idOrName)
            ? [idOrName.ToLowerInvariant()]
            : networks.Where(known => known.Name == idOrName).Select(known => known.NetworkId);

    private static ConsoleLog Named(ConsoleLog log, string subject, List<NovaInstance> instances)
    {
        NovaInstance? instance = instances.Find(known => known.InstanceId == subject || known.Name == subject);
        if (instance is not null)
            return log with { InstanceId = instance.InstanceId, InstanceName = instance.Name };
        return Uuid.Is(subject) ? log with { InstanceId = subject } : log with { InstanceName = subject };
    }

    /// <summary>Records of one kind, in the order they came, one per id.</summary>
    private sealed class OrderedRecords
    {
        private readonly Dictionary<string, RecordFields> _byId = [];
        private readonly List<RecordFields> _inOrder = [];

        public void Add(RecordFields fields)
        {
            string id = fields.Text("id").ToLowerInvariant();
            if (_byId.TryGetValue(id, out RecordFields? known))
            {
                known.Merge(fields);
                return;
            }
            _byId[id] = fields;
            _inOrder.Add(fields);
        }

        public RecordFields? Find(string id) => _byId.GetValueOrDefault(id);

        public List<T> ConvertAll<T>(Converter<RecordFields, T> convert) => _inOrder.ConvertAll(convert);
    }
}
