using System.Collections.Concurrent;
using System.Diagnostics;
using QuantumNet.Faults;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Diagnosis;

/// <summary>Judges the DHCP path of ports of one cloud. Indexes the cloud once;
/// ports may be judged from several threads.</summary>
public sealed class DhcpPathTester
{
    private readonly CloudView _cloud;
    private readonly LegFinder _legs;
    private readonly QuantumCollection _collection;

    /// <summary>Indexes a cloud.</summary>
    public DhcpPathTester(Cloud cloud)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        _cloud = new CloudView(cloud);
        _legs = new LegFinder(_cloud);
        _collection = QuantumCollection.Of(cloud);
    }

    /// <summary>The verdict on one port, by what the nodes hold and by what real packets did.</summary>
    /// <param name="port">The port.</param>
    /// <param name="counters">What moved between two samples; of other ports, too.</param>
    /// <param name="traces">What captures showed; of other ports, too.</param>
    public DhcpPathResult Test(
        QuantumPort port, IEnumerable<DhcpCounterChange> counters, IEnumerable<DhcpTraceResult> traces)
    {
        DhcpPathResult result = Test(port);
        if (CounterWitness.Of(port, counters) is { } counted)
            result = WitnessWeighing.Weigh(result, counted);
        return TraceWitness.Of(result, traces) is { } captured ? WitnessWeighing.Weigh(result, captured) : result;
    }

    /// <summary>The verdicts on ports in their order, each as soon as it and those before it are there: ports are
    /// judged side by side on the machine's cores.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="counters">What moved between two samples.</param>
    /// <param name="traces">What captures showed.</param>
    /// <param name="stop">Ends it, with an OperationCanceledException.</param>
    public IEnumerable<DhcpPathResult> TestAll(QuantumPort[] ports, IReadOnlyList<DhcpCounterChange> counters,
        IReadOnlyList<DhcpTraceResult> traces, CancellationToken stop = default) =>
        Partitioner.Create(ports, loadBalance: true).AsParallel().AsOrdered().WithCancellation(stop)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(port => Test(port, counters, traces));

    /// <summary>The verdict on one port, by what the nodes hold.</summary>
    public DhcpPathResult Test(QuantumPort port)
    {
        ArgumentNullException.ThrowIfNull(port);
        long started = Stopwatch.GetTimestamp();
        Dictionary<ICheck, List<Finding>> ofPort = [];
        List<LegVerdict> legs = [.. _legs.Find(port).Select(leg => LegVerdict.Of(leg, ofPort))];
        // One DHCP server that answers is enough; what is wrong with the others does harm only later.
        if (legs.Exists(leg => leg.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded))
            legs = [.. legs.Select(
                leg => leg.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded ? leg : leg.AsSpare())];
        LegVerdict decisive = legs.OrderBy(Rank).First();
        return Result(port, legs, decisive) with { DurationSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
    }

    // A leg that cannot be judged outranks a broken one: the lease may come from there.
    private static int Rank(LegVerdict leg) => leg.Status switch
    {
        DhcpPathStatus.Degraded => 0,
        DhcpPathStatus.Unknown => 1,
        DhcpPathStatus.Broken => 2,
        _ => 3,
    };

    private DhcpPathResult Result(QuantumPort port, List<LegVerdict> legs, LegVerdict decisive)
    {
        NovaInstance? instance = _cloud.Instance(port.DeviceId);
        Finding? root = decisive.Root;
        DhcpPathResult result = new()
        {
            PortId = port.PortId,
            NetworkId = port.NetworkId,
            Mac = port.Mac,
            IpAddress = port.IpAddress,
            InstanceId = port.IsDhcp ? "" : port.DeviceId,
            InstanceName = instance?.Name ?? "",
            ComputeNode = decisive.Leg.ComputeName,
            DhcpNodes = [.. legs.Select(leg => leg.Leg.Server?.NodeName ?? "")
                .Where(name => name.Length > 0).Distinct()],
            Status = decisive.Status,
            Cause = root?.Code,
            Title = root?.Title,
            ComputerName = root?.ComputerName,
            Object = root?.Object,
            Direction = root?.Direction,
            Remedy = root?.Remedy,
            Findings = Merge(legs, decisive),
            Hops = PathHops.Of(decisive),
            CollectedAt = _cloud.Cloud.CollectedAt,
            Collection = _collection,
        };
        return result with { Summary = VerdictSentence.Of(result, root) };
    }

    private static Finding[] Merge(List<LegVerdict> legs, LegVerdict decisive) =>
    [
        .. legs.OrderBy(leg => ReferenceEquals(leg, decisive) ? 0 : 1).SelectMany(leg => leg.Findings)
            .DistinctBy(
                finding => (finding.Code, finding.Status, finding.ComputerName, finding.Object, finding.Message)),
    ];
}
