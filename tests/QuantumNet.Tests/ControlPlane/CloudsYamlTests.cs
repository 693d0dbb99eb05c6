using System.Net;
using QuantumNet.Access.ControlPlane;

namespace QuantumNet.Tests.ControlPlane;

public sealed class CloudsYamlTests : IDisposable
{
    private const string Clouds =
        """
        clouds:
          lab:
            profile: vendor
            auth:
              username: demo
              project_name: demo
              user_domain_name: Default
              project_domain_name: Default
            region_name: RegionTwo
            interface: internal
            verify: false
            identity_api_version: 3
          robot:
            auth_type: v3applicationcredential
            auth:
              auth_url: https://cloud.example:5000
              application_credential_id: 0123
              application_credential_secret: "y@ml-s3cret"
        """;

    // What PyYAML's safe_load makes of it, and so openstacksdk, is in the test's expectations.
    private const string Merging =
        """
        .auth: &auth
          auth_url: http://base.example:5000/v3
          username: base
          project_name: base
        .base: &base
          auth: *auth
          region_name: RegionBase
          interface: internal
        .more: &more
          interface: admin
          verify: false
        clouds:
          own:
            region_name: RegionOwn
            <<: *base
          whole:
            <<: *base
            auth:
              username: alone
          nested:
            auth:
              <<: *auth
              username: nested
          several:
            <<: [*base, *more]
          twice: &twice
            <<: *base
            region_name: RegionTwice
          thrice:
            <<: *twice
            interface: public
          quoted:
            "<<": *base
            auth: *auth
        """;

    private const string Public = "public-clouds:\n  vendor:\n    auth:\n"
        + "      auth_url: http://vendor.example:5000/v3\n    region_name: RegionOne\n";
    private const string Secure = "clouds:\n  lab:\n    auth:\n      password: fr0m-secure\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("clouds-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private CloudCredentials Read(string cloud, params (string Name, string Text)[] files)
    {
        foreach ((string name, string text) in files)
            File.WriteAllText(Path.Combine(_folder, name), text);
        return new CloudsYaml(_ => null, [_folder]).Read(cloud);
    }

    [Fact]
    public void A_cloud_lies_over_its_profile_and_under_secure_yaml()
    {
        CloudCredentials read = Read("lab", ("clouds.yaml", Clouds), ("clouds-public.yaml", Public),
            ("secure.yaml", Secure));

        Assert.Equal("http://vendor.example:5000/v3", read.AuthUrl);
        Assert.Equal("demo", read.UserName);
        Assert.Equal("fr0m-secure", read.Password);
        Assert.Equal("RegionTwo", read.RegionName);
        Assert.Equal("internal", read.Interface);
        Assert.True(read.Insecure);
        Assert.DoesNotContain("fr0m-secure", read.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_application_credential_is_read()
    {
        CloudCredentials read = Read("robot", ("clouds.yml", Clouds));

        Assert.True(read.HasApplicationCredential);
        string body = KeystoneBody.V3(read).ToJsonString();
        Assert.Contains("\"application_credential\":{\"secret\":", body, StringComparison.Ordinal);
        Assert.DoesNotContain("scope", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cloud_that_is_not_there_lists_those_that_are()
    {
        QuantumError error = Assert.Throws<QuantumException>(() => Read("prod", ("clouds.yaml", Clouds))).Error;

        Assert.Equal("CloudNotFound", error.Id);
        Assert.Contains("lab, robot", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_tells_where_it_was_looked_for() =>
        Assert.Contains(_folder, Assert.Throws<QuantumException>(() => Read("lab")).Error.Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("clouds: [lab\n  password: t0p-secret")]
    [InlineData("clouds:\n\t- lab: t0p-secret")]
    public void Broken_yaml_tells_the_line_and_quotes_nothing(string text)
    {
        QuantumError error = Assert.Throws<QuantumException>(() => Read("lab", ("clouds.yaml", text))).Error;

        Assert.Equal("CloudsFileInvalid", error.Id);
        Assert.Contains("line ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("t0p-secret", error.ToString() + error.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("own", "http://base.example:5000/v3", "base", "RegionOwn", "internal", false)]
    [InlineData("whole", "", "alone", "RegionBase", "internal", false)]
    [InlineData("nested", "http://base.example:5000/v3", "nested", "", "", false)]
    [InlineData("several", "http://base.example:5000/v3", "base", "RegionBase", "internal", true)]
    [InlineData("thrice", "http://base.example:5000/v3", "base", "RegionTwice", "public", false)]
    [InlineData("quoted", "http://base.example:5000/v3", "base", "", "", false)]
    public void Merge_keys_are_read_as_PyYAML_reads_them(
        string cloud, string url, string user, string region, string face, bool isInsecure)
    {
        CloudCredentials read = Read(cloud, ("clouds.yaml", Merging));

        Assert.Equal((url, user, region, face, isInsecure),
            (read.AuthUrl, read.UserName, read.RegionName, read.Interface, read.Insecure));
    }

    [Theory]
    [InlineData("clouds:\n  lab:\n    <<: t0p-secret\n")]
    [InlineData("clouds:\n  lab:\n    <<: [t0p-secret]\n")]
    public void A_merge_of_no_mapping_tells_the_line_and_quotes_nothing(string text)
    {
        QuantumError error = Assert.Throws<QuantumException>(() => Read("lab", ("clouds.yaml", text))).Error;

        Assert.Equal("CloudsFileInvalid", error.Id);
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("t0p-secret", error.ToString() + error.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_that_merges_itself_ends() =>
        Assert.Equal("x",
            Read("lab", ("clouds.yaml", "clouds:\n  lab: &lab\n    region_name: x\n    <<: *lab\n")).RegionName);

    [Fact]
    public void Variables_of_v2_and_v3_are_read()
    {
        var variables = new Dictionary<string, string>
        {
            ["OS_AUTH_URL"] = "http://controller:5000/v2.0",
            ["OS_USERNAME"] = "admin",
            ["OS_PASSWORD"] = "pa55",
            ["OS_TENANT_NAME"] = "demo",
            ["OS_ENDPOINT_TYPE"] = "internalURL",
            ["OS_INSECURE"] = "True",
            ["OS_CACERT"] = "/etc/ssl/ca.pem",
        };
        CloudCredentials read = OpenStackEnvironment.Read(variables.GetValueOrDefault);

        Assert.Equal(("demo", "internalURL", true, "/etc/ssl/ca.pem"),
            (read.ProjectName, read.Interface, read.Insecure, read.CaCertificateFile));
        Assert.Contains("\"tenantName\":\"demo\"", KeystoneBody.V2(read).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_given_by_hand_wins_and_keeps_the_project()
    {
        CloudCredentials read = Read("lab", ("clouds.yaml", Clouds)).With(new NetworkCredential("carol", "h4nd"));

        Assert.Equal(("carol", "h4nd", "demo", "Default"),
            (read.UserName, read.Password, read.ProjectName, read.UserDomainName));
    }

    [Fact]
    public void A_cloud_named_by_variable_is_used_unless_a_url_is_given()
    {
        File.WriteAllText(Path.Combine(_folder, "clouds.yaml"), Clouds);
        string? Variable(string name) => name == "OS_CLOUD" ? "robot" : null;

        Assert.Equal("https://cloud.example:5000",
            CloudCredentialsReader.Read(variable: Variable, folders: [_folder]).AuthUrl);
        Assert.Equal("http://x:5000",
            CloudCredentialsReader.Read(authUrl: "http://x:5000", variable: Variable, folders: [_folder]).AuthUrl);
    }
}
