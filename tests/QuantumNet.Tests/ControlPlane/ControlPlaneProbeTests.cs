using System.Text;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Diagnosis;
using QuantumNet.Pipeline;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>What Test-QuantumConnection says of a control plane, asked for real over HTTP, and through clients.
/// </summary>
public sealed class ControlPlaneProbeTests
{
    private static readonly ControlPlaneTester s_tester = new(CmdletNeeds.Of);

    [Fact]
    public async Task Api_that_answers_is_ready_and_is_asked_for_one_record_of_each_service()
    {
        using var cloud = new FakeCloud();
        cloud.Special = Agents(200);
        QuantumConnectionResult result = await TestAsync(cloud);
        Assert.Equal((DhcpPathStatus.Ok, "admin", "127.0.0.1"), (result.Status, result.UserName, result.ComputerName));
        Assert.Equal(["identity", "network", "network agents", "compute"],
            result.Services.Select(service => service.Name));
        Assert.All(result.Services, service => Assert.Equal(FindingStatus.Pass, service.Status));
        Assert.All(cloud.Heard.Where(request => request.Method == "GET" && request.Token.Length > 0),
            request => Assert.Contains("limit=1", request.Query, StringComparison.Ordinal));
        Assert.Empty(result.Costs);
    }

    [Fact]
    public async Task Cloud_without_Nova_is_ready_and_tells_what_that_costs()
    {
        using var cloud = new FakeCloud { HasCompute = false };
        cloud.Special = Agents(200);
        QuantumConnectionResult result = await TestAsync(cloud);
        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        Assert.Equal(FindingStatus.NotApplicable, result.Services.Single(service => service.Name == "compute").Status);
        Assert.Contains("Get-NovaInstance", result.Costs);
        Assert.DoesNotContain("Get-QuantumPort", result.Costs);
    }

    [Fact]
    public async Task User_who_may_not_see_agents_costs_only_what_they_tell()
    {
        using var cloud = new FakeCloud();
        cloud.Special = Agents(403);
        QuantumConnectionResult result = await TestAsync(cloud);
        Assert.Equal((DhcpPathStatus.Degraded, "QN9012", "network agents"),
            (result.Status, result.Cause, result.Object));
        Assert.Contains("Get-QuantumAgent", result.Costs);
        Assert.DoesNotContain("Get-QuantumPort", result.Costs);
    }

    [Fact]
    public async Task Refused_password_is_a_login_that_fails()
    {
        using var cloud = new FakeCloud();
        cloud.Special = request => request.Path.EndsWith("/auth/tokens", StringComparison.Ordinal)
            ? new(401, """{"error": {"message": "The request you have made requires authentication."}}""") : null;
        QuantumConnectionResult result = await TestAsync(cloud);
        Assert.Equal((DhcpPathStatus.Broken, "QN9012", "login", FindingStatus.Pass, FindingStatus.Fail),
            (result.Status, result.Cause, result.Object, result.Reach, result.Login));
        Assert.Contains("Get-QuantumPort", result.Costs);
        Assert.DoesNotContain(FakeCloud.Password, result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keystone_that_is_not_there_is_not_reached()
    {
        CloudCredentials gone;
        using (var cloud = new FakeCloud())
            gone = cloud.Credentials();
        using var plane = new ApiControlPlane(gone);
        QuantumConnectionResult result = s_tester.Of(await plane.ProbeAsync(new HeardObserver(), default));
        Assert.Equal((DhcpPathStatus.Broken, "reach", FindingStatus.Fail, FindingStatus.Unknown),
            (result.Status, result.Object, result.Reach, result.Login));
    }

    [Fact]
    public void No_control_plane_is_no_fault()
    {
        QuantumConnectionResult result = s_tester.Of(new() { Source = "none" });
        Assert.Equal((DhcpPathStatus.Ok, FindingStatus.NotApplicable), (result.Status, result.Login));
        Assert.Contains("Get-QuantumPort", result.Costs);
    }

    [Fact]
    public async Task Clients_of_old_are_found_where_openstack_is_missing()
    {
        QuantumConnectionResult result = await TestAsync(argv => argv switch
        {
            ["openstack", ..] or ["neutron", ..] => (127, "", "not found"),
            [_, "--version"] => (0, "", "2.2.1\n"),
            _ => (0, "+---+\n", ""),
        });
        Assert.Equal((DhcpPathStatus.Ok, "controller"), (result.Status, result.ComputerName));
        Assert.Equal("quantum 2.2.1", result.Services[0].ToString());
    }

    [Theory]
    [InlineData("Missing value auth-url required for auth plugin password", DhcpPathStatus.Broken, "login")]
    [InlineData("The server is busy", DhcpPathStatus.Degraded, "network")]
    public async Task Client_that_gives_no_networks_is_told_by_its_words(
        string said, DhcpPathStatus status, string place)
    {
        QuantumConnectionResult result = await TestAsync(argv => argv is [_, "--version"]
            ? (0, "openstack 6.0.0\n", "")
            : argv.Contains("agent") || argv.Contains("server") ? (0, "[]", "") : (1, "", said));
        Assert.Equal((status, "QN9012", place), (result.Status, result.Cause, result.Object));
        Assert.Contains(said, result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Controller_without_any_client_is_named()
    {
        QuantumConnectionResult result = await TestAsync(_ => (127, "", "not found"));
        Assert.Equal((DhcpPathStatus.Broken, "QN9012"), (result.Status, result.Cause));
        Assert.Contains("python3-openstackclient", result.Remedy, StringComparison.Ordinal);
    }

    private static Func<HeardRequest, FakeReply?> Agents(int status) => request =>
        request.Path.EndsWith("/agents", StringComparison.Ordinal)
            ? new(status, status == 200 ? """{"agents": []}""" : """{"NeutronError": {"message": "disallowed"}}""")
            : null;

    private static async Task<QuantumConnectionResult> TestAsync(FakeCloud cloud)
    {
        using var plane = new ApiControlPlane(cloud.Credentials());
        return s_tester.Of(await plane.ProbeAsync(new HeardObserver(), default));
    }

    private static async Task<QuantumConnectionResult> TestAsync(Func<string[], (int, string, string)> says) =>
        s_tester.Of(await new ClientControlPlane(new Client(says), "").ProbeAsync(new HeardObserver(), default));

    /// <summary>A client that says what it is told, held to the list of those that only read.</summary>
    private sealed class Client(Func<string[], (int Status, string Text, string Error)> says) : IClientRunner
    {
        public string ComputerName => "controller";

        public Task<CommandOutput[]> RunAsync(
            IReadOnlyList<ClientCommand> commands, string environmentFile, CancellationToken stop) =>
                Task.FromResult<CommandOutput[]>([.. commands.Select(Answer)]);

        private CommandOutput Answer(ClientCommand command)
        {
            Assert.True(ClientAllowList.Allows(command), string.Join(' ', command.Argv));
            (int status, string text, string error) = says(command.Argv);
            return new()
            {
                ComputerName = ComputerName, Argv = command.Argv, ExitStatus = status,
                StandardOutput = Encoding.UTF8.GetBytes(text), StandardError = error,
            };
        }
    }
}
