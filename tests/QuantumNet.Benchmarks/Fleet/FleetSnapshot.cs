using System.Text;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>A fleet as a snapshot: the raw outputs that gathering it would have brought.</summary>
internal static class FleetSnapshot
{
    private static readonly DateTime s_takenAt = new(2026, 11, 22, 5, 56, 20, DateTimeKind.Utc);

    /// <summary>Makes one.</summary>
    public static QuantumSnapshot Make(FleetPlan plan, FleetSize size)
    {
        Dictionary<(bool, bool), FleetOutputs> kinds = [];
        foreach (FleetNode node in plan.Nodes)
            kinds.TryAdd((node.IsServer, node.IsHybrid), new FleetOutputs(node));
        FleetOutputs KindOf(FleetNode node) => kinds[(node.IsServer, node.IsHybrid)];
        int members = MembersFor(plan, size, node => KindOf(node).Flows);
        var servers = new FleetServers();
        CommandOutput[][] outputs = new CommandOutput[plan.Nodes.Count][];
        Parallel.For(0, outputs.Length, i =>
        {
            FleetNode node = plan.Nodes[i];
            IEnumerable<(string, string)> texts = KindOf(node).Of(node, plan, members);
            outputs[i] = [.. (node.IsServer ? texts.Concat(servers.Of(node)) : texts)
                .Select(one => Output(node.Name, one.Item1.Split(' '), one.Item2, 0))];
        });
        return new QuantumSnapshot
        {
            CollectedAt = s_takenAt,
            RecordSource = RecordSource.Api,
            Nodes = [.. plan.Nodes.Select(node => new SnapshotNode { ComputerName = node.Name })],
            Outputs = [.. outputs.SelectMany(one => one)],
            RecordOutputs = [.. FleetRecords.Of(plan)
                .Select(answer => Output("controller", ["GET", answer.Url], answer.Text, 200))],
        };
    }

    /// <summary>How many members the security group has in each network, so that the flows are as many as
    /// they should be.</summary>
    private static int MembersFor(FleetPlan plan, FleetSize size, Func<FleetNode, FleetFlows> flowsOf)
    {
        int without = plan.Nodes.Sum(node => flowsOf(node).Count(node));
        int ofMember = plan.Nodes.Sum(node => flowsOf(node).FlowsOfMember * node.Networks.Count());
        return Math.Max(1, (size.Flows - without) / ofMember);
    }

    private static CommandOutput Output(string node, string[] argv, string text, int status) => new()
    {
        ComputerName = node,
        Argv = argv,
        ExitStatus = status,
        StartedAt = s_takenAt,
        StandardOutput = Encoding.UTF8.GetBytes(text),
    };
}
