using System.Text;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>How often the client is started for one port: each start takes a second or two.</summary>
public sealed class ClientRoundTests
{
    private const string Port = "11111111-1111-4111-8111-111111111111",
        Server = "22222222-2222-4222-8222-222222222222", Net = "33333333-3333-4333-8333-333333333333",
        Subnet = "44444444-4444-4444-8444-444444444444",
        Group = "55555555-5555-4555-8555-555555555555", Instance = "66666666-6666-4666-8666-666666666666",
        Agent = "77777777-7777-4777-8777-77777777777";

    private static readonly Dictionary<string, string> s_answers = new()
    {
        [$"port show {Port} -f json"] = $$"""
            {"id": "{{Port}}", "network_id": "{{Net}}", "binding_host_id": "compute1", "device_id": "{{Instance}}",
             "device_owner": "compute:nova", "security_group_ids": ["{{Group}}"],
             "fixed_ips": [{"subnet_id": "{{Subnet}}", "ip_address": "10.0.0.5"}]}
            """,
        [$"port show {Server} -f json"] = $$"""
            {"id": "{{Server}}", "network_id": "{{Net}}", "binding_host_id": "netnode", "device_owner": "network:dhcp",
             "fixed_ips": [{"subnet_id": "{{Subnet}}", "ip_address": "10.0.0.2"}]}
            """,
        ["port list --device-owner network:dhcp --long -f json"] = $$"""
            [{"ID": "{{Server}}", "Name": "", "MAC Address": "fa:16:3e:00:00:02", "Device Owner": "network:dhcp",
              "Fixed IP Addresses": [{"subnet_id": "{{Subnet}}", "ip_address": "10.0.0.2"}]}]
            """,
        ["subnet list --long -f json"] =
            $$"""[{"ID": "{{Subnet}}", "Name": "s", "Network": "{{Net}}", "Subnet": "10.0.0.0/24"}]""",
        ["network agent list -f json"] = $$"""
            [{"ID": "{{Agent}}1", "Agent Type": "DHCP agent", "Host": "netnode", "Binary": "neutron-dhcp-agent"},
             {"ID": "{{Agent}}2", "Agent Type": "Open vSwitch agent", "Host": "netnode", "Binary": "x"},
             {"ID": "{{Agent}}3", "Agent Type": "Open vSwitch agent", "Host": "compute1", "Binary": "x"},
             {"ID": "{{Agent}}4", "Agent Type": "Open vSwitch agent", "Host": "compute9", "Binary": "x"}]
            """,
    };

    [Fact]
    public async Task Port_by_its_id_takes_two_starts_of_the_client()
    {
        Counting runner = new();
        CommandOutput[] answers = await new ClientControlPlane(runner, "").FetchAsync(
            new() { Port = Port }, new HeardObserver(), default);
        Assert.Equal(2, runner.Starts);
        Assert.Equal(
            [
                $"network agent list --network {Net} -f json", $"network agent show {Agent}1 -f json",
                $"network agent show {Agent}2 -f json", $"network agent show {Agent}3 -f json",
                $"network show {Net} -f json", $"port show {Port} -f json", $"port show {Server} -f json",
                $"security group rule list {Group} -f json", $"server show {Instance} -f json",
                $"subnet show {Subnet} -f json",
            ],
            answers.Where(answer => answer.Subject.Length > 0 || answer.Argv.Contains("show")
                || answer.Argv.Contains(Group))
                .Select(answer => answer.Command["openstack ".Length..]).Order(StringComparer.Ordinal));
    }

    /// <summary>A controller whose client answers what is known, and nothing else.</summary>
    private sealed class Counting : IClientRunner
    {
        public int Starts { get; private set; }
        public string ComputerName => "controller";

        public Task<CommandOutput[]> RunAsync(
            IReadOnlyList<ClientCommand> commands, string environmentFile, CancellationToken stop)
        {
            Starts += commands.Count;
            return Task.FromResult<CommandOutput[]>([.. commands.Select(command => new CommandOutput
            {
                ComputerName = ComputerName,
                Argv = command.Argv,
                ExitStatus = 0,
                StandardOutput = Encoding.UTF8.GetBytes(string.Concat(command.StandardInput
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => line.StartsWith("!echo ", StringComparison.Ordinal) ? line["!echo ".Length..] + "\n"
                        : s_answers.GetValueOrDefault(line, IsList(line) ? "[]" : "{}") + "\n"))),
            })]);
        }

        private static bool IsList(string line) => line.Contains(" list ", StringComparison.Ordinal);
    }
}
