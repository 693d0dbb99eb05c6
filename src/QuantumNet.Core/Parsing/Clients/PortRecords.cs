namespace QuantumNet.Parsing.Clients;

/// <summary>Makes typed networks, subnets and ports of their fields, in any of the spellings of REST
/// and the clients.</summary>
internal static class PortRecords
{
    /// <summary>A network.</summary>
    public static QuantumNetwork Network(RecordFields fields) => new()
    {
        Source = fields.Source,
        Command = fields.Command,
        AnsweredBy = fields.AnsweredBy,
        RawText = fields.RawText,
        NetworkId = fields.Text("id").ToLowerInvariant(),
        Name = fields.Text("name"),
        NetworkType = fields.Text("provider_network_type", "network_type"),
        PhysicalNetwork = fields.Text("provider_physical_network"),
        SegmentationId = fields.Number("provider_segmentation_id"),
        AdminStateUp = fields.Flag("admin_state_up", "state") ?? true,
        Status = fields.Text("status"),
        Shared = fields.Flag("shared") ?? false,
        External = fields.Flag("router_external", "router_type") ?? false,
        TenantId = Tenant(fields),
        SubnetIds = FirstWords(fields.Find("subnets")),
        Mtu = fields.Number("mtu"),
    };

    /// <summary>A subnet.</summary>
    public static QuantumSubnet Subnet(RecordFields fields)
    {
        string cidr = fields.Text("cidr", "subnet");
        return new()
        {
            Source = fields.Source,
            Command = fields.Command,
            AnsweredBy = fields.AnsweredBy,
            RawText = fields.RawText,
            SubnetId = fields.Text("id").ToLowerInvariant(),
            NetworkId = fields.Text("network_id", "network"),
            Name = fields.Text("name"),
            Cidr = cidr,
            IpVersion = fields.Number("ip_version") ?? (cidr.Contains(':') ? 6 : 4),
            EnableDhcp = fields.Flag("enable_dhcp", "dhcp") ?? true,
            GatewayIp = fields.Text("gateway_ip", "gateway"),
            AllocationPools = Pools(fields.Find("allocation_pools")),
            DnsNameServers = Words(fields.Find("dns_nameservers", "name_servers")),
            HostRoutes = Routes(fields.Find("host_routes")),
            TenantId = Tenant(fields),
            Ipv6AddressMode = fields.Text("ipv6_address_mode"),
        };
    }

    /// <summary>A port.</summary>
    public static QuantumPort Port(RecordFields fields, string networkId)
    {
        FixedIp[] addresses = FixedIps(fields.Find("fixed_ips", "fixed_ip_addresses"));
        FieldValue details = fields.Find("binding_vif_details");
        return new()
        {
            Source = fields.Source,
            Command = fields.Command,
            AnsweredBy = fields.AnsweredBy,
            RawText = fields.RawText,
            PortId = fields.Text("id").ToLowerInvariant(),
            Name = fields.Text("name"),
            NetworkId = networkId,
            Mac = fields.Text("mac_address").ToLowerInvariant(),
            IpAddress = FirstIpv4(addresses),
            FixedIps = addresses,
            DeviceId = fields.Text("device_id"),
            DeviceOwner = fields.Text("device_owner"),
            ComputerName = fields.Text("binding_host_id"),
            VifType = fields.Text("binding_vif_type"),
            VnicType = fields.Text("binding_vnic_type"),
            HybridPlug = details.Member("ovs_hybrid_plug").AsFlag(),
            AdminStateUp = fields.Flag("admin_state_up", "state") ?? true,
            Status = fields.Text("status"),
            SecurityGroupIds = Words(fields.Find("security_groups", "security_group_ids")),
            PortSecurityEnabled = fields.Flag("port_security_enabled"),
            AllowedAddressPairs = Pairs(fields.Find("allowed_address_pairs")),
            TenantId = Tenant(fields),
        };
    }

    /// <summary>The addresses of a port.</summary>
    public static FixedIp[] FixedIps(FieldValue value)
    {
        var addresses = new List<FixedIp>();
        foreach (FieldValue element in value.Elements)
        {
            string address = element.Member("ip_address").Text ?? (element.Members is null ? element.Text ?? "" : "");
            if (address.Length > 0)
                addresses.Add(new() { IpAddress = address, SubnetId = element.Member("subnet_id").Text ?? "" });
        }
        return [.. addresses];
    }

    internal static string Tenant(RecordFields fields) => fields.Text("tenant_id", "project_id", "project");

    /// <summary>A list's texts; a single text is split at commas, as the newer client joins lists.</summary>
    internal static string[] Words(FieldValue value)
    {
        var words = new List<string>();
        foreach (FieldValue element in value.Elements)
        {
            foreach (string word in (element.Text ?? "").Split(',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                words.Add(word);
        }
        return [.. words];
    }

    /// <summary>Each element's first word: <c>uuid 10.0.0.0/24</c> is how net-list of old prints a subnet.</summary>
    private static string[] FirstWords(FieldValue value) =>
        Array.ConvertAll(Words(value), word => word.Split(' ', '\t')[0]);

    private static string FirstIpv4(FixedIp[] addresses)
    {
        foreach (FixedIp address in addresses)
        {
            if (!address.IpAddress.Contains(':'))
                return address.IpAddress;
        }
        return "";
    }

    private static string[] Pools(FieldValue value)
    {
        var pools = new List<string>();
        foreach (FieldValue element in value.Elements)
        {
            if (element.Members is not null)
                pools.Add($"{element.Member("start").Text}-{element.Member("end").Text}");
            else
                pools.AddRange(Words(element));
        }
        return [.. pools];
    }

    private static string[] Routes(FieldValue value)
    {
        var routes = new List<string>();
        foreach (FieldValue element in value.Elements)
        {
            if (element.Members is not null)
                routes.Add($"{element.Member("destination").Text} via "
                    + $"{element.Member("nexthop").Text ?? element.Member("gateway").Text}");
            else if (element.Text is { Length: > 0 } text)
                routes.Add(text);
        }
        return [.. routes];
    }

    private static string[] Pairs(FieldValue value)
    {
        var pairs = new List<string>();
        foreach (FieldValue element in value.Elements)
        {
            if (element.Members is not null)
                pairs.Add($"{element.Member("mac_address").Text} {element.Member("ip_address").Text}".Trim());
            else if (element.Text is { Length: > 0 } text)
                pairs.Add(text);
        }
        return [.. pairs];
    }
}
