using QuantumNet.Access.ControlPlane;
using QuantumNet.Snapshots;
using Xunit.Abstractions;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>Against a real Keystone and Neutron: the <c>OS_*</c> variables name it, and QUANTUMNET_OPENSTACK_LAB names
/// an instance's port in it (<c>QUANTUMNET_OPENSTACK_LAB=vm1 dotnet test ...</c>).</summary>
public sealed class OpenStackLabTests(ITestOutputHelper log)
{
    private static readonly string s_port = Environment.GetEnvironmentVariable("QUANTUMNET_OPENSTACK_LAB") ?? "";

    [SkippableFact]
    public async Task Api_gives_what_a_port_needs()
    {
        Skip.If(s_port.Length == 0, "QUANTUMNET_OPENSTACK_LAB is not set");
        using var api = new ApiControlPlane(CloudCredentialsReader.Read());
        await CheckOnePort(api);
    }

    [SkippableFact]
    public async Task Api_gives_the_whole_cloud()
    {
        Skip.If(s_port.Length == 0, "QUANTUMNET_OPENSTACK_LAB is not set");
        using var api = new ApiControlPlane(CloudCredentialsReader.Read());
        var heard = new HeardObserver();
        CommandOutput[] answers = await api.FetchAsync(new RecordRequest(), heard, CancellationToken.None);
        Show(answers, heard);
        Assert.Superset(
            new HashSet<string> { "network", "subnet", "port", "agent", "dhcp-agent", "security-group-rule" },
            answers.Select(answer => answer.Collector).ToHashSet());
    }

    private async Task CheckOnePort(IControlPlane source)
    {
        var heard = new HeardObserver();
        CommandOutput[] answers = await source.FetchAsync(new RecordRequest { Port = s_port }, heard, CancellationToken.None);
        Show(answers, heard);
        string ports = string.Concat(answers.Where(answer => answer.Collector == "port").Select(answer => answer.Text));
        Assert.Contains("compute:nova", ports, StringComparison.Ordinal);
        Assert.Contains("network:dhcp", ports, StringComparison.Ordinal);
        Assert.Contains(answers, answer => answer.Collector == "dhcp-agent" && answer.Text.Contains("DHCP agent", StringComparison.Ordinal));
        string password = Environment.GetEnvironmentVariable("OS_PASSWORD") ?? "none";
        Assert.All(answers, answer => Assert.DoesNotContain(password, answer.Command + answer.Text, StringComparison.Ordinal));
    }

    private void Show(CommandOutput[] answers, HeardObserver heard)
    {
        foreach (CommandOutput answer in answers)
            log.WriteLine($"{answer.Collector,-20} {answer.ExitStatus} {answer.DurationSeconds:F2} s {answer.StandardOutput.Length,6} B {answer.Command}");
        foreach (QuantumError error in heard.Errors)
            log.WriteLine(error.ToString());
    }
}
