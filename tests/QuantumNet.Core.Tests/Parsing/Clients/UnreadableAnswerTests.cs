using System.Text;
using QuantumNet.Parsing.Clients;

namespace QuantumNet.Core.Tests.Parsing.Clients;

/// <summary>An answer that cannot be read is not an answer of "none".</summary>
public sealed class UnreadableAnswerTests
{
    private const string NetworkId = "3bf84212-0b9a-4c4b-aa16-0be8757af78d";
    private const string OtherNetworkId = "3bf84212-0b9a-4c4b-aa16-0be8757af78e";
    private readonly List<ParseIssue> _issues = [];

    [Theory]
    [InlineData("Failed to contact the endpoint\n")]
    [InlineData("[{\"ID\": \"1\", \"Host\": \"netn")]
    [InlineData("+----+\n| Host |\n+----+\n| netnode |\n")]
    [InlineData("[{\"Host\": \"netnode\"}]")]
    [InlineData("{\"message\": \"The server is busy\"}")]
    public void Unreadable_answer_is_reported_and_not_collected(string answer)
    {
        CloudRecords records = Read(Agents(NetworkId, answer));
        Assert.Empty(records.CollectedKinds);
        Assert.Empty(records.ScheduledNetworks);
        Assert.NotEmpty(_issues);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("[]\n")]
    [InlineData("neutron CLI is deprecated and will be removed in the Z cycle.\n\n")]
    public void Empty_answer_is_none(string answer)
    {
        CloudRecords records = Read(Agents(NetworkId, answer));
        Assert.Contains("dhcp-agent", records.CollectedKinds);
        Assert.Equal([NetworkId], records.ScheduledNetworks);
        Assert.Empty(_issues);
    }

    [Fact]
    public void Stray_line_before_a_whole_table_is_reported_and_the_table_counts()
    {
        CloudRecords records = Read(Agents(NetworkId, $"A new warning\n{Table}"));
        Assert.Equal([NetworkId], records.ScheduledNetworks);
        Assert.Single(records.DhcpAgentBindings);
        Assert.Single(_issues);
    }

    [Fact]
    public void Agents_of_one_network_say_nothing_of_another()
    {
        CloudRecords records = Read(Agents(NetworkId, Table),
            Agents(OtherNetworkId, "Failed to contact the endpoint\n"));
        Assert.Equal([NetworkId], records.ScheduledNetworks);
    }

    [Fact]
    public void Network_name_that_two_networks_have_is_reported_and_binds_neither()
    {
        CloudRecords records = Read(
            Client($"[{Network(NetworkId)}, {Network(OtherNetworkId)}]", "openstack", "network", "list", "-f", "json"),
            Agents("net1", Table));
        Assert.Empty(records.DhcpAgentBindings);
        Assert.Contains(_issues, issue => issue is { Reason: "2 networks have this name", Text: "net1" });
    }

    [Fact]
    public void Network_name_that_no_network_has_is_reported()
    {
        CloudRecords records = Read(Agents("net9", Table));
        Assert.Empty(records.DhcpAgentBindings);
        Assert.Contains(_issues, issue => issue is { Reason: "Unknown network", Text: "net9" });
    }

    private const string Table = """
        +--------------------------------------+------------+---------+-------------------+-------+-------+--------------------+
        | ID                                   | Agent Type | Host    | Availability Zone | Alive | State | Binary             |
        +--------------------------------------+------------+---------+-------------------+-------+-------+--------------------+
        | 11111111-2222-4333-8444-555555555555 | DHCP agent | netnode | nova              | :-)   | UP    | neutron-dhcp-agent |
        +--------------------------------------+------------+---------+-------------------+-------+-------+--------------------+

        """;

    private static string Network(string id) => $$"""{"ID": "{{id}}", "Name": "net1", "Subnets": []}""";

    private static CommandOutput Agents(string network, string answer) =>
        Client(answer, "openstack", "network", "agent", "list", "--network", network);

    private static CommandOutput Client(string answer, params string[] argv) => new()
    {
        ComputerName = "controller",
        Argv = argv,
        ExitStatus = 0,
        StandardOutput = Encoding.UTF8.GetBytes(answer),
    };

    private CloudRecords Read(params CommandOutput[] outputs) => RecordReader.Read(outputs, _issues);
}
