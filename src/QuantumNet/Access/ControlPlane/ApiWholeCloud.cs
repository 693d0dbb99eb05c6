using System.Text.Json;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Asks for every record: one list per kind, and the DHCP agents of each network that has DHCP.</summary>
internal sealed class ApiWholeCloud(ApiFetch fetch, RecordRequest request)
{
    public async Task RunAsync(CancellationToken stop)
    {
        Task<List<JsonElement>> networks = ListAsync(RecordKinds.Network, "networks", stop);
        Task<List<JsonElement>> subnets = request.Wants(RecordKinds.DhcpAgent) && !request.Wants(RecordKinds.Subnet)
            ? fetch.LookUpAsync("subnets?limit=1000&fields=network_id&fields=enable_dhcp", "subnets", stop)
            : ListAsync(RecordKinds.Subnet, "subnets", stop);
        Task<List<JsonElement>>[] rest =
        [
            networks,
            ListAsync(RecordKinds.Port, "ports", stop),
            ListAsync(RecordKinds.Agent, "agents", stop),
            ListAsync(RecordKinds.SecurityGroupRule, "security-groups", stop, "security_groups"),
            request.Wants(RecordKinds.Instance) ? fetch.ServersAsync("", stop) : s_none,
        ];
        List<JsonElement> found = await subnets.ConfigureAwait(false);
        if (request.Wants(RecordKinds.DhcpAgent))
        {
            string[] served = found.Where(subnet => subnet.Property("enable_dhcp").ValueKind != JsonValueKind.False)
                .Select(subnet => subnet.Text("network_id")).Where(id => id.Length > 0).Distinct().ToArray();
            await Task.WhenAll(served.Select(id =>
                fetch.NetworkAsync(RecordKinds.DhcpAgent, $"networks/{id}/dhcp-agents", "agents", id, stop)))
                .ConfigureAwait(false);
        }
        await Task.WhenAll(rest).ConfigureAwait(false);
    }

    private static readonly Task<List<JsonElement>> s_none = Task.FromResult(new List<JsonElement>());

    private Task<List<JsonElement>> ListAsync(string kind, string path, CancellationToken stop, string list = "") =>
        request.Wants(kind)
            ? fetch.NetworkAsync(kind, kind == RecordKinds.Agent ? path : $"{path}?limit=1000",
                list.Length > 0 ? list : path, "", stop)
            : s_none;
}
