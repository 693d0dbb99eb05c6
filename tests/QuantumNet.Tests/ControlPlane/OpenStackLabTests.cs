using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Parsing.Clients;
using QuantumNet.Snapshots;
using RecordRequest = QuantumNet.Access.ControlPlane.RecordRequest;
using Xunit.Abstractions;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>Against a real Keystone and Neutron: the <c>OS_*</c> variables name it, and QUANTUMNET_OPENSTACK_LAB names
/// an instance's port in it; QUANTUMNET_OPENSTACK_RC a file that sets them
/// (<c>QUANTUMNET_OPENSTACK_LAB=vm1 dotnet test ...</c>).</summary>
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

    [SkippableFact]
    public async Task Client_gives_what_a_port_needs()
    {
        Skip.If(s_port.Length == 0, "QUANTUMNET_OPENSTACK_LAB is not set");
        await CheckOnePort(new ClientControlPlane(Shell(), EnvironmentFile));
    }

    [SkippableFact]
    public async Task Old_client_gives_what_a_port_needs()
    {
        Skip.If(s_port.Length == 0, "QUANTUMNET_OPENSTACK_LAB is not set");
        await CheckOnePort(new LegacyClient(
            new ClientFetchTarget(Shell(), EnvironmentFile), "neutron"));
    }

    [SkippableFact]
    public async Task Client_and_api_tell_the_same()
    {
        Skip.If(s_port.Length == 0, "QUANTUMNET_OPENSTACK_LAB is not set");
        using var api = new ApiControlPlane(CloudCredentialsReader.Read());
        var client = new ClientControlPlane(Shell(), EnvironmentFile);
        var request = new RecordRequest { Port = s_port };
        List<ParseIssue> issues = [];
        CloudRecords one = RecordReader.Read(
            await api.FetchAsync(request, new HeardObserver(), CancellationToken.None), issues);
        CloudRecords other = RecordReader.Read(
            await client.FetchAsync(request, new HeardObserver(), CancellationToken.None), issues);

        Assert.Empty(issues);
        QuantumPort port = Assert.Single(PortSelector.Find(one, s_port).Ports);
        QuantumPort same = Assert.Single(PortSelector.Find(other, s_port).Ports);
        Assert.Equal(
            (port.PortId, port.NetworkId, port.Mac, port.IpAddress, port.ComputerName, port.VifType,
                port.HybridPlug, port.Status),
            (same.PortId, same.NetworkId, same.Mac, same.IpAddress, same.ComputerName, same.VifType,
                same.HybridPlug, same.Status));
        Assert.Equal(Names(one), Names(other));
    }

    private static string[] Names(CloudRecords records) =>
    [
        .. records.Networks.Select(network => $"{network.NetworkId} {network.NetworkType} {network.SegmentationId}")
            .Order(),
        .. records.Subnets.Select(subnet => $"{subnet.SubnetId} {subnet.Cidr} {subnet.EnableDhcp}").Order(),
        .. records.Ports.Where(port => port.IsDhcp)
            .Select(port => $"{port.PortId} {port.ComputerName} {port.IpAddress}").Order(),
        .. records.Agents.Select(agent => $"{agent.AgentId} {agent.ComputerName} {agent.Alive} {agent.TunnelIp}")
            .Order(),
        .. records.DhcpAgentBindings.Select(binding => $"{binding.NetworkId} {binding.AgentId} {binding.ComputerName}")
            .Order(),
        .. records.SecurityGroupRules
            .Select(rule => $"{rule.RuleId} {rule.SecurityGroupId} {rule.Direction} {rule.RemoteGroupId}").Order(),
    ];

    private static ClientRunner Shell() =>
        new(new InventoryNode { Name = "controller", Transport = "local" }, new LocalTransport(), new HeardObserver());

    private static string EnvironmentFile => Environment.GetEnvironmentVariable("QUANTUMNET_OPENSTACK_RC") ?? "";

    private async Task CheckOnePort(IControlPlane source)
    {
        var heard = new HeardObserver();
        CommandOutput[] answers = await source.FetchAsync(new RecordRequest { Port = s_port },
            heard, CancellationToken.None);
        Show(answers, heard);
        string ports = string.Concat(answers.Where(answer => answer.Collector == "port").Select(answer => answer.Text));
        Assert.Contains("compute:nova", ports, StringComparison.Ordinal);
        Assert.Contains("network:dhcp", ports, StringComparison.Ordinal);
        Assert.Contains(answers,
            answer => answer.Collector == "dhcp-agent" && answer.Text.Contains("netnode", StringComparison.Ordinal));
        string password = Environment.GetEnvironmentVariable("OS_PASSWORD") ?? "none";
        Assert.All(answers,
            answer => Assert.DoesNotContain(password, answer.Command + answer.Text, StringComparison.Ordinal));
    }

    private void Show(CommandOutput[] answers, HeardObserver heard)
    {
        foreach (CommandOutput answer in answers)
            log.WriteLine($"{answer.Collector,-20} {answer.ExitStatus} {answer.DurationSeconds:F2} s "
                + $"{answer.StandardOutput.Length,6} B {answer.Command}");
        foreach (QuantumError error in heard.Errors)
            log.WriteLine(error.ToString());
    }
}
