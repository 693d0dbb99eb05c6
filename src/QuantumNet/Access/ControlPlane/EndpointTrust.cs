using System.Net;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Where a token may go. Whoever can write the service catalogue could otherwise have it sent to a port of the
/// operator's own machine, to a metadata service, or in clear text.</summary>
internal static class EndpointTrust
{
    /// <summary>Why a token does not go to an endpoint that the catalogue names; null where it does.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="keystone">Keystone, as the user named it: what it is, the rest of its cloud may be.</param>
    public static string? WhyNot(Uri endpoint, Uri keystone)
    {
        if (endpoint.Scheme != Uri.UriSchemeHttps && keystone.Scheme == Uri.UriSchemeHttps)
            return "it is not encrypted, and Keystone is";
        if (IsLoopback(endpoint) && !IsLoopback(keystone))
            return "it is this machine, and Keystone is not";
        return IsLinkLocal(endpoint) && !IsLinkLocal(keystone)
            ? "it is a link-local address, as metadata services have" : null;
    }

    private static bool IsLoopback(Uri url) => url.IsLoopback
        || (AddressOf(url) is { } address && (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any)
            || address.Equals(IPAddress.IPv6Any)));

    private static bool IsLinkLocal(Uri url) => AddressOf(url) is { } address
        && (address.IsIPv6LinkLocal || (address.GetAddressBytes() is [169, 254, ..] and { Length: 4 }));

    private static IPAddress? AddressOf(Uri url) => !IPAddress.TryParse(url.DnsSafeHost, out IPAddress? address) ? null
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
