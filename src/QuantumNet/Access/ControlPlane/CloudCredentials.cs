using System.Net;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Where an OpenStack API is and who asks. Printing it shows no secret.</summary>
public sealed class CloudCredentials
{
    /// <summary>Keystone's URL, with or without its version.</summary>
    public string AuthUrl { get; init; } = "";
    /// <summary><c>2</c>, <c>2.0</c>, <c>3</c> or empty: find out.</summary>
    public string IdentityVersion { get; init; } = "";
    /// <summary>User's name.</summary>
    public string UserName { get; init; } = "";
    /// <summary>User's id, instead of name and domain.</summary>
    public string UserId { get; init; } = "";
    /// <summary>The user's domain, by name.</summary>
    public string UserDomainName { get; init; } = "";
    /// <summary>The user's domain, by id.</summary>
    public string UserDomainId { get; init; } = "";
    /// <summary>Password.</summary>
    public string Password { get; init; } = "";
    /// <summary>Project (v2: tenant) that the token is for, by name.</summary>
    public string ProjectName { get; init; } = "";
    /// <summary>Project (v2: tenant) that the token is for, by id.</summary>
    public string ProjectId { get; init; } = "";
    /// <summary>The project's domain, by name.</summary>
    public string ProjectDomainName { get; init; } = "";
    /// <summary>The project's domain, by id.</summary>
    public string ProjectDomainId { get; init; } = "";
    /// <summary>Domain that the token is for, by name.</summary>
    public string DomainName { get; init; } = "";
    /// <summary>Domain that the token is for, by id.</summary>
    public string DomainId { get; init; } = "";
    /// <summary><c>all</c>: a token for the whole system.</summary>
    public string SystemScope { get; init; } = "";
    /// <summary>Application credential's id.</summary>
    public string ApplicationCredentialId { get; init; } = "";
    /// <summary>Application credential's name (the user is needed too).</summary>
    public string ApplicationCredentialName { get; init; } = "";
    /// <summary>Application credential's secret.</summary>
    public string ApplicationCredentialSecret { get; init; } = "";
    /// <summary>A token, instead of a password.</summary>
    public string Token { get; init; } = "";
    /// <summary>Region; empty for the catalogue's first.</summary>
    public string RegionName { get; init; } = "";
    /// <summary><c>public</c>, <c>internal</c> or <c>admin</c>; a trailing <c>URL</c> is allowed.</summary>
    public string Interface { get; init; } = "";
    /// <summary>File of certificates to trust (PEM); empty for the machine's.</summary>
    public string CaCertificateFile { get; init; } = "";
    /// <summary>Whether any certificate is taken.</summary>
    public bool Insecure { get; init; }
    /// <summary>Neutron's URL where the catalogue's should not be used.</summary>
    public string NetworkEndpoint { get; init; } = "";
    /// <summary>Nova's URL where the catalogue's should not be used.</summary>
    public string ComputeEndpoint { get; init; } = "";
    /// <summary>Where these come from, for messages: <c>OS_* variables</c>, <c>clouds.yaml (mycloud)</c>.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Whether an application credential is given.</summary>
    public bool HasApplicationCredential => ApplicationCredentialSecret.Length > 0;

    /// <summary>These, with another user's name and password (<c>-Credential</c>);
    /// the domain is kept unless it is given.</summary>
    public CloudCredentials With(NetworkCredential credential) => Copy(credential, AuthUrl);

    /// <summary>These, with another Keystone (the inventory's <c>authUrl</c>).</summary>
    public CloudCredentials WithAuthUrl(string authUrl) => Copy(null, authUrl);

    private CloudCredentials Copy(NetworkCredential? other, string authUrl) => new()
    {
        AuthUrl = authUrl,
        IdentityVersion = IdentityVersion,
        UserName = other?.UserName ?? UserName,
        UserId = other is null ? UserId : "",
        UserDomainName = other is { Domain.Length: > 0 } ? other.Domain : UserDomainName,
        UserDomainId = other is { Domain.Length: > 0 } ? "" : UserDomainId,
        Password = other?.Password ?? Password,
        ProjectName = ProjectName,
        ProjectId = ProjectId,
        ProjectDomainName = ProjectDomainName,
        ProjectDomainId = ProjectDomainId,
        DomainName = DomainName,
        DomainId = DomainId,
        SystemScope = SystemScope,
        ApplicationCredentialId = other is null ? ApplicationCredentialId : "",
        ApplicationCredentialName = other is null ? ApplicationCredentialName : "",
        ApplicationCredentialSecret = other is null ? ApplicationCredentialSecret : "",
        Token = other is null ? Token : "",
        RegionName = RegionName,
        Interface = Interface,
        CaCertificateFile = CaCertificateFile,
        Insecure = Insecure,
        NetworkEndpoint = NetworkEndpoint,
        ComputeEndpoint = ComputeEndpoint,
        Origin = Origin,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{(UserName.Length > 0 ? UserName : UserId)} at {SafeUrl.Show(AuthUrl)}";
}

/// <summary>URLs as they may be shown: without the user and password that some put into them.</summary>
internal static class SafeUrl
{
    /// <summary>The URL without user information; text that is not a URL is returned as it is when it
    /// holds no <c>@</c>.</summary>
    public static string Show(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) ? Show(parsed) : url.Contains('@') ? "(not a URL)" : url;

    /// <summary>The URL without user information.</summary>
    public static string Show(Uri url) => url.GetComponents(
        UriComponents.Scheme | UriComponents.Host | UriComponents.Port | UriComponents.PathAndQuery,
        UriFormat.UriEscaped);

    /// <summary>Whether it is an absolute http or https URL.</summary>
    public static bool TryParse(string text, out Uri url)
    {
        bool ok = Uri.TryCreate(text, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is ("http" or "https");
        url = ok ? parsed! : new Uri("http://invalid.invalid");
        return ok;
    }
}
