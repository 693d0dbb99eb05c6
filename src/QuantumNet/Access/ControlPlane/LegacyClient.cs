using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Asks <c>neutron</c> or <c>quantum</c>, and <c>nova</c>, which print boxed tables.
/// Their lists give any field by <c>-c</c>, so one start of the client tells of all ports.
/// A client that refuses the columns is asked without, and for each port.</summary>
internal sealed class LegacyClient(ClientFetchTarget target, string client) : IControlPlane
{
    /// <summary>Ports that are shown one by one, and networks whose agents are asked for.</summary>
    public const int MaximumShown = 40;

    public RecordSource Source => RecordSource.Client;

    public async Task<CommandOutput[]> FetchAsync(
        RecordRequest request, IGatherObserver observer, CancellationToken stop)
    {
        var fetch = new ClientFetch(target, observer);
        ClientQuestion[] lists = [.. Lists(request, withColumns: true)];
        await fetch.AskAsync(lists, stop).ConfigureAwait(false);
        if (!fetch.Answered(RecordKinds.Port) && lists.Any(question => question.Kind == RecordKinds.Port))
            await fetch.AskAsync(Lists(request, withColumns: false), stop).ConfigureAwait(false);
        await AskDetailsAsync(fetch, request, stop).ConfigureAwait(false);
        await fetch.AskAsync(request.InstanceIds.Select(Console), stop).ConfigureAwait(false);
        return fetch.Answers;
    }

    private async Task AskDetailsAsync(ClientFetch fetch, RecordRequest request, CancellationToken stop)
    {
        CloudRecords known = fetch.Read();
        IReadOnlyList<QuantumPort> ports = PortSelector.Find(known, request.Port).Ports;
        await fetch.AskAsync(Shows(known, ports), stop).ConfigureAwait(false);
        if (request.Port.Length > 0)
            ports = PortSelector.Find(fetch.Read(), request.Port).Ports;

        IEnumerable<string> networks = request.Port.Length > 0
            ? ports.Select(port => port.NetworkId)
            : known.Networks.Select(network => network.NetworkId).Take(MaximumShown);
        var questions = new List<ClientQuestion>();
        if (request.Wants(RecordKinds.DhcpAgent))
            questions.AddRange(networks.Where(IsId).Distinct().Select(id =>
                new ClientQuestion(RecordKinds.DhcpAgent, id, client, "dhcp-agent-list-hosting-net", id)));
        if (request.Port.Length > 0 && request.Wants(RecordKinds.Instance))
            questions.AddRange(ports.Where(port => IsId(port.DeviceId) && !port.IsDhcp).Select(port =>
                new ClientQuestion(RecordKinds.Instance, port.DeviceId, "nova", "show",
                    port.DeviceId) { MayFail = true }));
        if (request.Port.Length > 0 && request.WithConsole)
            questions.AddRange(ports
                .Where(port => IsId(port.DeviceId) && port.DeviceOwner.StartsWith("compute:", StringComparison.Ordinal))
                .Select(port => Console(port.DeviceId) with { MayFail = true }));
        await fetch.AskAsync(questions, stop).ConfigureAwait(false);
    }

    /// <summary>Ports whose list told no network, as old lists do not: the one asked for, and those that DHCP
    /// agents may use.</summary>
    private IEnumerable<ClientQuestion> Shows(CloudRecords known, IReadOnlyList<QuantumPort> ports)
    {
        HashSet<string> subnets = [.. ports.SelectMany(port => port.FixedIps).Select(ip => ip.SubnetId)];
        IEnumerable<QuantumPort> same = known.Ports
            .Where(port => port.FixedIps.Any(ip => subnets.Contains(ip.SubnetId)));
        return ports.Concat(same).Where(port => port.NetworkId.Length == 0 && IsId(port.PortId)).Take(MaximumShown)
            .Select(port => new ClientQuestion(RecordKinds.Port, port.PortId, client, "port-show", port.PortId));
    }

    private IEnumerable<ClientQuestion> Lists(RecordRequest request, bool withColumns)
    {
        foreach (ClientQuestion question in NeutronLists(client, request, withColumns))
            yield return question;
        if (request.Wants(RecordKinds.Instance))
        {
            yield return new ClientQuestion(RecordKinds.Instance, "", "nova", "list",
                "--all-tenants") { MayFail = true };
            yield return new ClientQuestion(RecordKinds.Instance, "", "nova", "list") { MayFail = true };
        }
    }

    /// <summary>The lists of everything but instances.</summary>
    public static IEnumerable<ClientQuestion> NeutronLists(string client, RecordRequest request, bool withColumns)
    {
        foreach ((string kind, string command, string[] columns) in s_lists)
        {
            if (!request.Wants(kind))
                continue;
            string[] argv = withColumns
                ? [client, command, .. columns.SelectMany(column => (string[])["-c", column]), .. PlainIds(kind)]
                : [client, command];
            yield return new ClientQuestion(kind, "", argv) { MayFail = withColumns && columns.Length > 0 };
        }
    }

    /// <summary>The list of rules names groups instead of telling their ids, unless it is told not to.</summary>
    private static string[] PlainIds(string kind) => kind == RecordKinds.SecurityGroupRule ? ["--no-nameconv"] : [];

    private static ClientQuestion Console(string id) => new(RecordKinds.Console, id, "nova", "console-log", id);

    private static bool IsId(string text) => Guid.TryParse(text, out _);

    private static readonly (string Kind, string Command, string[] Columns)[] s_lists =
    [
        (RecordKinds.Port, "port-list",
            ["id", "name", "network_id", "mac_address", "fixed_ips", "device_id", "device_owner", "binding:host_id",
             "binding:vif_type", "status", "admin_state_up", "security_groups", "port_security_enabled", "tenant_id"]),
        (RecordKinds.Network, "net-list",
            ["id", "name", "provider:network_type", "provider:physical_network",
             "provider:segmentation_id", "admin_state_up", "status", "shared", "router:external",
             "subnets", "mtu", "tenant_id"]),
        (RecordKinds.Subnet, "subnet-list",
            ["id", "network_id", "name", "cidr", "ip_version", "enable_dhcp", "gateway_ip", "allocation_pools",
             "dns_nameservers", "host_routes", "tenant_id"]),
        (RecordKinds.Agent, "agent-list", []),
        (RecordKinds.SecurityGroupRule, "security-group-rule-list",
            ["id", "security_group_id", "direction", "ethertype", "protocol", "port_range_min", "port_range_max",
             "remote_ip_prefix", "remote_group_id"]),
    ];
}
