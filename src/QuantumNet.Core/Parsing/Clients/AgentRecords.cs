using System.Globalization;

namespace QuantumNet.Parsing.Clients;

/// <summary>Makes typed agents, bindings, security group rules and instances of their fields.</summary>
internal static class AgentRecords
{
    /// <summary>An agent.</summary>
    public static QuantumAgent Agent(RecordFields fields)
    {
        FieldValue settings = fields.Find("configurations", "configuration");
        return new()
        {
            Source = fields.Source,
            Command = fields.Command,
            AnsweredBy = fields.AnsweredBy,
            RawText = fields.RawText,
            AgentId = fields.Text("id").ToLowerInvariant(),
            AgentType = fields.Text("agent_type"),
            Binary = fields.Text("binary"),
            ComputerName = fields.Text("host"),
            Alive = fields.Flag("alive") ?? false,
            AdminStateUp = fields.Flag("admin_state_up", "state") ?? true,
            HeartbeatAt = Time(fields.Text("heartbeat_timestamp", "last_heartbeat_at")),
            TunnelIp = settings.Member("tunneling_ip").Text ?? "",
            BridgeMappings = Mappings(settings.Member("bridge_mappings")),
            TunnelTypes = PortRecords.Words(settings.Member("tunnel_types")),
            Extensions = PortRecords.Words(settings.Member("extensions")),
        };
    }

    /// <summary>A network's place on a DHCP agent.</summary>
    public static DhcpAgentBinding Binding(RecordFields fields, string networkId) => new()
    {
        Source = fields.Source,
        Command = fields.Command,
        AnsweredBy = fields.AnsweredBy,
        RawText = fields.RawText,
        NetworkId = networkId,
        AgentId = fields.Text("id").ToLowerInvariant(),
        ComputerName = fields.Text("host"),
        Alive = fields.Flag("alive") ?? false,
        AdminStateUp = fields.Flag("admin_state_up", "state") ?? true,
    };

    /// <summary>A security group rule.</summary>
    public static QuantumSecurityGroupRule Rule(RecordFields fields)
    {
        (int? first, int? last) = Ports(fields);
        string group = fields.Text("security_group_id", "security_group");
        return new()
        {
            Source = fields.Source,
            Command = fields.Command,
            AnsweredBy = fields.AnsweredBy,
            RawText = fields.RawText,
            RuleId = fields.Text("id").ToLowerInvariant(),
            SecurityGroupId = Uuid.Is(group) ? group : "",
            SecurityGroupName = Uuid.Is(group) ? fields.Text("security_group_name") : group,
            Direction = fields.Text("direction"),
            EtherType = fields.Text("ethertype", "ether_type"),
            Protocol = Protocol(fields),
            PortRangeMin = first,
            PortRangeMax = last,
            RemoteIpPrefix = Prefix(fields),
            RemoteGroupId = fields.Text("remote_group_id", "remote_security_group", "remote_group"),
        };
    }

    /// <summary>An instance.</summary>
    public static NovaInstance Instance(RecordFields fields) => new()
    {
        Source = fields.Source,
        Command = fields.Command,
        AnsweredBy = fields.AnsweredBy,
        RawText = fields.RawText,
        InstanceId = fields.Text("id").ToLowerInvariant(),
        Name = fields.Text("name"),
        Status = fields.Text("status"),
        ComputerName = fields.Text("os_ext_srv_attr_host", "host"),
        Networks = Networks(fields),
        TenantId = PortRecords.Tenant(fields),
    };

    private static string[] Networks(RecordFields fields)
    {
        FieldValue value = fields.Find("addresses", "networks");
        var networks = new List<string>();
        if (value.Members is not null)
        {
            foreach ((string name, FieldValue addresses) in value.Members)
                networks.Add($"{name}={Addresses(addresses)}");
        }
        else if (value.Text is { Length: > 0 } text)
            networks.AddRange(text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        foreach (string name in fields.Names)
        {
            if (name.EndsWith("_network", StringComparison.Ordinal) && fields.Text(name) is { Length: > 0 } address)
                networks.Add($"{name[..^"_network".Length]}={address}");   // nova show: | net1 network | 10.0.0.2 |
        }
        return [.. networks];
    }

    private static string Addresses(FieldValue value)
    {
        var addresses = new List<string>();
        foreach (FieldValue element in value.Elements)
            addresses.Add(element.Member("addr").Text ?? element.Text ?? "");
        return string.Join(", ", addresses);
    }

    private static string[] Mappings(FieldValue value)
    {
        if (value.Members is null)
            return PortRecords.Words(value);
        var mappings = new List<string>();
        foreach ((string network, FieldValue bridge) in value.Members)
            mappings.Add($"{network}:{bridge.Text}");
        return [.. mappings];
    }

    /// <summary>Neutron's client joins protocol and ports: <c>22/tcp</c>, <c>1-100/udp</c>,
    /// <c>icmp</c>, <c>any</c>.</summary>
    private static string Protocol(RecordFields fields)
    {
        string text = fields.Text("protocol", "ip_protocol", "protocol_port");
        int slash = text.IndexOf('/');
        string protocol = slash < 0 ? text : text[(slash + 1)..].Trim();
        return protocol == "any" ? "" : protocol;
    }

    private static (int?, int?) Ports(RecordFields fields)
    {
        if (fields.Tells("port_range_min", "port_range_max"))
            return (fields.Number("port_range_min"), fields.Number("port_range_max"));
        string range = fields.Text("port_range");
        string joined = fields.Text("protocol_port");
        int slash = joined.IndexOf('/');
        if (range.Length == 0 && slash > 0)
            range = joined[..slash];
        string[] ends = range.Split(':', '-');
        int? first = Number(ends[0]);
        return (first, ends.Length > 1 ? Number(ends[1]) : first);
    }

    /// <summary>The newer client fills an absent prefix with the whole address space; that means any.</summary>
    private static string Prefix(RecordFields fields)
    {
        if (fields.Text("remote_ip_prefix") is { Length: > 0 } prefix)
            return prefix;
        return fields.Text("ip_range") is var range && range is "0.0.0.0/0" or "::/0" ? "" : fields.Text("ip_range");
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static DateTime? Time(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time) ? time : null;
}
