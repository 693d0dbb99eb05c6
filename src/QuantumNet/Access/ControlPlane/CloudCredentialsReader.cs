using System.Net;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Puts together who asks: a cloud of clouds.yaml, or the <c>OS_*</c> variables;
/// then what was given by hand.</summary>
public static class CloudCredentialsReader
{
    /// <summary>The credentials to use.</summary>
    /// <param name="cloudName">A cloud of clouds.yaml; empty for <c>OS_CLOUD</c>,
    /// then the <c>OS_*</c> variables.</param>
    /// <param name="authUrl">Keystone as the inventory names it; empty for the one found.</param>
    /// <param name="credential">User and password given by hand; null for those found.</param>
    /// <param name="variable">Reads an environment variable; this process's when null.</param>
    /// <param name="folders">Where clouds.yaml may be; the usual folders when null.</param>
    public static CloudCredentials Read(
        string cloudName = "",
        string authUrl = "",
        NetworkCredential? credential = null,
        Func<string, string?>? variable = null,
        string[]? folders = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        string cloud = cloudName.Length > 0 ? cloudName : authUrl.Length > 0 ? "" : variable("OS_CLOUD") ?? "";
        CloudCredentials found = cloud.Length > 0
            ? new CloudsYaml(variable, folders).Read(cloud)
            : OpenStackEnvironment.Read(variable);
        if (authUrl.Length > 0)
            found = found.WithAuthUrl(authUrl);
        return credential is null ? found : found.With(credential);
    }
}
