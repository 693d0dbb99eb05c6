using System.Text.Json;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Asks for what one port's path needs: the port first, then its network, subnets, DHCP ports, agents,
/// rules and instance.</summary>
internal sealed class ApiOnePort(ApiFetch fetch, RecordRequest request)
{
    private const int MaximumCandidates = 20;

    public async Task RunAsync(CancellationToken stop)
    {
        List<JsonElement> ports = await FindAsync(stop).ConfigureAwait(false);
        if (ports.Count == 0)
        {
            // Nothing fits: with all ports at hand the user can be told which are near.
            await Task.WhenAll(
                fetch.NetworkAsync(RecordKinds.Port, "ports?limit=1000", "ports", "", stop),
                fetch.ServersAsync("", stop)).ConfigureAwait(false);
            return;
        }
        var wanted = new List<Task>();
        if (request.Wants(RecordKinds.Agent))
            wanted.Add(fetch.NetworkAsync(RecordKinds.Agent, "agents", "agents", "", stop));
        foreach (string network in Distinct(ports, "network_id"))
            AddNetwork(network, wanted, stop);
        AddRules(ports, wanted, stop);
        AddInstances(ports, wanted, stop);
        await Task.WhenAll(wanted).ConfigureAwait(false);
    }

    private void AddNetwork(string id, List<Task> wanted, CancellationToken stop)
    {
        if (request.Wants(RecordKinds.Network))
            wanted.Add(fetch.NetworkAsync(RecordKinds.Network, $"networks/{id}", "", id, stop));
        if (request.Wants(RecordKinds.Subnet))
            wanted.Add(fetch.NetworkAsync(RecordKinds.Subnet, $"subnets?network_id={id}", "subnets", id, stop));
        if (request.Wants(RecordKinds.Port))
            wanted.Add(fetch.NetworkAsync(
                RecordKinds.Port, $"ports?network_id={id}&device_owner=network%3Adhcp", "ports", id, stop));
        if (request.WithRouters && request.Wants(RecordKinds.Port))
            wanted.AddRange(QuantumPort.RouterOwners.Select(owner => fetch.NetworkAsync(RecordKinds.Port,
                $"ports?network_id={id}&device_owner={Uri.EscapeDataString(owner)}", "ports", id, stop)));
        if (request.Wants(RecordKinds.DhcpAgent))
            wanted.Add(fetch.NetworkAsync(RecordKinds.DhcpAgent, $"networks/{id}/dhcp-agents", "agents", id, stop));
    }

    private void AddRules(List<JsonElement> ports, List<Task> wanted, CancellationToken stop)
    {
        string[] groups = ports.SelectMany(port => port.Property("security_groups").Items())
            .Where(group => group.ValueKind == JsonValueKind.String)
            .Select(group => group.GetString()!).Distinct().ToArray();
        if (!request.Wants(RecordKinds.SecurityGroupRule))
            return;
        foreach (string[] some in groups.Chunk(50))
        {
            string ids = string.Join('&', some.Select(id => $"id={Uri.EscapeDataString(id)}"));
            wanted.Add(fetch.NetworkAsync(
                RecordKinds.SecurityGroupRule, $"security-groups?{ids}", "security_groups", "", stop));
        }
    }

    private void AddInstances(List<JsonElement> ports, List<Task> wanted, CancellationToken stop)
    {
        IEnumerable<JsonElement> compute = ports.Where(port =>
            port.Text("device_owner").StartsWith("compute:", StringComparison.Ordinal));
        foreach (string instance in Distinct(compute, "device_id"))
        {
            if (request.Wants(RecordKinds.Instance))
                wanted.Add(fetch.ServerAsync(instance, stop));
            if (request.WithConsole)
                wanted.Add(fetch.ConsoleAsync(instance, mayFail: true, stop));
        }
    }

    private static IEnumerable<string> Distinct(IEnumerable<JsonElement> items, string name) =>
        items.Select(item => item.Text(name)).Where(text => text.Length > 0).Distinct();

    private async Task<List<JsonElement>> FindAsync(CancellationToken stop)
    {
        (PortSelectorForm form, string text) = PortSelector.Classify(request.Port);
        switch (form)
        {
            case PortSelectorForm.Id:
                List<JsonElement> port = await fetch
                    .NetworkAsync(RecordKinds.Port, $"ports/{text}", "", "", stop).ConfigureAwait(false);
                return port.Count > 0 ? port : await PortsAsync("device_id", text, stop).ConfigureAwait(false);
            case PortSelectorForm.Mac:
                return await PortsAsync("mac_address", text, stop).ConfigureAwait(false);
            case PortSelectorForm.Address:
                return await PortsAsync("fixed_ips", $"ip_address={text}", stop).ConfigureAwait(false);
            default:
                return await FindByNameAsync(request.Port.Trim(), form == PortSelectorForm.Prefix ? text : "", stop)
                    .ConfigureAwait(false);
        }
    }

    private async Task<List<JsonElement>> FindByNameAsync(string name, string prefix, CancellationToken stop)
    {
        List<JsonElement> ports = await PortsAsync("name", name, stop).ConfigureAwait(false);
        if (ports.Count == 0 && prefix.Length > 0)
            ports = await FindByPrefixAsync(prefix, stop).ConfigureAwait(false);
        return ports.Count > 0 ? ports : await FindByInstanceAsync(name, stop).ConfigureAwait(false);
    }

    /// <summary>Neutron has no filter for a prefix of an id: a list of ids only is small,
    /// even of many ports.</summary>
    private async Task<List<JsonElement>> FindByPrefixAsync(string prefix, CancellationToken stop)
    {
        List<JsonElement> ids = await fetch
            .LookUpAsync("ports?limit=1000&fields=id", "ports", stop).ConfigureAwait(false);
        string[] fitting = ids.Select(port => port.Text("id"))
            .Where(id => id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Take(MaximumCandidates).ToArray();
        if (fitting.Length == 0)
            return [];
        string query = string.Join('&', fitting.Select(id => $"id={Uri.EscapeDataString(id)}"));
        return await fetch.NetworkAsync(RecordKinds.Port, $"ports?{query}", "ports", "", stop).ConfigureAwait(false);
    }

    /// <summary>Nova takes the name as a regular expression, so it may answer more than was meant.</summary>
    private async Task<List<JsonElement>> FindByInstanceAsync(string name, CancellationToken stop)
    {
        string pattern = "^" + System.Text.RegularExpressions.Regex.Escape(name) + "$";
        List<JsonElement> servers = await fetch
            .ServersAsync($"&name={Uri.EscapeDataString(pattern)}", stop).ConfigureAwait(false);
        var ports = new List<JsonElement>();
        foreach (string id in Distinct(servers, "id").Take(MaximumCandidates))
            ports.AddRange(await PortsAsync("device_id", id, stop).ConfigureAwait(false));
        return ports;
    }

    private Task<List<JsonElement>> PortsAsync(string filter, string value, CancellationToken stop) =>
        fetch.NetworkAsync(RecordKinds.Port, $"ports?{filter}={Uri.EscapeDataString(value)}", "ports", "", stop);
}
