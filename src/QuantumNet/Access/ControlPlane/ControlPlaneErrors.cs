using System.Net;

namespace QuantumNet.Access.ControlPlane;

/// <summary>What can go wrong with a control plane, one factory for each id.</summary>
internal static class ControlPlaneErrors
{
    public static QuantumError NoAuthUrl(string origin) => new()
    {
        Id = "AuthUrlMissing",
        Category = QuantumErrorCategory.InvalidArgument,
        Message = $"No Keystone URL is known: {origin} give none.",
        Advice = "Set OS_AUTH_URL or OS_CLOUD, or give 'authUrl' or 'cloud' in the inventory's 'controlPlane'.",
    };

    public static QuantumError BadUrl(string what, string url) => new()
    {
        Id = "UrlInvalid",
        Category = QuantumErrorCategory.InvalidArgument,
        Target = SafeUrl.Show(url),
        Message = $"{what} '{SafeUrl.Show(url)}' is not an http or https URL.",
        Advice = "Write it as http://controller:5000/v3.",
    };

    public static QuantumError CredentialMissing(CloudCredentials credentials) => new()
    {
        Id = "CredentialMissing",
        Category = QuantumErrorCategory.AuthenticationError,
        Target = SafeUrl.Show(credentials.AuthUrl),
        Message = $"There is no password, token or application credential for {SafeUrl.Show(credentials.AuthUrl)}.",
        Advice = "Set OS_PASSWORD, complete clouds.yaml, or pass -Credential.",
    };

    public static QuantumError AuthenticationFailed(CloudCredentials credentials, Uri url, string said) => new()
    {
        Id = "AuthenticationFailed",
        Category = QuantumErrorCategory.AuthenticationError,
        Target = SafeUrl.Show(url),
        Message = $"Keystone at {SafeUrl.Show(url)} refused the credentials of {Who(credentials)}{Quote(said)}.",
        Advice = "Check user, password, project and domains (OS_* variables, clouds.yaml or -Credential).",
    };

    public static QuantumError TokenRefused(Uri url) => new()
    {
        Id = "TokenRefused",
        Category = QuantumErrorCategory.AuthenticationError,
        Target = SafeUrl.Show(url),
        Message = $"{SafeUrl.Show(url)} refused a fresh token.",
        Advice = "Check the service's own Keystone settings ([keystone_authtoken]) and that the clocks agree.",
    };

    public static QuantumError Unreachable(Uri url, Exception cause) => new()
    {
        Id = "ControlPlaneUnreachable",
        Category = QuantumErrorCategory.ConnectionError,
        Target = SafeUrl.Show(url),
        Message = $"Cannot reach {url.Host}:{url.Port}: {cause.GetBaseException().Message}.".Replace("..", ".",
            StringComparison.Ordinal),
        Advice = $"Check that 'curl {url.Scheme}://{url.Host}:{url.Port}/' works from here; "
            + "if only a controller reaches it, "
            + "use \"source\": \"client\" in the inventory's 'controlPlane'.",
        Cause = cause,
    };

    public static QuantumError TimedOut(Uri url, int seconds) => new()
    {
        Id = "ApiTimeout",
        Category = QuantumErrorCategory.OperationTimeout,
        Target = SafeUrl.Show(url),
        Message = $"{SafeUrl.Show(url)} did not answer within {seconds} s.",
        Advice = "Look at the service's load and its log, and ask again, for one port rather than all.",
    };

    public static QuantumError CertificateNotTrusted(Uri url, Exception cause) => new()
    {
        Id = "CertificateNotTrusted",
        Category = QuantumErrorCategory.SecurityError,
        Target = SafeUrl.Show(url),
        Message =
            $"The certificate of {url.Host}:{url.Port} is not trusted: {cause.GetBaseException().Message}".TrimEnd('.')
            + ".",
        Advice = "Name the file of the authority's certificate in OS_CACERT (or 'cacert' in clouds.yaml).",
        Cause = cause,
    };

    public static QuantumError CertificateFileUnreadable(string path, Exception cause) => new()
    {
        Id = "CertificateFileUnreadable",
        Category = QuantumErrorCategory.ReadError,
        Target = path,
        Message = $"The certificates in '{path}' cannot be read: {cause.Message}",
        Advice = "OS_CACERT (or 'cacert' in clouds.yaml) must name a file of PEM certificates.",
        Cause = cause,
    };

    public static QuantumError EndpointNotInCatalog(
        string service, string region, string face, IEnumerable<string> offered) => new()
        {
            Id = "EndpointNotInCatalog",
            Category = QuantumErrorCategory.ObjectNotFound,
            Target = service,
            Message = $"The service catalogue has no {face} endpoint for '{service}'"
                + (region.Length > 0 ? $" in region '{region}'" : "") + $"; it offers: {Join(offered)}.",
            Advice = "Check OS_REGION_NAME and OS_INTERFACE, and that the token is for a project.",
        };

    public static QuantumError EndpointNotTrusted(string service, Uri url, string why) => new()
    {
        Id = "EndpointNotTrusted",
        Category = QuantumErrorCategory.SecurityError,
        Target = SafeUrl.Show(url),
        Message = $"The catalogue's endpoint of '{service}', {SafeUrl.Show(url)}, does not get the token: {why}.",
        Advice = $"If it is the right one, name it: OS_{service.ToUpperInvariant()}_ENDPOINT_OVERRIDE="
            + $"{SafeUrl.Show(url)}; otherwise correct the service catalogue.",
    };

    public static QuantumError Forbidden(Uri url, string what, string said) => new()
    {
        Id = "ApiForbidden",
        Category = QuantumErrorCategory.PermissionDenied,
        Target = SafeUrl.Show(url),
        Message = $"This user may not read {what}{Quote(said)}.",
        Advice = "Use a user with the admin (or reader) role to see it; what depends on it is Unknown until then.",
    };

    public static QuantumError Failed(Uri url, int status, string said) => new()
    {
        Id = "ApiFailed",
        Category = status == (int)HttpStatusCode.NotFound
            ? QuantumErrorCategory.ObjectNotFound : QuantumErrorCategory.InvalidData,
        Target = SafeUrl.Show(url),
        Message = $"{SafeUrl.Show(url)} answered {status}{Quote(said)}.",
        Advice = status >= 500
            ? "Look into the service's log on the controller, then ask again."
            : "Check the endpoint in the service catalogue and the service's version.",
    };

    public static QuantumError Redirected(Uri url, string to) => new()
    {
        Id = "ApiRedirected",
        Category = QuantumErrorCategory.SecurityError,
        Target = SafeUrl.Show(url),
        Message = $"{SafeUrl.Show(url)} redirects to {SafeUrl.Show(to)}, which a token does not follow.",
        Advice = "Put that URL into OS_AUTH_URL or the service catalogue if it is the right one.",
    };

    public static QuantumError NotJson(Uri url, string begins) => new()
    {
        Id = "ApiAnswerNotJson",
        Category = QuantumErrorCategory.InvalidData,
        Target = SafeUrl.Show(url),
        Message = $"{SafeUrl.Show(url)} answered no JSON{Quote(begins)}.",
        Advice = "A proxy or another service may stand at this address: check it in the service catalogue.",
    };

    public static QuantumError ListTooLong(Uri url, string limit) => new()
    {
        Id = "ApiListTooLong",
        Category = QuantumErrorCategory.InvalidData,
        Target = SafeUrl.Show(url),
        Message = $"The list goes on at {SafeUrl.Show(url)} after {limit}; the rest was not read.",
        Advice = "Ask for one port instead of all.",
    };

    public static QuantumError TooLarge(Uri url, long maximum) => new()
    {
        Id = "ApiAnswerTooLarge",
        Category = QuantumErrorCategory.InvalidData,
        Target = SafeUrl.Show(url),
        Message = $"{SafeUrl.Show(url)} answered more than {maximum / (1024 * 1024)} MiB, which was not read.",
        Advice = "Ask for one port instead of all.",
    };

    private static string Who(CloudCredentials credentials) =>
        credentials.HasApplicationCredential && credentials.UserName.Length == 0 ? "the application credential"
        : credentials.Password.Length == 0 && credentials.Token.Length > 0 ? "the token"
        : $"user '{(credentials.UserName.Length > 0 ? credentials.UserName : credentials.UserId)}'";

    private static string Quote(string said) => said.Length == 0 ? "" : $": {said.TrimEnd('.')}";

    private static string Join(IEnumerable<string> items)
    {
        string all = string.Join(", ", items);
        return all.Length > 0 ? all : "nothing";
    }
}
