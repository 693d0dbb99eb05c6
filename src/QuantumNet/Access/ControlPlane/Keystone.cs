using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuantumNet.Access.ControlPlane;

/// <summary>A token and what it opens. Printing it shows nothing.</summary>
internal sealed class ApiToken(string token, ServiceCatalog catalog)
{
    public string Token { get; } = token;
    public ServiceCatalog Catalog { get; } = catalog;
}

/// <summary>Gets tokens from Keystone v2.0 and v3 (Identity API, "Authentication and token management").</summary>
internal sealed class Keystone(CloudCredentials credentials, ApiConnection connection)
{
    /// <summary>A new token; throws when it is refused or Keystone cannot be asked.</summary>
    public async Task<ApiToken> AuthenticateAsync(CancellationToken stop)
    {
        (Uri url, bool isV3) = await DiscoverAsync(stop).ConfigureAwait(false);
        if (credentials is { Password.Length: 0, Token.Length: 0, HasApplicationCredential: false })
            throw ControlPlaneErrors.CredentialMissing(credentials).ToException();

        Uri tokens = new(url.AbsoluteUri.TrimEnd('/') + (isV3 ? "/auth/tokens" : "/tokens"));
        string body = (isV3 ? KeystoneBody.V3(credentials) : KeystoneBody.V2(credentials)).ToJsonString();
        ApiAnswer answer = await connection.SendAsync(HttpMethod.Post, tokens, "", body, stop).ConfigureAwait(false);
        if (answer.Status is 401 or 403)
            throw ControlPlaneErrors.AuthenticationFailed(credentials, tokens, Said(answer)).ToException();
        if (answer.Status is >= 300 and < 400)
            throw ControlPlaneErrors.Redirected(tokens, answer.Location?.ToString() ?? "elsewhere").ToException();
        if (!answer.IsSuccess)
            throw ControlPlaneErrors.Failed(tokens, answer.Status, Said(answer)).ToException();
        return Read(answer, isV3);
    }

    /// <summary>What Keystone says, unless it says a secret back.</summary>
    private string Said(ApiAnswer answer)
    {
        string said = JsonReading.ErrorMessage(answer.Body);
        string[] secrets = [credentials.Password, credentials.Token, credentials.ApplicationCredentialSecret];
        return secrets.Any(secret => secret.Length > 0 && said.Contains(secret, StringComparison.Ordinal)) ? "" : said;
    }

    private static ApiToken Read(ApiAnswer answer, bool isV3)
    {
        using JsonDocument? json = JsonReading.TryParse(answer.Body);
        JsonElement root = json?.RootElement ?? default;
        JsonElement access = root.Property("access");
        string token = isV3 ? answer.SubjectToken : access.Property("token").Text("id");
        JsonElement services = isV3 ? root.Property("token").Property("catalog") : access.Property("serviceCatalog");
        if (token.Length == 0)
            throw ControlPlaneErrors.NotJson(answer.Url,
                    json is null ? JsonReading.ErrorMessage(answer.Body) : "it holds no token")
                .ToException();
        return new ApiToken(token, ServiceCatalog.Read(services));
    }

    private async Task<(Uri Url, bool IsV3)> DiscoverAsync(CancellationToken stop)
    {
        if (credentials.AuthUrl.Length == 0)
            throw ControlPlaneErrors.NoAuthUrl(credentials.Origin).ToException();
        if (!SafeUrl.TryParse(credentials.AuthUrl, out Uri given))
            throw ControlPlaneErrors.BadUrl("Keystone's URL", credentials.AuthUrl).ToException();

        string path = given.AbsolutePath.TrimEnd('/');
        string last = path[(path.LastIndexOf('/') + 1)..];
        bool hasVersion = last is "v3" or "v2.0" or "v2";
        string root = hasVersion ? path[..path.LastIndexOf('/')] : path;
        if (hasVersion)
            return (WithPath(given, $"{root}/{(last == "v3" || NeedsV3 ? "v3" : "v2.0")}"), last == "v3" || NeedsV3);
        bool isV3 = NeedsV3 || credentials.IdentityVersion.StartsWith('3')
            || (!credentials.IdentityVersion.StartsWith('2') && await OffersV3Async(given, stop).ConfigureAwait(false));
        return (WithPath(given, $"{root}/{(isV3 ? "v3" : "v2.0")}"), isV3);
    }

    /// <summary>Whether the credentials mean nothing to v2.0.</summary>
    private bool NeedsV3 => credentials.HasApplicationCredential || credentials.SystemScope.Length > 0
        || credentials.DomainId.Length > 0 || credentials.DomainName.Length > 0;

    /// <summary>Asks the unversioned URL, which answers 300 with the list of versions.</summary>
    private async Task<bool> OffersV3Async(Uri url, CancellationToken stop)
    {
        ApiAnswer answer = await connection.SendAsync(HttpMethod.Get, url, "", null, stop).ConfigureAwait(false);
        using JsonDocument? json = JsonReading.TryParse(answer.Body);
        JsonElement versions = (json?.RootElement ?? default).Property("versions").Property("values");
        bool offersV2 = false;
        foreach (JsonElement version in versions.Items())
        {
            if (version.Text("id").StartsWith("v3", StringComparison.Ordinal))
                return true;
            offersV2 |= version.Text("id").StartsWith("v2", StringComparison.Ordinal);
        }
        return !offersV2;
    }

    private static Uri WithPath(Uri url, string path) =>
        new UriBuilder(url) { Path = path, UserName = "", Password = "", Query = "" }.Uri;
}

/// <summary>The bodies of requests for a token.</summary>
internal static class KeystoneBody
{
    public static JsonObject V2(CloudCredentials who)
    {
        var auth = new JsonObject();
        if (who.Password.Length > 0)
            auth["passwordCredentials"] = new JsonObject { ["username"] = who.UserName, ["password"] = who.Password };
        else
            auth["token"] = new JsonObject { ["id"] = who.Token };
        if (who.ProjectId.Length > 0)
            auth["tenantId"] = who.ProjectId;
        else if (who.ProjectName.Length > 0)
            auth["tenantName"] = who.ProjectName;
        return new JsonObject { ["auth"] = auth };
    }

    public static JsonObject V3(CloudCredentials who)
    {
        var auth = new JsonObject { ["identity"] = Identity(who) };
        if (!who.HasApplicationCredential && Scope(who) is { } scope)
            auth["scope"] = scope;
        return new JsonObject { ["auth"] = auth };
    }

    private static JsonObject Identity(CloudCredentials who)
    {
        if (who.HasApplicationCredential)
            return Method("application_credential", ApplicationCredential(who));
        if (who.Password.Length == 0)
            return Method("token", new JsonObject { ["id"] = who.Token });
        JsonObject user = User(who);
        user["password"] = who.Password;
        return Method("password", new JsonObject { ["user"] = user });
    }

    private static JsonObject Method(string name, JsonObject content) =>
        new() { ["methods"] = new JsonArray(name), [name] = content };

    private static JsonObject ApplicationCredential(CloudCredentials who)
    {
        var content = new JsonObject { ["secret"] = who.ApplicationCredentialSecret };
        if (who.ApplicationCredentialId.Length > 0)
        {
            content["id"] = who.ApplicationCredentialId;
            return content;
        }
        content["name"] = who.ApplicationCredentialName;
        content["user"] = User(who);
        return content;
    }

    private static JsonObject User(CloudCredentials who) => who.UserId.Length > 0
        ? new JsonObject { ["id"] = who.UserId }
        : new JsonObject { ["name"] = who.UserName, ["domain"] = Domain(who.UserDomainId, who.UserDomainName) };

    private static JsonObject Domain(string id, string name) => name.Length > 0 && id.Length == 0
        ? new JsonObject { ["name"] = name }
        : new JsonObject { ["id"] = id.Length > 0 ? id : "default" };

    private static JsonObject? Scope(CloudCredentials who)
    {
        if (who.ProjectId.Length > 0)
            return new JsonObject { ["project"] = new JsonObject { ["id"] = who.ProjectId } };
        if (who.ProjectName.Length > 0)
        {
            JsonObject domain = who.ProjectDomainId.Length + who.ProjectDomainName.Length > 0
                ? Domain(who.ProjectDomainId, who.ProjectDomainName)
                : Domain(who.UserDomainId, who.UserDomainName);
            return new JsonObject { ["project"] = new JsonObject { ["name"] = who.ProjectName, ["domain"] = domain } };
        }
        if (who.SystemScope.Length > 0)
            return new JsonObject { ["system"] = new JsonObject { ["all"] = true } };
        return who.DomainId.Length + who.DomainName.Length > 0
            ? new JsonObject { ["domain"] = Domain(who.DomainId, who.DomainName) }
            : null;
    }
}
