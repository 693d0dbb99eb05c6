using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Reads <c>clouds.yaml</c>, with <c>secure.yaml</c> laid over it and <c>clouds-public.yaml</c> under it
/// (openstacksdk, "Configuring OpenStack SDK Applications").</summary>
public sealed class CloudsYaml
{
    private readonly Func<string, string?> _variable;
    private readonly string[] _folders;

    /// <summary>Looks into the folders that OpenStack's clients look into.</summary>
    public CloudsYaml(Func<string, string?>? variable = null, string[]? folders = null)
    {
        _variable = variable ?? Environment.GetEnvironmentVariable;
        _folders = folders ?? DefaultFolders();
    }

    /// <summary>The credentials of a cloud; throws a <see cref="QuantumException"/> that lists the clouds there are
    /// when it is not one of them.</summary>
    public CloudCredentials Read(string cloudName)
    {
        string file = Locate("OS_CLIENT_CONFIG_FILE", "clouds") ?? throw NoFile(cloudName).ToException();
        YamlMappingNode clouds = Load(file, "clouds");
        if (Child(clouds, cloudName) is not YamlMappingNode cloud)
            throw NoCloud(cloudName, file, clouds).ToException();

        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        string profile = Text(cloud, "profile");
        if (profile.Length > 0 && Locate("OS_CLIENT_VENDOR_FILE", "clouds-public") is { } vendors)
            Flatten(Child(Load(vendors, "public-clouds"), profile), settings);
        Flatten(cloud, settings);
        if (Locate("OS_CLIENT_SECURE_FILE", "secure") is { } secure)
            Flatten(Child(Load(secure, "clouds"), cloudName), settings);
        return ToCredentials(settings, $"{Path.GetFileName(file)} ({cloudName})");
    }

    private static string[] DefaultFolders()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string? config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        string user = string.IsNullOrEmpty(config) ? Path.Combine(home, ".config") : config;
        return [Directory.GetCurrentDirectory(), Path.Combine(user, "openstack"), "/etc/openstack"];
    }

    private string? Locate(string variable, string name)
    {
        if (_variable(variable) is { Length: > 0 } named)
            return named;
        foreach (string folder in _folders)
        {
            foreach (string extension in (string[])[".yaml", ".yml", ".json"])
            {
                string path = Path.Combine(folder, name + extension);
                if (File.Exists(path))
                    return path;
            }
        }
        return null;
    }

    private static YamlMappingNode Load(string path, string root)
    {
        try
        {
            using var reader = new StreamReader(RegularFile.OpenRead(path));
            var stream = new YamlStream();
            stream.Load(reader);
            if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode top)
                return new YamlMappingNode();
            YamlMerge.Apply(top);
            return Child(top, root) as YamlMappingNode ?? new YamlMappingNode();
        }
        catch (YamlException e)
        {
            // The exception's own text may quote the file, which may hold a password: only its place is told.
            throw Invalid(path, $"line {e.Start.Line}, column {e.Start.Column}: not YAML").ToException();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, e.Message).ToException();
        }
    }

    private static YamlNode? Child(YamlMappingNode node, string name)
    {
        foreach ((YamlNode key, YamlNode value) in node.Children)
        {
            if (key is YamlScalarNode scalar && scalar.Value == name)
                return value;
        }
        return null;
    }

    private static string Text(YamlMappingNode node, string name) =>
        Child(node, name) is YamlScalarNode { Value: { } text } ? text : "";

    /// <summary>Takes a cloud's settings and those of its <c>auth</c>, the last reader winning;
    /// dashes are underscores.</summary>
    private static void Flatten(YamlNode? node, Dictionary<string, string> into)
    {
        if (node is not YamlMappingNode mapping)
            return;
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } rawName })
                continue;
            string name = rawName.Replace('-', '_');
            if (name == "auth")
                Flatten(value, into);
            else if (value is YamlScalarNode { Value: { } text })
                into[name] = text;
            else if (name == "regions" && value is YamlSequenceNode { Children.Count: > 0 } regions)
                into.TryAdd("region_name", RegionName(regions.Children[0]));
        }
    }

    private static string RegionName(YamlNode region) => region switch
    {
        YamlScalarNode { Value: { } name } => name,
        YamlMappingNode mapping => Text(mapping, "name"),
        _ => "",
    };

    private static CloudCredentials ToCredentials(Dictionary<string, string> settings, string origin)
    {
        string Get(params string[] names)
        {
            foreach (string name in names)
            {
                if (settings.TryGetValue(name, out string? value) && value.Length > 0)
                    return value;
            }
            return "";
        }

        return new CloudCredentials
        {
            AuthUrl = Get("auth_url"),
            IdentityVersion = Get("identity_api_version"),
            UserName = Get("username", "user_name"),
            UserId = Get("user_id"),
            UserDomainName = Get("user_domain_name", "default_domain_name"),
            UserDomainId = Get("user_domain_id", "default_domain", "default_domain_id"),
            Password = Get("password"),
            ProjectName = Get("project_name", "tenant_name"),
            ProjectId = Get("project_id", "tenant_id"),
            ProjectDomainName = Get("project_domain_name", "default_domain_name"),
            ProjectDomainId = Get("project_domain_id", "default_domain", "default_domain_id"),
            DomainName = Get("domain_name"),
            DomainId = Get("domain_id"),
            SystemScope = Get("system_scope"),
            ApplicationCredentialId = Get("application_credential_id"),
            ApplicationCredentialName = Get("application_credential_name"),
            ApplicationCredentialSecret = Get("application_credential_secret"),
            Token = Get("token"),
            RegionName = Get("region_name"),
            Interface = Get("interface", "endpoint_type"),
            CaCertificateFile = Expand(Get("cacert")),
            Insecure = OpenStackEnvironment.IsTrue(Get("insecure")) || IsFalse(Get("verify")),
            NetworkEndpoint = Get("network_endpoint_override"),
            ComputeEndpoint = Get("compute_endpoint_override"),
            Origin = origin,
        };
    }

    private static bool IsFalse(string text) =>
        text is "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase)
                    || text.Equals("no", StringComparison.OrdinalIgnoreCase);

    private static string Expand(string path) => path.StartsWith("~/", StringComparison.Ordinal)
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..])
        : path;

    private QuantumError NoFile(string cloudName) => new()
    {
        Id = "CloudsFileNotFound",
        Category = QuantumErrorCategory.ObjectNotFound,
        Target = cloudName,
        Message = $"Cloud '{cloudName}' is wanted, but there is no clouds.yaml in {string.Join(", ", _folders)}.",
        Advice = "Name the file in OS_CLIENT_CONFIG_FILE, or use OS_* variables instead.",
    };

    private static QuantumError NoCloud(string cloudName, string file, YamlMappingNode clouds) => new()
    {
        Id = "CloudNotFound",
        Category = QuantumErrorCategory.ObjectNotFound,
        Target = cloudName,
        Message = $"'{file}' has no cloud '{cloudName}'.",
        Advice =
            $"It has: {string.Join(", ", clouds.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value))}.",
    };

    private static QuantumError Invalid(string path, string why) => new()
    {
        Id = "CloudsFileInvalid",
        Category = QuantumErrorCategory.InvalidData,
        Target = path,
        Message = $"'{path}' cannot be read: {why}.",
        Advice = "Correct the file; openstacksdk's documentation of clouds.yaml tells its form.",
    };
}
