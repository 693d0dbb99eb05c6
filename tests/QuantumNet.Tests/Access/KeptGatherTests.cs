using System.Text;
using QuantumNet.Access;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

public sealed class KeptGatherTests
{
    private const string Port = "1408934f-8a9e-4f0d-9d0b-3ad4f4c9d6b1";
    private const string Other = "99999999-8a9e-4f0d-9d0b-3ad4f4c9d6b1";
    private static readonly DateTimeOffset s_start = new(2026, 11, 30, 6, 0, 0, TimeSpan.Zero);
    private static readonly GatherRequest s_all = new();
    private static readonly GatherRequest s_onePort = new() { Port = Port };

    [Fact]
    public void The_whole_cloud_covers_a_port_a_network_and_a_node_of_it()
    {
        Assert.True(Covers(s_all, s_all));
        Assert.True(Covers(s_all, s_onePort));
        Assert.True(Covers(s_all, new() { NetworkId = ["any"] }));
        Assert.True(Covers(s_all, new() { ComputerName = ["compute1"], Collectors = ["OvsFlow"],
            RecordKinds = ["none"] }));
        Assert.True(Covers(s_all, new() { Collectors = ["none"], RecordKinds = ["port"] }));
    }

    [Fact]
    public void A_port_covers_itself_alone()
    {
        Assert.True(Covers(s_onePort, s_onePort));
        Assert.False(Covers(s_onePort, new() { Port = Other }));
        Assert.False(Covers(s_onePort, s_all));
        Assert.False(Covers(s_onePort, new() { ComputerName = ["compute1"], RecordKinds = ["none"] }));
        Assert.False(Covers(s_onePort, new() { NetworkId = ["net"] }));
    }

    [Fact]
    public void A_prefix_covers_the_whole_id_it_meant_but_no_id_covers_a_prefix()
    {
        Assert.True(Covers(new() { Port = "1408934f" }, s_onePort));
        Assert.False(Covers(s_onePort, new() { Port = "1408934f" }));
        Assert.False(Covers(new() { Port = "1408934f" }, new() { Port = Other }));
    }

    [Fact]
    public void A_port_that_no_record_tells_of_is_asked_for_anew() =>
        Assert.False(Covers(s_all, new() { Port = "ffffffff" }));

    [Fact]
    public void Collectors_and_records_that_were_not_gathered_are_not_covered()
    {
        GatherRequest flows = new() { Collectors = ["OvsFlow", "OvsPort"], RecordKinds = ["none"] };
        Assert.True(Covers(flows, flows with { Collectors = ["OvsFlow"] }));
        Assert.False(Covers(flows, flows with { Collectors = ["OvsFlow", "NodeLink"] }));
        Assert.False(Covers(flows, flows with { Collectors = [] }));
        Assert.False(Covers(flows, flows with { RecordKinds = ["port"] }));
        Assert.False(Covers(flows, flows with { RecordKinds = [] }));
        Assert.False(Covers(s_all, new() { InstanceIds = [Other], RecordKinds = ["instance", "console"] }));
        Assert.False(Covers(s_all, s_onePort with { WithConsole = true }));
        Assert.False(Covers(s_all, s_onePort with { RoutersOf = [Port] }));
    }

    [Fact]
    public void Nodes_that_were_not_asked_are_not_covered()
    {
        Assert.False(Covers(s_all, new() { ComputerName = ["compute2"] }));
        GatherRequest one = new() { ComputerName = ["compute1"] };
        Assert.True(Covers(one, one));
        Assert.False(Covers(one, s_all));
        Assert.False(Covers(one, new() { ComputerName = ["compute1", "netnode"] }));
        Assert.Equal(["compute1"], Gather(s_all).Narrowed(one).Nodes.Select(node => node.ComputerName));
    }

    [Fact]
    public void What_is_too_old_or_from_the_future_is_not_used()
    {
        KeptGathers kept = new();
        kept.Keep(Gather(s_all));
        Assert.NotNull(kept.Find(s_all, s_start.AddSeconds(60), TimeSpan.FromSeconds(60)));
        Assert.Null(kept.Find(s_all, s_start.AddSeconds(61), TimeSpan.FromSeconds(60)));
        Assert.Null(kept.Find(s_all, s_start.AddSeconds(-1), TimeSpan.FromSeconds(60)));
        kept.Clear();
        Assert.Null(kept.Find(s_all, s_start, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Only_the_newest_few_are_kept()
    {
        KeptGathers kept = new();
        GatherRequest[] requests = [.. Enumerable.Range(0, KeptGathers.MostGathers + 1)
            .Select(number => new GatherRequest { NetworkId = [$"net{number}"] })];
        foreach (GatherRequest request in requests)
            kept.Keep(Gather(request));
        Assert.Null(kept.Find(requests[0], s_start, TimeSpan.FromSeconds(1)));
        Assert.All(requests[1..], request => Assert.NotNull(kept.Find(request, s_start, TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void A_node_that_failed_or_a_command_past_its_deadline_is_not_kept()
    {
        KeptGather gather = Gather(s_all);
        foreach (QuantumSnapshot part in new[]
        {
            gather.Snapshot with { Nodes = [new() { ComputerName = "compute1", FailureCode = "QN9002" }] },
            gather.Snapshot with { Outputs = [new() { ComputerName = "compute1", TimedOut = true }] },
        })
        {
            KeptGathers kept = new();
            kept.Keep(gather with { Snapshot = part });
            Assert.Null(kept.Find(s_all, s_start, TimeSpan.FromSeconds(60)));
        }
    }

    private static bool Covers(GatherRequest held, GatherRequest wanted) => Gather(held).Covers(wanted);

    private static KeptGather Gather(GatherRequest request) => new(request, new()
    {
        Nodes = [new() { ComputerName = "compute1" }, new() { ComputerName = "netnode" }],
        RecordOutputs =
        [
            new()
            {
                Argv = ["GET", "http://c:9696/v2.0/ports"], Collector = "port", ExitStatus = 200,
                StandardOutput = Encoding.UTF8.GetBytes(
                    $$"""{"ports": [{"id": "{{Port}}", "network_id": "net", "device_owner": "compute:nova"}]}"""),
            },
        ],
    }, s_start, []);
}
