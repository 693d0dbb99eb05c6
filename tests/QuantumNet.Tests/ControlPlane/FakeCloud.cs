using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using QuantumNet.Access.ControlPlane;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>A request as the fake cloud heard it.</summary>
internal sealed record HeardRequest(string Method, string Path, string Query, string Token, string Body);

/// <summary>What the fake cloud says.</summary>
internal sealed record FakeReply(int Status, string Body, string ContentType = "application/json")
{
    public string SubjectToken { get; init; } = "";
    public string Location { get; init; } = "";
    public bool Hangs { get; init; }
}

/// <summary>Keystone v2.0 and v3, Neutron and Nova on loopback. Neutron's bodies are those that a real one answered;
/// it filters and pages them as Neutron does.</summary>
internal sealed class FakeCloud : IDisposable
{
    public const string Password = "s3cr3t-passphrase";
    public const string InstanceName = "web1";
    private const string Recorded = "neutron-zed/hybrid+gre/controller/rest/";
    private readonly HttpListener _listener = new();
    private readonly object _lock = new();
    private readonly List<HeardRequest> _heard = [];
    private int _tokens;

    public FakeCloud()
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Url { get; }

    /// <summary>Looked at before all else; null goes on to the usual answer.</summary>
    public Func<HeardRequest, FakeReply?> Special { get; set; } = _ => null;

    /// <summary>Records on one page; 0 for all.</summary>
    public int PageSize { get; set; }

    /// <summary>Whether Nova stands in the catalogue.</summary>
    public bool HasCompute { get; init; } = true;

    /// <summary>Host written into the links to next pages.</summary>
    public string LinkHost { get; set; } = "";

    public string CurrentToken => $"token-{_tokens}-opaque";

    public HeardRequest[] Heard
    {
        get
        {
            lock (_lock)
                return [.. _heard];
        }
    }

    public CloudCredentials Credentials(string path = "/identity/v3") => new()
    {
        AuthUrl = Url + path,
        UserName = "admin",
        Password = Password,
        ProjectName = "admin",
        UserDomainName = "Default",
        ProjectDomainName = "Default",
        Origin = "a test",
    };

    public void Dispose() => _listener.Close();

    public static JsonNode Body(string file)
    {
        string text = Fixture.Text(Recorded + file);
        return JsonNode.Parse(text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])!;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var request = new HeardRequest(
            context.Request.HttpMethod,
            context.Request.Url!.AbsolutePath,
            context.Request.Url.Query,
            context.Request.Headers["X-Auth-Token"] ?? "",
            await reader.ReadToEndAsync());
        lock (_lock)
            _heard.Add(request);
        FakeReply reply = Special(request) ?? Usual(request);
        if (reply.Hangs)
            return;
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        if (reply.SubjectToken.Length > 0)
            context.Response.Headers["X-Subject-Token"] = reply.SubjectToken;
        if (reply.Location.Length > 0)
            context.Response.Headers["Location"] = reply.Location;
        try
        {
            byte[] bytes = Encoding.UTF8.GetBytes(reply.Body);
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client went away, as some tests want.
        }
    }

    private FakeReply Usual(HeardRequest request) => request switch
    {
        { Method: "GET", Path: "/identity" or "/identity/" } => new(300, Versions),
        { Method: "POST", Path: "/identity/v3/auth/tokens" } => TokenV3(request),
        { Method: "POST", Path: "/identity/v2.0/tokens" } => TokenV2(request),
        _ when request.Token != CurrentToken =>
            new(401, """{"error": {"code": 401, "message": "The request you have made requires authentication."}}"""),
        { Path: var path } when path.StartsWith("/compute/", StringComparison.Ordinal) => Nova(request),
        { Path: var path } when path.StartsWith("/v2.0/", StringComparison.Ordinal) =>
            Neutron(request, path["/v2.0/".Length..]),
        _ => new(404, """{"message": "The resource could not be found."}"""),
    };

    private const string Versions =
        """{"versions": {"values": [{"id": "v3.14", "status": "stable"}, {"id": "v2.0", "status": "deprecated"}]}}""";

    private FakeReply TokenV3(HeardRequest request)
    {
        if (!request.Body.Contains(Password, StringComparison.Ordinal))
            return new(401,
                """{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}""");
        JsonNode body = JsonNode.Parse(Body("keystone-token.http").ToJsonString()
            .Replace("http://10.0.20.10:9696", Url, StringComparison.Ordinal)
            .Replace("http://10.0.20.10:5000", Url + "/identity", StringComparison.Ordinal))!;
        if (HasCompute)
            body["token"]!["catalog"]!.AsArray().Add(JsonNode.Parse(
            $$"""{"type": "compute", "name": "nova", "endpoints": [{"interface": "public", "region_id": "RegionOne", "url": "{{Url}}/compute/v2.1"}]}"""));
        Interlocked.Increment(ref _tokens);
        return new(201, body.ToJsonString()) { SubjectToken = CurrentToken };
    }

    private FakeReply TokenV2(HeardRequest request)
    {
        if (!request.Body.Contains(Password, StringComparison.Ordinal))
            return new(401,
                """{"error": {"message": "The request you have made requires authentication.", "code": 401, "title": "Not Authorized"}}""");
        Interlocked.Increment(ref _tokens);
        return new(200,
            $$"""
            {"access": {"token": {"id": "{{CurrentToken}}", "expires": "2013-05-10T00:00:00Z"}, "serviceCatalog": [
              {"type": "network", "name": "quantum", "endpoints": [{"region": "RegionOne", "publicURL": "{{Url}}/", "internalURL": "{{Url}}/", "adminURL": "{{Url}}/"}]},
              {"type": "compute", "name": "nova", "endpoints": [{"region": "RegionOne", "publicURL": "{{Url}}/compute/v2"}]}]} }
            """);
    }

    private static FakeReply Nova(HeardRequest request)
    {
        string id = Body("port.http")["port"]!["device_id"]!.GetValue<string>();
        string server =
            $$"""{"id": "{{id}}", "name": "{{InstanceName}}", "status": "ACTIVE", "OS-EXT-SRV-ATTR:host": "compute1"}""";
        if (request.Path.EndsWith("/action", StringComparison.Ordinal))
            return new(200, """{"output": "udhcpc (v1.17.2) started\nSending discover...\n"}""");
        if (!request.Path.EndsWith("/detail", StringComparison.Ordinal))
            return request.Path.EndsWith(id, StringComparison.Ordinal)
                ? new(200, $$"""{"server": {{server}} }""")
                : new(404, """{"itemNotFound": {"message": "Instance could not be found.", "code": 404}}""");
        string name = Uri.UnescapeDataString(request.Query);
        bool fits = !name.Contains("name=", StringComparison.Ordinal)
            || name.Contains($"name=^{InstanceName}$", StringComparison.Ordinal);
        return new(200, $$"""{"servers": [{{(fits ? server : "")}}]}""");
    }

    private FakeReply Neutron(HeardRequest request, string path)
    {
        string[] parts = path.Split('/');
        if (parts is ["networks", _, "dhcp-agents"])
            return new(200, Body("dhcp-agents.http").ToJsonString());
        string list = parts[0].Replace('-', '_');
        if (list is not ("ports" or "networks" or "subnets" or "agents" or "security_groups"))
            return new(404, """{"message": "The resource could not be found."}""");
        JsonArray all = Body(parts[0] + ".http")[list]!.AsArray();
        if (parts.Length == 1)
            return Page(request, list,
                [.. all.Where(item => Fits(item!, request.Query)).Select(item => item!.DeepClone())]);
        JsonNode? one = all.FirstOrDefault(item => item!["id"]!.GetValue<string>() == parts[1]);
        return one is null
            ? new(404, Body("port-missing.http").ToJsonString())
            : new(200, new JsonObject { [list[..^1]] = one.DeepClone() }.ToJsonString());
    }

    private FakeReply Page(HeardRequest request, string list, JsonNode[] items)
    {
        var body = new JsonObject();
        string marker = Parameter(request.Query, "marker").FirstOrDefault("");
        int start = marker.Length == 0 ? 0
            : Array.FindIndex(items, item => item["id"]!.GetValue<string>() == marker) + 1;
        int count = PageSize == 0 ? items.Length : PageSize;
        JsonNode[] page = [.. items.Skip(start).Take(count)];
        body[list] = new JsonArray(page);
        if (start + count < items.Length)
        {
            string host = LinkHost.Length > 0 ? LinkHost : Url;
            string query = request.Query.TrimStart('?').Split("&marker=")[0];
            string href = $"{host}{request.Path}?{query}&marker={page[^1]["id"]!.GetValue<string>()}";
            body[list + "_links"] = new JsonArray(new JsonObject { ["rel"] = "next", ["href"] = href });
        }
        return new(200, body.ToJsonString());
    }

    private static bool Fits(JsonNode item, string query)
    {
        foreach (string name in (string[])["id", "name", "mac_address", "device_id", "device_owner", "network_id"])
        {
            string[] wanted = [.. Parameter(query, name)];
            if (wanted.Length > 0 && !wanted.Contains(item[name]?.GetValue<string>()))
                return false;
        }
        foreach (string address in Parameter(query, "fixed_ips"))
        {
            if (!item["fixed_ips"]!.AsArray()
                .Any(ip => "ip_address=" + ip!["ip_address"]!.GetValue<string>() == address))
                return false;
        }
        return true;
    }

    private static IEnumerable<string> Parameter(string query, string name) => query.TrimStart('?').Split('&')
        .Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(pair => Uri.UnescapeDataString(pair[(name.Length + 1)..]));
}
