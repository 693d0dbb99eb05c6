using QuantumNet.Paths;
using QuantumNet.Topology;
using static QuantumNet.Faults.IntegrationFaults;

namespace QuantumNet.Faults.Integration;

/// <summary>The instance's local VLAN is the one that the node maps to the network's segment.</summary>
internal sealed class TagMatchesSegment : ICheck
{
    public IReadOnlyList<CheckInfo> Infos { get; } = [TagOfAnotherNetwork];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (!leg.IsTunnelled && !leg.IsPhysical)
            return [TagOfAnotherNetwork.NotApplicable("The network does not leave its nodes.")];
        if (leg.Compute is not { } compute || !compute.State.Has("OvsPort"))
            return [TagOfAnotherNetwork.Unknown(leg.ComputeName, "OvsPort")];
        if (LocalVlans.BridgesOf(leg, compute)
            .FirstOrDefault(bridge => !compute.State.Has("OvsFlow", bridge)) is { } unseen)
            return [TagOfAnotherNetwork.Unknown(leg.ComputeName, "OvsFlow", unseen)];
        if (leg.ComputePort is not { Tag: int tag } port || tag == LocalVlanMap.DeadVlan)
            return [TagOfAnotherNetwork.NotApplicable("The port has no live VLAN; the check of its tag tells.")];
        if (leg.Segment is not long)
            return [TagOfAnotherNetwork.Unknown(RecordAnswers.NodeOf(leg), "record:network", leg.Port.NetworkId)];

        List<SegmentFlow> mapped = [.. LocalVlans.Of(leg, compute)];
        if (mapped.Count == 0)
            return [TagOfAnotherNetwork.NotApplicable("No flow maps the segment; the checks of the flows tell.")];
        if (mapped.Exists(flow => flow.Vlan == tag))
            return [TagOfAnotherNetwork.Pass(leg.ComputeName, port.Device)];
        SegmentFlow other = mapped[0];
        return [TagOfAnotherNetwork.Fail(leg.ComputeName, port.Device,
            $"{port.Device} is on VLAN {tag}, but {leg.ComputeName} maps {leg.NetworkType} segment {leg.Segment} "
                + $"to VLAN {other.Vlan}.",
            port.ToEvidence(), other.Flow.ToEvidence()) with { At = HopComponent.OvsBridge }];
    }
}
