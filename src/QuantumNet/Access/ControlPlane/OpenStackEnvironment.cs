namespace QuantumNet.Access.ControlPlane;

/// <summary>Reads the <c>OS_*</c> variables, of Keystone v2 and v3, that OpenStack's clients read
/// (python-openstackclient, "Environment variables"; the older names are those of the neutron
/// and nova clients).</summary>
public static class OpenStackEnvironment
{
    /// <summary>The variables of this process.</summary>
    public static CloudCredentials Read() => Read(Environment.GetEnvironmentVariable);

    /// <summary>The variables that <paramref name="variable"/> knows; null where one is not set.</summary>
    public static CloudCredentials Read(Func<string, string?> variable)
    {
        string Get(params string[] names)
        {
            foreach (string name in names)
            {
                if (variable(name) is { Length: > 0 } value)
                    return value;
            }
            return "";
        }

        string anyDomain = Get("OS_DEFAULT_DOMAIN");
        string anyDomainId = Get("OS_DEFAULT_DOMAIN_ID");
        return new CloudCredentials
        {
            AuthUrl = Get("OS_AUTH_URL"),
            IdentityVersion = Get("OS_IDENTITY_API_VERSION"),
            UserName = Get("OS_USERNAME", "OS_USER_NAME"),
            UserId = Get("OS_USER_ID"),
            UserDomainName = Or(Get("OS_USER_DOMAIN_NAME"), anyDomain),
            UserDomainId = Or(Get("OS_USER_DOMAIN_ID"), anyDomainId),
            Password = Get("OS_PASSWORD"),
            ProjectName = Get("OS_PROJECT_NAME", "OS_TENANT_NAME"),
            ProjectId = Get("OS_PROJECT_ID", "OS_TENANT_ID"),
            ProjectDomainName = Or(Get("OS_PROJECT_DOMAIN_NAME"), anyDomain),
            ProjectDomainId = Or(Get("OS_PROJECT_DOMAIN_ID"), anyDomainId),
            DomainName = Get("OS_DOMAIN_NAME"),
            DomainId = Get("OS_DOMAIN_ID"),
            SystemScope = Get("OS_SYSTEM_SCOPE"),
            ApplicationCredentialId = Get("OS_APPLICATION_CREDENTIAL_ID"),
            ApplicationCredentialName = Get("OS_APPLICATION_CREDENTIAL_NAME"),
            ApplicationCredentialSecret = Get("OS_APPLICATION_CREDENTIAL_SECRET"),
            Token = Get("OS_TOKEN", "OS_AUTH_TOKEN"),
            RegionName = Get("OS_REGION_NAME"),
            Interface = Get("OS_INTERFACE", "OS_ENDPOINT_TYPE"),
            CaCertificateFile = Get("OS_CACERT"),
            Insecure = IsTrue(Get("OS_INSECURE")),
            NetworkEndpoint = Get("OS_NETWORK_ENDPOINT_OVERRIDE"),
            ComputeEndpoint = Get("OS_COMPUTE_ENDPOINT_OVERRIDE"),
            Origin = "the OS_* environment variables",
        };
    }

    private static string Or(string value, string other) => value.Length > 0 ? value : other;

    internal static bool IsTrue(string text) =>
        text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase)
                    || text.Equals("yes", StringComparison.OrdinalIgnoreCase);
}
