using System.Globalization;
using System.Text;
using QuantumNet.Simulation.OpenFlow;
using Xunit.Abstractions;

namespace QuantumNet.Core.Tests.Simulation.OpenFlow;

/// <summary>The simulation and the <c>ofproto/trace</c> of a real ovs-vswitchd:
/// the same bridges, flows and packet must end in the same outputs with the same headers.
/// <c>QUANTUMNET_SEED</c> repeats a run, <c>QUANTUMNET_LONG=1</c> makes it longer.</summary>
public sealed class OpenFlowAgainstSwitchTests(TracingSwitch ovs, ITestOutputHelper output)
    : IClassFixture<TracingSwitch>
{
    private const int PacketsPerNetwork = 25;

    [SkippableFact]
    public void Generated_cases_end_as_the_switch_traces_them()
    {
        Skip.If(ovs.Missing is not null, ovs.Missing);
        int wanted = Environment.GetEnvironmentVariable("QUANTUMNET_LONG") == "1" ? 10_000 : 2_000;
        int seed = int.TryParse(Environment.GetEnvironmentVariable("QUANTUMNET_SEED"),
                CultureInfo.InvariantCulture, out int given)
            ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var count = new Count();
        for (int i = 0; count.Cases < wanted; i++)
        {
            var generator = new CaseGenerator(unchecked(seed + i));
            TraceCase network = generator.Network();
            if (TryPrepare(network, count) is not { } comparison)
                continue;
            for (int packet = 0; packet < PacketsPerNetwork && !comparison.IsOver; packet++)
                Compare(comparison, generator.WithPacket(network), count, unchecked(seed + i));
        }
        output.WriteLine(count.ToString());
        Assert.True(count.Outputs > count.Cases / 2, $"the cases send too little anywhere: {count}");
        Assert.True(count.Refused * PacketsPerNetwork < count.Cases / 20,
            $"too many flows that no switch accepts: {count}");
        Assert.True(count.Ended <= 1 + (count.Cases / 2_000), $"the switch ends too often: {count}");
        Assert.True(count.Unknown < count.Cases / 50, $"too much cannot be determined: {count}");
    }

    private void Compare(Comparison comparison, TraceCase made, Count count, int seed)
    {
        count.Cases++;
        PacketTrace ours = comparison.Simulate(made);
        if (!ours.IsWhole)
        {
            count.Unknown++;
            return;
        }
        if (Ask(comparison, made, count, seed) is not { } theirs)
            return;
        count.Outputs += theirs.Count;
        count.Rewrites += theirs.Select(line => line[line.IndexOf(' ', StringComparison.Ordinal)..]).Distinct().Count();
        if (!theirs.SequenceEqual(TraceOutcome.Of(ours)))
            Fail(made, seed);
    }

    /// <summary>What the switch says; null where it ended instead, which Open vSwitch 3.1 does now and then.</summary>
    private List<string>? Ask(Comparison comparison, TraceCase made, Count count, int seed)
    {
        try
        {
            return comparison.Ask(made);
        }
        catch (SwitchGoneException e)
        {
            output.WriteLine($"seed {seed}: {e.Message} on\n{made}");
            count.Ended++;
            comparison.IsOver = true;
            ovs.Restart();
            return null;
        }
    }

    private void Fail(TraceCase made, int seed)
    {
        TraceCase small = CaseShrinker.Shrink(made, Disagrees);
        Comparison comparison = Prepare(small);
        (List<string> theirs, PacketTrace ours) = (comparison.Ask(small), comparison.Simulate(small));
        var text = new StringBuilder($"seed {seed}: switch and simulation disagree on\n").Append(small);
        theirs.ForEach(line => text.AppendLine($"  switch:     {line}"));
        TraceOutcome.Of(ours).ForEach(line => text.AppendLine($"  simulation: {line}"));
        text.AppendLine(ours.Error).AppendLine(ovs.Trace(small));
        Assert.Fail(text.ToString());
    }

    private bool Disagrees(TraceCase made)
    {
        try
        {
            Comparison comparison = Prepare(made);
            PacketTrace ours = comparison.Simulate(made);
            return ours.IsWhole && !comparison.Ask(made).SequenceEqual(TraceOutcome.Of(ours));
        }
        catch (InvalidOperationException)
        {
            return false;   // the switch refuses what was left
        }
    }

    private Comparison? TryPrepare(TraceCase network, Count count)
    {
        try
        {
            return Prepare(network);
        }
        catch (RefusedException e)
        {
            count.Refused++;
            output.WriteLine(e.Message.Split('\n')[0]);
            return null;
        }
    }

    private Comparison Prepare(TraceCase network)
    {
        ovs.Apply(network);
        return new Comparison(ovs, network);
    }

    private sealed class Comparison(TracingSwitch ovs, TraceCase network)
    {
        private readonly QuantumNet.Simulation.Bridge.SwitchNode _node =
            network.ToNode(bridge => ovs.Dump(network, bridge), ovs.DumpGroups);

        /// <summary>Whether the switch that had the case's bridges is gone.</summary>
        public bool IsOver { get; set; }

        public List<string> Ask(TraceCase made) => ovs.Outcome(made, ovs.Trace(made));

        public PacketTrace Simulate(TraceCase made) => Translation.Run(_node, _node.Bridge(made.EntryBridge)!,
            PacketText.Read(made.PacketText, _ => null) ?? throw new InvalidOperationException(made.PacketText));
    }

    private sealed class Count
    {
        public int Cases;
        public int Outputs;
        public int Rewrites;
        public int Unknown;
        public int Refused;
        public int Ended;

        public override string ToString() =>
            $"{Cases} cases, {Outputs} outputs of {Rewrites} different packets, {Unknown} that cannot be determined, "
            + $"{Refused} sets refused, {Ended} ends of the switch";
    }
}
