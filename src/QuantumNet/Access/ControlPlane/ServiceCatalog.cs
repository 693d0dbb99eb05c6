using System.Text.Json;

namespace QuantumNet.Access.ControlPlane;

/// <summary>An endpoint of the service catalogue.</summary>
internal sealed record ServiceEndpoint(string Type, string Name, string Region, string Interface, string Url)
{
    public override string ToString() => $"{Type} ({(Region.Length > 0 ? Region + ", " : "")}{Interface})";
}

/// <summary>Keystone's catalogue, in the form of v2 (<c>access.serviceCatalog</c>: one object per region, with
/// <c>publicURL</c> ...) or v3 (<c>token.catalog</c>: one object per interface).</summary>
internal sealed class ServiceCatalog
{
    private readonly List<ServiceEndpoint> _endpoints = [];

    /// <summary>Reads the catalogue's array.</summary>
    public static ServiceCatalog Read(JsonElement services)
    {
        var catalog = new ServiceCatalog();
        foreach (JsonElement service in services.Items())
        {
            foreach (JsonElement endpoint in service.Property("endpoints").Items())
                catalog.Add(service.Text("type"), service.Text("name"), endpoint);
        }
        return catalog;
    }

    private void Add(string type, string name, JsonElement endpoint)
    {
        string region = endpoint.Text("region_id") is { Length: > 0 } id ? id : endpoint.Text("region");
        if (endpoint.Text("url") is { Length: > 0 } url)
            _endpoints.Add(new ServiceEndpoint(type, name, region, endpoint.Text("interface"), url));
        foreach (string face in (string[])["public", "internal", "admin"])
        {
            if (endpoint.Text(face + "URL") is { Length: > 0 } old)
                _endpoints.Add(new ServiceEndpoint(type, name, region, face, old));
        }
    }

    /// <summary>Whether a service is there at all, in any region.</summary>
    public bool Offers(string type) => _endpoints.Exists(endpoint => endpoint.Type == type);

    /// <summary>The URL of a service; throws EndpointNotInCatalog when there is none.</summary>
    public Uri Find(string type, string region, string wantedInterface)
    {
        string face = wantedInterface.EndsWith("URL", StringComparison.Ordinal) ? wantedInterface[..^3]
            : wantedInterface;
        ServiceEndpoint? found = null;
        foreach (ServiceEndpoint endpoint in _endpoints)
        {
            if (endpoint.Type != type || (region.Length > 0 && endpoint.Region != region))
                continue;
            if (endpoint.Interface == (face.Length > 0 ? face : "public"))
            {
                found = endpoint;
                break;
            }
            if (face.Length == 0)
                found ??= endpoint;
        }
        if (found is null)
        {
            string shown = face.Length > 0 ? face : "public";
            throw ControlPlaneErrors.EndpointNotInCatalog(type, region, shown,
                    _endpoints.Select(e => e.ToString()).Distinct())
                .ToException();
        }
        return SafeUrl.TryParse(found.Url, out Uri url)
            ? url
            : throw ControlPlaneErrors.BadUrl($"The catalogue's endpoint of '{type}'", found.Url).ToException();
    }
}
