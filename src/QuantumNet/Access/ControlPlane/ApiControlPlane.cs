using QuantumNet.Observations.Connections;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Asks Neutron's and Nova's REST APIs (Networking API v2.0, Compute API v2.1),
/// with a token of Keystone v2.0 or v3.</summary>
public sealed class ApiControlPlane(CloudCredentials credentials, ApiOptions? options = null)
    : IControlPlane, IProbedControlPlane, IDisposable
{
    private readonly ApiOptions _options = options ?? new ApiOptions();
    private ApiSession? _session;

    /// <inheritdoc/>
    public RecordSource Source => RecordSource.Api;

    /// <inheritdoc/>
    public async Task<CommandOutput[]> FetchAsync(
        RecordRequest request, IGatherObserver observer, CancellationToken stop)
    {
        _session ??= new ApiSession(credentials, _options);
        await _session.OpenAsync(stop).ConfigureAwait(false);
        var fetch = new ApiFetch(_session, _options, observer);
        if (request.Port.Length == 0)
            await new ApiWholeCloud(fetch, request).RunAsync(stop).ConfigureAwait(false);
        else
            await new ApiOnePort(fetch, request).RunAsync(stop).ConfigureAwait(false);
        foreach (string instance in request.InstanceIds)
            await fetch.ConsoleAsync(instance, mayFail: false, stop).ConfigureAwait(false);
        return fetch.Answers();
    }

    Task<ControlPlaneProbe> IProbedControlPlane.ProbeAsync(IGatherObserver observer, CancellationToken stop) =>
        new ApiProbe(_session ??= new ApiSession(credentials, _options), credentials).LookAsync(observer, stop);

    /// <inheritdoc/>
    public void Dispose() => _session?.Dispose();
}
