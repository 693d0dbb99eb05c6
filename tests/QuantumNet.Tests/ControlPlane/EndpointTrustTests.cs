using QuantumNet.Access.ControlPlane;

namespace QuantumNet.Tests.ControlPlane;

public sealed class EndpointTrustTests : IDisposable
{
    private const string Elsewhere = "http://169.254.169.254:9696/";

    private readonly FakeCloud _cloud = new();

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData("https://ctl:5000/v3", "https://ctl:9696", true)]
    [InlineData("https://ctl:5000/v3", "http://ctl:9696", false)]
    [InlineData("http://ctl:5000/v3", "http://ctl:9696", true)]
    [InlineData("http://ctl:5000/v3", "https://other:9696", true)]
    [InlineData("http://ctl:5000/v3", "http://localhost:9696", false)]
    [InlineData("http://ctl:5000/v3", "http://127.9.9.9:9696", false)]
    [InlineData("http://ctl:5000/v3", "http://[::1]:9696", false)]
    [InlineData("http://ctl:5000/v3", "http://[::ffff:127.0.0.1]:9696", false)]
    [InlineData("http://ctl:5000/v3", "http://0.0.0.0:9696", false)]
    [InlineData("http://ctl:5000/v3", "http://2130706433:9696", false)]
    [InlineData("http://127.0.0.1:5000/v3", "http://127.0.0.1:9696", true)]
    [InlineData("http://ctl:5000/v3", "http://169.254.169.254/", false)]
    [InlineData("http://ctl:5000/v3", "http://[fe80::1]:9696", false)]
    [InlineData("https://ctl:5000/v3", "https://169.254.169.254/", false)]
    public void Token_goes_where_keystone_could_be(string keystone, string endpoint, bool goes) =>
        Assert.Equal(goes, EndpointTrust.WhyNot(new(endpoint), new(keystone)) is null);

    [Fact]
    public async Task Token_is_not_sent_to_a_metadata_service()
    {
        _cloud.Special = request => !request.Path.EndsWith("/auth/tokens", StringComparison.Ordinal) ? null
            : new(201, "{\"token\": {\"catalog\": [{\"type\": \"network\", \"endpoints\": [{\"interface\": \"public\", "
                + $"\"region\": \"RegionOne\", \"url\": \"{Elsewhere}\"}}]}}]}}}}") { SubjectToken = "t" };
        HeardObserver heard = new();
        using ApiControlPlane api = new(_cloud.Credentials());
        await api.FetchAsync(new RecordRequest { Kinds = ["network"] }, heard, CancellationToken.None);
        QuantumError refused = Assert.Single(heard.Errors);
        Assert.Equal("EndpointNotTrusted", refused.Id);
        Assert.Contains("OS_NETWORK_ENDPOINT_OVERRIDE=http://169.254.169.254:9696", refused.Advice,
            StringComparison.Ordinal);
    }
}
