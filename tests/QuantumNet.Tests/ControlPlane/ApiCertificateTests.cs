using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using QuantumNet.Access.ControlPlane;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>A Keystone behind TLS with a certificate of its own making.</summary>
public sealed class ApiCertificateTests : IDisposable
{
    private readonly X509Certificate2 _certificate = NewCertificate();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("tls-").FullName;

    public ApiCertificateTests()
    {
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=keystone", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(_certificate);
                byte[] block = new byte[8192];
                _ = await tls.ReadAsync(block);
                await tls.WriteAsync(Encoding.ASCII.GetBytes(
                    "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"));
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // A client that does not trust us hangs up.
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task<string> ErrorAsync(string host, string caFile = "", bool insecure = false)
    {
        var credentials = new CloudCredentials
        {
            AuthUrl = $"https://{host}:{Port}/v3",
            UserName = "admin",
            Password = "pw",
            CaCertificateFile = caFile,
            Insecure = insecure,
        };
        using var api = new ApiControlPlane(credentials);
        QuantumException e = await Assert.ThrowsAsync<QuantumException>(
            () => api.FetchAsync(new RecordRequest(), new HeardObserver(), CancellationToken.None));
        return e.Error.Id;
    }

    private string Pem(X509Certificate2 certificate)
    {
        string path = Path.Combine(_folder, "ca.pem");
        File.WriteAllText(path, certificate.ExportCertificatePem());
        return path;
    }

    [Fact]
    public async Task A_certificate_of_unknown_origin_is_refused() =>
        Assert.Equal("CertificateNotTrusted", await ErrorAsync("127.0.0.1"));

    [Fact]
    public async Task The_named_authority_is_trusted() =>
        Assert.Equal("AuthenticationFailed", await ErrorAsync("127.0.0.1", Pem(_certificate)));

    [Fact]
    public async Task The_named_authority_does_not_excuse_a_wrong_host_name() =>
        Assert.Equal("CertificateNotTrusted", await ErrorAsync("localhost", Pem(_certificate)));

    [Fact]
    public async Task Another_authority_is_of_no_help()
    {
        using X509Certificate2 other = NewCertificate();
        Assert.Equal("CertificateNotTrusted", await ErrorAsync("127.0.0.1", Pem(other)));
    }

    [Fact]
    public async Task Insecure_takes_any_certificate() =>
        Assert.Equal("AuthenticationFailed", await ErrorAsync("127.0.0.1", insecure: true));

    [Fact]
    public async Task An_authority_file_that_cannot_be_read_is_told()
    {
        string path = Path.Combine(_folder, "none.pem");
        Assert.Equal("CertificateFileUnreadable", await ErrorAsync("127.0.0.1", path));
    }
}
