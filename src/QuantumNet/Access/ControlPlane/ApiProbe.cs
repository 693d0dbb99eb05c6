using QuantumNet.Observations.Connections;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Looks at an API: a token, and one record of each service.</summary>
internal sealed class ApiProbe(ApiSession session, CloudCredentials credentials)
{
    /// <summary>Looks. What fails is in the answer.</summary>
    public async Task<ControlPlaneProbe> LookAsync(IGatherObserver observer, CancellationToken stop)
    {
        ControlPlaneProbe probe = new()
        {
            ComputerName = SafeUrl.TryParse(credentials.AuthUrl, out Uri keystone) ? keystone.Host : "",
            Address = SafeUrl.Show(credentials.AuthUrl),
            UserName = credentials.UserName,
            Source = "api",
        };
        try
        {
            await session.OpenAsync(stop).ConfigureAwait(false);
        }
        catch (QuantumException e)
        {
            return probe with { Error = e.Error };
        }
        List<ProbedService> services = [new("identity", probe.Address, [], null)];
        services.Add(await AskAsync("network", session.Network, "networks?fields=id&limit=1", "networks",
            ServiceRecords.Network, stop).ConfigureAwait(false));
        services.Add(await AskAsync("network agents", session.Network, "agents?fields=id&limit=1", "agents",
            ServiceRecords.Agents, stop).ConfigureAwait(false));
        services.Add(session.OffersCompute
            ? await AskAsync("compute", session.Compute, "servers/detail?limit=1", "instances",
                ServiceRecords.Compute, stop).ConfigureAwait(false)
            : new("compute", "", ServiceRecords.Compute, null) { IsAbsent = true });
        foreach (ProbedService service in services)
            observer.Verbose(service.IsAbsent ? $"{service.Name}: the cloud has none"
                : $"{service.Name} at {service.Address}: {service.Error?.Message ?? "answers"}");
        return probe with { Services = services };
    }

    private async Task<ProbedService> AskAsync(
        string name, Func<Uri> endpoint, string path, string what, string[] kinds, CancellationToken stop)
    {
        string address = "";
        try
        {
            Uri url = endpoint();
            address = SafeUrl.Show(url);
            ApiAnswer answer = (await session.GetAsync(new Uri(url, path), "", stop).ConfigureAwait(false))[^1];
            QuantumError? error = answer.IsSuccess ? null : answer.Status == 403
                ? ControlPlaneErrors.Forbidden(answer.Url, what, JsonReading.ErrorMessage(answer.Body))
                : ControlPlaneErrors.Failed(answer.Url, answer.Status, JsonReading.ErrorMessage(answer.Body));
            return new(name, address, kinds, error);
        }
        catch (QuantumException e)
        {
            return new(name, address, kinds, e.Error);
        }
    }
}
