using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace QuantumNet.Access.ControlPlane;

/// <summary>One answer over HTTP.</summary>
internal sealed record ApiAnswer(Uri Url, string Method, int Status, byte[] Body, string SubjectToken, Uri? Location)
{
    public DateTime StartedAt { get; init; }
    public double DurationSeconds { get; init; }
    /// <summary>Why a list's next page is not there; null for a page that came.</summary>
    public QuantumError? Error { get; init; }
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>HTTP with deadlines, bounded answers and errors that say what to do. Follows no redirect by itself:
/// a token must not wander to another host.</summary>
internal sealed class ApiConnection : IDisposable
{
    private readonly HttpClient _client;
    private readonly ApiOptions _options;

    [SuppressMessage("Security", "CA5359", Justification = "The user said so with OS_INSECURE or 'verify: false'.")]
    public ApiConnection(CloudCredentials credentials, ApiOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        if (credentials.Insecure)
            handler.SslOptions.RemoteCertificateValidationCallback = TrustAny;
        else if (credentials.CaCertificateFile.Length > 0)
            handler.SslOptions.RemoteCertificateValidationCallback = TrustOnly(credentials.CaCertificateFile);
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("QuantumNet", "1"));
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends a request; throws a <see cref="QuantumException"/> when there is no answer.</summary>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, Uri url, string token, string? body, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        using var request = new HttpRequestMessage(method, url);
        if (token.Length > 0)
            request.Headers.TryAddWithoutValidation("X-Auth-Token", token);
        if (body is not null)
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        try
        {
            return await SendAsync(request, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw ControlPlaneErrors.TimedOut(url, _options.TimeoutSeconds).ToException();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw (e.InnerException is AuthenticationException
                ? ControlPlaneErrors.CertificateNotTrusted(url, e)
                : ControlPlaneErrors.Unreachable(url, e)).ToException();
        }
    }

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        DateTime startedAt = DateTime.UtcNow;
        var watch = Stopwatch.StartNew();
        using HttpResponseMessage response = await _client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        byte[] body = await ReadAsync(response, request.RequestUri!, stop).ConfigureAwait(false);
        string subject = response.Headers.TryGetValues("X-Subject-Token", out IEnumerable<string>? values)
            ? values.FirstOrDefault("")
            : "";
        return new ApiAnswer(
            request.RequestUri!, request.Method.Method, (int)response.StatusCode, body, subject,
            response.Headers.Location)
        {
            StartedAt = startedAt,
            DurationSeconds = watch.Elapsed.TotalSeconds,
        };
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, Uri url, CancellationToken stop)
    {
        using Stream stream = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        using var kept = new MemoryStream();
        byte[] block = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(block, stop).ConfigureAwait(false)) > 0)
        {
            if (kept.Length + read > _options.MaximumBytes)
                throw ControlPlaneErrors.TooLarge(url, _options.MaximumBytes).ToException();
            kept.Write(block, 0, read);
        }
        return kept.ToArray();
    }

    private static bool TrustAny(
        object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    /// <summary>Trusts the authorities of a PEM file, and checks the host's name as always.</summary>
    private static RemoteCertificateValidationCallback TrustOnly(string path)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw ControlPlaneErrors.CertificateFileUnreadable(path, e).ToException();
        }
        return (_, certificate, offered, errors) =>
        {
            if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None || certificate is null)
                return false;
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            foreach (X509ChainElement element in offered?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            using var server = new X509Certificate2(certificate);
            return chain.Build(server);
        };
    }
}
