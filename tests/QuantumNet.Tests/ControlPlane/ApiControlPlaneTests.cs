using QuantumNet.Access.ControlPlane;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.ControlPlane;

public sealed class ApiControlPlaneTests : IDisposable
{
    private readonly FakeCloud _cloud = new();
    private readonly HeardObserver _heard = new();

    public void Dispose() => _cloud.Dispose();

    private static string PortId => FakeCloud.Body("port.http")["port"]!["id"]!.GetValue<string>();

    private async Task<CommandOutput[]> FetchAsync(
        RecordRequest request, CloudCredentials? credentials = null, ApiOptions? options = null)
    {
        using var api = new ApiControlPlane(credentials ?? _cloud.Credentials(), options);
        return await api.FetchAsync(request, _heard, CancellationToken.None);
    }

    private async Task<QuantumError> FailureAsync(CloudCredentials credentials, ApiOptions? options = null) =>
        (await Assert.ThrowsAsync<QuantumException>(() => FetchAsync(new RecordRequest(), credentials, options))).Error;

    [Theory]
    [InlineData("43fefa8a-80d6-42f1-a9ac-27d17ccf4504")]
    [InlineData("43fefa8a")]
    [InlineData("tap43fefa8a-80")]
    [InlineData("vm1")]
    [InlineData("fa-16-3e-b8-28-2a")]
    [InlineData("10.10.0.29")]
    [InlineData("4453fb8d-ed02-448f-95c3-82fb9c14c91e")]
    [InlineData(FakeCloud.InstanceName)]
    public async Task A_port_is_found_by_what_the_user_has_at_hand(string text)
    {
        CommandOutput[] answers = await FetchAsync(new RecordRequest { Port = text });

        Assert.Contains(answers,
            answer => answer.Collector == "port" && answer.Text.Contains(PortId, StringComparison.Ordinal));
        Assert.Equal(
            RecordKinds.ForPath.Order(),
            answers.Where(answer => answer.ExitStatus == 200).Select(answer => answer.Collector).Distinct().Order());
        Assert.Empty(_heard.Errors);
    }

    [Fact]
    public async Task For_one_port_no_list_of_all_ports_is_asked_for()
    {
        await FetchAsync(new RecordRequest { Port = "vm1" });

        Assert.DoesNotContain(_cloud.Heard,
            request => request.Path == "/v2.0/ports" && request.Query is "" or "?limit=1000");
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    public async Task Routers_interfaces_are_asked_for_only_when_they_are_wanted(bool isWanted, int expected)
    {
        await FetchAsync(new RecordRequest { Port = "vm1", WithRouters = isWanted });

        Assert.Equal(expected, _cloud.Heard.Count(request => request.Path == "/v2.0/ports"
            && request.Query.Contains("router", StringComparison.Ordinal)));
        Assert.Empty(_heard.Errors);
    }

    [Fact]
    public async Task A_port_that_is_not_there_brings_all_ports_to_suggest_from()
    {
        CommandOutput[] answers = await FetchAsync(new RecordRequest { Port = "vm7" });

        Assert.Contains(answers,
            answer => answer.Collector == "port" && answer.Text.Contains(PortId, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/identity/v3")]
    [InlineData("/identity/v3/")]
    [InlineData("/identity")]
    [InlineData("/identity/v2.0")]
    public async Task Keystone_is_asked_in_the_version_it_speaks(string path)
    {
        CommandOutput[] answers = await FetchAsync(new RecordRequest { Kinds = ["network"] }, _cloud.Credentials(path));

        Assert.Equal("network", Assert.Single(answers).Collector);
        string tokens = path.EndsWith("v2.0", StringComparison.Ordinal) ? "/identity/v2.0/tokens"
            : "/identity/v3/auth/tokens";
        Assert.Single(_cloud.Heard, request => request.Path == tokens);
    }

    [Fact]
    public async Task Pages_are_followed_on_the_same_host_whatever_the_link_says()
    {
        _cloud.PageSize = 1;
        _cloud.LinkHost = "http://controller.invalid:9696";
        CommandOutput[] answers = await FetchAsync(new RecordRequest { Kinds = ["port"] });

        Assert.Equal(2, answers.Length);
        Assert.Empty(_heard.Errors);
    }

    [Fact]
    public async Task A_list_that_never_ends_is_read_to_a_limit_which_is_told()
    {
        _cloud.PageSize = 1;
        CommandOutput[] answers =
            await FetchAsync(new RecordRequest { Kinds = ["port"] }, options: new ApiOptions { MaximumPages = 1 });

        Assert.Equal([200, null], answers.Select(answer => answer.ExitStatus));
        Assert.Equal("ApiListTooLong", Assert.Single(_heard.Errors).Id);
        GatherFailure failure = Assert.Single(CloudReader.Read(new() { RecordOutputs = answers }).Failures);
        Assert.Contains("after 1 pages; the rest was not read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_does_not_come_costs_none_of_those_before_it()
    {
        _cloud.PageSize = 1;
        _cloud.Special = request => request.Query.Contains("marker=", StringComparison.Ordinal)
            ? new FakeReply(200, "") { Hangs = true } : null;
        CommandOutput[] answers =
            await FetchAsync(new RecordRequest { Kinds = ["port"] }, options: new ApiOptions { TimeoutSeconds = 1 });

        Assert.Equal([200, null], answers.Select(answer => answer.ExitStatus));
        Assert.Single(CloudReader.Read(new() { RecordOutputs = answers }).Records.Ports);
        Assert.Equal("ApiTimeout", Assert.Single(_heard.Errors).Id);
    }

    [Fact]
    public async Task A_token_that_ran_out_is_renewed_once()
    {
        bool refused = false;
        _cloud.Special = request => request.Path == "/v2.0/networks" && !refused && (refused = true)
            ? new FakeReply(401, """{"error": {"message": "token expired"}}""")
            : null;
        CommandOutput[] answers = await FetchAsync(new RecordRequest { Kinds = ["network"] });

        Assert.Equal(200, Assert.Single(answers).ExitStatus);
        Assert.Equal(2, _cloud.Heard.Count(request => request.Path.EndsWith("/tokens", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_fresh_token_that_is_refused_is_told_and_not_tried_for_ever()
    {
        _cloud.Special = request => request.Path == "/v2.0/networks" ? new FakeReply(401, "{}") : null;
        await FetchAsync(new RecordRequest { Kinds = ["network"] });

        Assert.Equal("TokenRefused", Assert.Single(_heard.Errors).Id);
        Assert.Equal(2, _cloud.Heard.Count(request => request.Path == "/v2.0/networks"));
    }

    [Fact]
    public async Task Agents_that_one_may_not_see_are_one_issue_and_the_rest_comes()
    {
        _cloud.Special = request => request.Path.EndsWith("agents", StringComparison.Ordinal)
            ? new FakeReply(403,
                """{"NeutronError": {"type": "PolicyNotAuthorized", "message": "rule:get_agent is disallowed by policy", "detail": ""}}""")
            : null;
        CommandOutput[] answers = await FetchAsync(new RecordRequest { Port = "vm1" });

        Assert.Equal(["ApiForbidden", "ApiForbidden"], _heard.Errors.Select(error => error.Id));
        Assert.Contains(_heard.Errors, error => error.Message.Contains("agents", StringComparison.Ordinal));
        Assert.Contains(answers, answer => answer is { Collector: "subnet", ExitStatus: 200 });
        Assert.Contains(answers, answer => answer is { Collector: "agent", ExitStatus: 403 });
    }

    [Theory]
    [InlineData(500, """{"NeutronError": {"message": "Request Failed: internal server error"}}""",
        "application/json", "ApiFailed")]
    [InlineData(503, "<html><body><h1>503 Service Unavailable</h1>No server is available.</body></html>",
        "text/html", "ApiFailed")]
    [InlineData(404, """{"message": "The resource could not be found."}""", "application/json", "ApiFailed")]
    [InlineData(409, """{"NeutronError": {"message": "conflict"}}""", "application/json", "ApiFailed")]
    [InlineData(200, "<html><title>Welcome</title>It works!</html>", "text/html", "ApiAnswerNotJson")]
    [InlineData(200, "", "application/json", "ApiAnswerNotJson")]
    public async Task A_bad_answer_is_told_and_the_rest_goes_on(int status, string body, string type, string id)
    {
        _cloud.Special = request => request.Path == "/v2.0/subnets" ? new FakeReply(status, body, type) : null;
        CommandOutput[] answers = await FetchAsync(new RecordRequest { Kinds = ["network", "subnet"] });

        QuantumError error = Assert.Single(_heard.Errors);
        Assert.Equal(id, error.Id);
        Assert.DoesNotContain('<', error.Message);
        Assert.Contains(answers, answer => answer is { Collector: "network", ExitStatus: 200 });
    }

    [Fact]
    public async Task A_service_that_hangs_is_a_timeout()
    {
        _cloud.Special = request => request.Path == "/v2.0/networks" ? new FakeReply(200, "") { Hangs = true } : null;
        await FetchAsync(new RecordRequest { Kinds = ["network"] }, options: new ApiOptions { TimeoutSeconds = 1 });

        Assert.Equal("ApiTimeout", Assert.Single(_heard.Errors).Id);
    }

    [Fact]
    public async Task Cancelling_ends_a_request_that_hangs()
    {
        using var stop = new CancellationTokenSource();
        _cloud.Special = request =>
        {
            if (request.Path != "/v2.0/networks")
                return null;
            stop.Cancel();
            return new FakeReply(200, "") { Hangs = true };
        };
        using var api = new ApiControlPlane(_cloud.Credentials());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => api.FetchAsync(new RecordRequest { Kinds = ["network"] }, _heard, stop.Token));
    }

    [Fact]
    public async Task A_redirect_to_another_host_does_not_get_the_token()
    {
        using var other = new FakeCloud();
        _cloud.Special = request => request.Path == "/v2.0/networks"
            ? new FakeReply(302, "") { Location = other.Url + "/v2.0/networks" }
            : null;
        await FetchAsync(new RecordRequest { Kinds = ["network"] });

        Assert.Equal("ApiRedirected", Assert.Single(_heard.Errors).Id);
        Assert.Empty(other.Heard);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_read()
    {
        _cloud.Special = request =>
            request.Path == "/v2.0/networks" ? new FakeReply(200, new string(' ', 200_000)) : null;
        await FetchAsync(new RecordRequest { Kinds = ["network"] }, options: new ApiOptions { MaximumBytes = 100_000 });

        Assert.Equal("ApiAnswerTooLarge", Assert.Single(_heard.Errors).Id);
    }

    [Fact]
    public async Task A_wrong_password_is_an_authentication_failure()
    {
        QuantumError error = await FailureAsync(
            _cloud.Credentials().With(new System.Net.NetworkCredential("admin", "wr0ng-one")));

        Assert.Equal("AuthenticationFailed", error.Id);
        Assert.DoesNotContain("wr0ng-one", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_keystone_says_back_is_not_repeated()
    {
        _cloud.Special = request => request.Method == "POST"
            ? new FakeReply(500, $$"""{"error": {"message": "cannot decode {{FakeCloud.Password}}"} }""")
            : null;

        Assert.DoesNotContain(FakeCloud.Password, (await FailureAsync(_cloud.Credentials())).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        CloudCredentials credentials = _cloud.Credentials();
        _cloud.Dispose();

        Assert.Equal("ControlPlaneUnreachable", (await FailureAsync(credentials)).Id);
    }

    [Fact]
    public async Task A_region_that_the_catalogue_lacks_is_told_with_what_it_offers()
    {
        CloudCredentials credentials = CloudCredentialsReader.Read(variable: name => name switch
        {
            "OS_AUTH_URL" => _cloud.Url + "/identity/v3",
            "OS_USERNAME" or "OS_PROJECT_NAME" => "admin",
            "OS_PASSWORD" => FakeCloud.Password,
            "OS_REGION_NAME" => "Nowhere",
            _ => null,
        });
        await FetchAsync(new RecordRequest { Kinds = ["network"] }, credentials);

        QuantumError error = Assert.Single(_heard.Errors);
        Assert.Equal("EndpointNotInCatalog", error.Id);
        Assert.Contains("RegionOne", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_is_asked_for_by_a_post_whose_body_stands_in_the_argv()
    {
        CommandOutput[] answers = await FetchAsync(
            new RecordRequest { Kinds = ["none"], InstanceIds = ["4453fb8d-ed02-448f-95c3-82fb9c14c91e"] });

        CommandOutput console = Assert.Single(answers);
        Assert.Equal("POST", console.Argv[0]);
        Assert.Contains("os-getConsoleOutput", console.Argv[2], StringComparison.Ordinal);
        Assert.Contains("Sending discover", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_kept_or_told_holds_no_secret()
    {
        _cloud.Special = request =>
            request.Path.EndsWith("agents", StringComparison.Ordinal) ? new FakeReply(500, "oops", "text/plain") : null;
        CommandOutput[] answers = await FetchAsync(new RecordRequest());
        await FetchAsync(new RecordRequest { Port = "vm1", InstanceIds = ["4453fb8d-ed02-448f-95c3-82fb9c14c91e"] });

        IEnumerable<string> told =
        [
            .. answers.Concat(_heard.Finished).Select(answer => answer.Command + answer.Text + answer.StandardError),
            .. _heard.Errors.Select(error => error + error.Target + error.Cause),
            _cloud.Credentials().ToString(),
        ];
        Assert.All(told, text =>
        {
            Assert.DoesNotContain(FakeCloud.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain("-opaque", text, StringComparison.Ordinal);
        });
    }
}
