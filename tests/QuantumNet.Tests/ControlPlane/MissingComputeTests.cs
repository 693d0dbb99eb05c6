using System.Text.Json.Nodes;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>A cloud without Nova is told once for a connection, and its ports are found all the same.</summary>
public sealed class MissingComputeTests
{
    [Fact]
    public async Task The_api_tells_it_once_and_asks_for_the_rest()
    {
        using var cloud = new FakeCloud { HasCompute = false };
        using var plane = new ApiControlPlane(cloud.Credentials());
        HeardObserver heard = new();
        string port = FakeCloud.Body("port.http")["port"]!["id"]!.GetValue<string>();
        CommandOutput[] first = await plane.FetchAsync(new() { Port = port, WithConsole = true }, heard, default);
        CommandOutput[] second = await plane.FetchAsync(new(), heard, default);
        Assert.Empty(heard.Errors);
        Assert.Contains("no compute service", Assert.Single(heard.Told), StringComparison.Ordinal);
        Assert.All((CommandOutput[][])[first, second],
            answers => Assert.Contains("port", answers.Select(answer => answer.Collector)));
        Assert.DoesNotContain(first.Concat(second),
            answer => answer.Collector is RecordKinds.Instance or RecordKinds.Console);
    }

    [Theory]
    [InlineData("openstack", 1, "public endpoint for compute service in RegionOne region not found")]
    [InlineData("nova", 1,
        "ERROR (EndpointNotFound): publicURL endpoint for compute service in regionOne region not found")]
    [InlineData("nova", 127, "sh: 1: nova: not found")]
    public void A_clients_words_for_it_are_known(string program, int status, string said) =>
        Assert.True(MissingService.IsCompute(
            new() { Argv = [program, "list"], ExitStatus = status, StandardError = said }));

    [Fact]
    public async Task The_console_of_a_ports_instance_is_kept_when_asked_for()
    {
        using var cloud = new FakeCloud();
        using var plane = new ApiControlPlane(cloud.Credentials());
        HeardObserver heard = new();
        JsonNode port = FakeCloud.Body("port.http")["port"]!;
        CommandOutput[] answers = await plane.FetchAsync(
            new() { Port = port["id"]!.GetValue<string>(), WithConsole = true }, heard, default);
        CommandOutput console = Assert.Single(answers, answer => answer.Collector == RecordKinds.Console);
        Assert.Equal(port["device_id"]!.GetValue<string>(), console.Subject);
        Assert.Empty(heard.Errors);
    }

    [Fact]
    public async Task A_console_that_cannot_be_had_is_told_and_no_failure()
    {
        using var cloud = new FakeCloud();
        cloud.Special = request => request.Path.EndsWith("/action", StringComparison.Ordinal)
            ? new(409, """{"conflictingRequest": {"message": "no console"}}""") : null;
        using var plane = new ApiControlPlane(cloud.Credentials());
        HeardObserver heard = new();
        string port = FakeCloud.Body("port.http")["port"]!["id"]!.GetValue<string>();
        CommandOutput[] answers = await plane.FetchAsync(new() { Port = port, WithConsole = true }, heard, default);
        Assert.Empty(heard.Errors);
        Assert.Contains("409", Assert.Single(heard.Told), StringComparison.Ordinal);
        Assert.DoesNotContain(answers, answer => answer.Collector == RecordKinds.Console);
    }
}
