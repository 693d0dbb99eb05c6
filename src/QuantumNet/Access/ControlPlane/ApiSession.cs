using System.Diagnostics;
using System.Text.Json;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>A token in use: requests to services, page by page, with the token renewed once when
/// a service refuses it.</summary>
internal sealed class ApiSession : IDisposable
{
    private readonly CloudCredentials _credentials;
    private readonly ApiOptions _options;
    private readonly ApiConnection _connection;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _renewing = new(1);
    private readonly MissingCompute _missingCompute = new();
    private ApiToken? _token;

    public ApiSession(CloudCredentials credentials, ApiOptions options)
    {
        _credentials = credentials;
        _options = options;
        _connection = new ApiConnection(credentials, options);
        _slots = new SemaphoreSlim(options.ThrottleLimit);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _slots.Dispose();
        _renewing.Dispose();
    }

    /// <summary>Gets the first token; throws when there is none to be had.</summary>
    public async Task OpenAsync(CancellationToken stop) => await TokenAsync(null, stop).ConfigureAwait(false);

    /// <summary>Neutron's URL, <c>/v2.0</c> included.</summary>
    public Uri Network()
    {
        Uri url = Endpoint("network", _credentials.NetworkEndpoint);
        string path = url.AbsolutePath.TrimEnd('/');
        return path.EndsWith("/v2.0", StringComparison.Ordinal) ? Slashed(url, path) : Slashed(url, path + "/v2.0");
    }

    /// <summary>Nova's URL, version and project included.</summary>
    public Uri Compute()
    {
        Uri url = Endpoint("compute", _credentials.ComputeEndpoint);
        return Slashed(url, url.AbsolutePath.TrimEnd('/'));
    }

    /// <summary>Whether the cloud has Nova at all.</summary>
    public bool OffersCompute => _credentials.ComputeEndpoint.Length > 0 || _token!.Catalog.Offers("compute");

    /// <summary>Whether the cloud has Nova at all; told once when it has not.</summary>
    public bool HasCompute(IGatherObserver observer)
    {
        if (OffersCompute)
            return true;
        _missingCompute.Tell(observer, "The service catalogue has no compute service (Nova)");
        return false;
    }

    private Uri Endpoint(string type, string instead)
    {
        if (instead.Length == 0)
            return Trusted(type, _token!.Catalog.Find(type, _credentials.RegionName, _credentials.Interface));
        return SafeUrl.TryParse(instead, out Uri url)
            ? url
            : throw ControlPlaneErrors.BadUrl($"The endpoint given for '{type}'", instead).ToException();
    }

    private Uri Trusted(string type, Uri url) => SafeUrl.TryParse(_credentials.AuthUrl, out Uri keystone)
        && EndpointTrust.WhyNot(url, keystone) is { } why
        ? throw ControlPlaneErrors.EndpointNotTrusted(type, url, why).ToException() : url;

    private static Uri Slashed(Uri url, string path) =>
        new UriBuilder(url) { Path = path + "/", UserName = "", Password = "", Query = "" }.Uri;

    /// <summary>Gets a list with all its pages, or one object. The answers are in order; the last may be a failure, or
    /// tell why the next page was not asked for or did not come: the pages before it are not lost.</summary>
    /// <param name="url">The first page.</param>
    /// <param name="list">The list's name (<c>ports</c>); empty for one object.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<List<ApiAnswer>> GetAsync(Uri url, string list, CancellationToken stop)
    {
        var pages = new List<ApiAnswer>();
        var seen = new HashSet<string>();
        Stopwatch watch = Stopwatch.StartNew();
        Uri? next = url;
        while (next is not null && seen.Add(next.Query))
        {
            ApiAnswer page = LimitReached(pages, watch.Elapsed) is { } limit
                ? NotCome(next, ControlPlaneErrors.ListTooLong(next, limit))
                : await PageAsync(next, pages.Count > 0, stop).ConfigureAwait(false);
            pages.Add(page);
            next = page.IsSuccess && list.Length > 0 ? NextPage(page, list) : null;
        }
        return pages;
    }

    private string? LimitReached(List<ApiAnswer> pages, TimeSpan elapsed) => pages.Count == 0 ? null
        : pages.Count >= _options.MaximumPages ? $"{_options.MaximumPages} pages"
        : pages.Sum(page => (long)page.Body.Length) > _options.MaximumListBytes
            ? $"{_options.MaximumListBytes / (1024 * 1024)} MiB"
        : elapsed.TotalSeconds > _options.MaximumListSeconds ? $"{_options.MaximumListSeconds} s" : null;

    private async Task<ApiAnswer> PageAsync(Uri url, bool keepsError, CancellationToken stop)
    {
        try
        {
            return await SendAsync(HttpMethod.Get, url, null, stop).ConfigureAwait(false);
        }
        catch (QuantumException e) when (keepsError)
        {
            return NotCome(url, e.Error);
        }
    }

    private static ApiAnswer NotCome(Uri url, QuantumError error) =>
        new(url, "GET", 0, [], "", null) { Error = error, StartedAt = DateTime.UtcNow };

    /// <summary>Posts a question whose answer changes nothing.</summary>
    public Task<ApiAnswer> PostAsync(Uri url, string body, CancellationToken stop) =>
        SendAsync(HttpMethod.Post, url, body, stop);

    private async Task<ApiAnswer> SendAsync(HttpMethod method, Uri url, string? body, CancellationToken stop)
    {
        await _slots.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            ApiToken token = await TokenAsync(null, stop).ConfigureAwait(false);
            ApiAnswer answer = await FollowAsync(method, url, token, body, stop).ConfigureAwait(false);
            if (answer.Status != 401)
                return answer;
            token = await TokenAsync(token, stop).ConfigureAwait(false);
            answer = await FollowAsync(method, url, token, body, stop).ConfigureAwait(false);
            return answer.Status != 401 ? answer : throw ControlPlaneErrors.TokenRefused(url).ToException();
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Follows one redirect if it stays on the same service, such as one that adds a slash.</summary>
    private async Task<ApiAnswer> FollowAsync(
        HttpMethod method, Uri url, ApiToken token, string? body, CancellationToken stop)
    {
        ApiAnswer answer = await _connection.SendAsync(method, url, token.Token, body, stop).ConfigureAwait(false);
        if (answer.Status is not (301 or 302 or 303 or 307 or 308) || answer.Location is null)
            return answer;
        var to = new Uri(url, answer.Location);
        bool sameService = Uri.Compare(url, to, UriComponents.SchemeAndServer, UriFormat.Unescaped,
            StringComparison.OrdinalIgnoreCase) == 0;
        if (!sameService || method != HttpMethod.Get)
            throw ControlPlaneErrors.Redirected(url, to.ToString()).ToException();
        ApiAnswer second = await _connection.SendAsync(method, to, token.Token, body, stop).ConfigureAwait(false);
        return second.Status is < 300 or >= 400 ? second
            : throw ControlPlaneErrors.Redirected(to, second.Location?.ToString() ?? "").ToException();
    }

    /// <summary>The token in use; a new one when it is the refused one.</summary>
    private async Task<ApiToken> TokenAsync(ApiToken? refused, CancellationToken stop)
    {
        await _renewing.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_token is null || ReferenceEquals(_token, refused))
                _token = await new Keystone(_credentials, _connection).AuthenticateAsync(stop).ConfigureAwait(false);
            return _token;
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <summary>The next page's URL, from <c>ports_links</c>: only its query is taken, since the host in it may be one
    /// that only the controller knows, and the token must not go elsewhere.</summary>
    private static Uri? NextPage(ApiAnswer page, string list)
    {
        using JsonDocument? json = JsonReading.TryParse(page.Body);
        foreach (JsonElement link in (json?.RootElement ?? default).Property(list + "_links").Items())
        {
            if (link.Text("rel") == "next" && Uri.TryCreate(page.Url, link.Text("href"), out Uri? next))
                return new UriBuilder(page.Url) { Query = next.Query }.Uri;
        }
        return null;
    }

    /// <summary>The answer as a snapshot keeps it: method, URL, status and body; no header.</summary>
    public static CommandOutput ToOutput(ApiAnswer answer, string kind, string subject) => new()
    {
        ComputerName = answer.Url.Host,
        Collector = kind,
        Subject = subject,
        Argv = [answer.Method, SafeUrl.Show(answer.Url)],
        ExitStatus = answer.Error is null ? answer.Status : null,
        StandardError = answer.Error?.Message ?? "",
        StartedAt = answer.StartedAt,
        DurationSeconds = answer.DurationSeconds,
        StandardOutput = answer.Body,
    };
}
