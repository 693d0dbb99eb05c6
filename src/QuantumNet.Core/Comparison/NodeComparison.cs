using QuantumNet.Comparison.Kinds;
using QuantumNet.Topology;

namespace QuantumNet.Comparison;

/// <summary>Holds one node against another by role: what is of the node itself, what each network that both have
/// needs, and each port against one of the same kind.</summary>
internal sealed class NodeComparison
{
    private readonly CloudView _before, _after;
    private readonly NodeView _was, _is;
    private readonly LocalPort[] _oldPorts, _newPorts;
    private readonly HashSet<string> _shared;
    private readonly IReadOnlySet<ComparisonDetail> _details;
    private readonly IReadOnlyList<QuantumPort> _ports;

    /// <param name="before">The cloud of the reference.</param>
    /// <param name="was">The node of the reference.</param>
    /// <param name="after">The cloud of the difference.</param>
    /// <param name="now">The node of the difference.</param>
    /// <param name="request">What to look at; of the ports named, those of the difference's node.</param>
    public NodeComparison(CloudView before, NodeView was, CloudView after, NodeView now,
        ComparisonRequest request)
    {
        (_before, _was, _after, _is, _details, _ports) = (before, was, after, now, request.Details, request.Ports);
        (_oldPorts, _newPorts) = (LocalPort.AllOf(before, was), LocalPort.AllOf(after, now));
        _shared = [.. _oldPorts.Select(port => port.NetworkId).Intersect(_newPorts.Select(port => port.NetworkId))
            .Where(id => id.Length > 0 && (_ports.Count == 0 || _ports.Any(port => port.NetworkId == id)))];
    }

    /// <summary>What only one side tells of.</summary>
    public HashSet<(string Collector, string Subject, bool IsBefore)> Gaps { get; } = [];

    /// <summary>The differences: of the node, then port by port.</summary>
    public IEnumerable<(FoundDifference Found, PathRelation Relation)> Compare()
    {
        List<(FoundDifference, PathRelation)> found = [.. Compare(null, null).Select(one => (one, PathRelation.On))];
        foreach (LocalPort port in _newPorts.Where(port => IsAsked(port.ShortId)))
        {
            LocalPort? like = Array.Find(_oldPorts, one => IsLike(one, port, isSameNetwork: true))
                ?? Array.Find(_oldPorts, one => IsLike(one, port, isSameNetwork: false));
            if (like is not null)
                found.AddRange(Compare(like, port).Select(one => (Renamed(one, like, port), PathRelation.Own)));
        }
        return found;
    }

    private bool IsAsked(string shortId) => _ports.Count == 0
        || _ports.Any(port => port.PortId.StartsWith(shortId, StringComparison.OrdinalIgnoreCase));

    // What the port lacks is told by its own name, not by that of the one that has it.
    private static FoundDifference Renamed(FoundDifference found, LocalPort old, LocalPort port)
    {
        if (found is not { Before: { } before, After: null })
            return found;
        string name = before.Object.Replace(old.ShortId, port.ShortId, StringComparison.Ordinal)
            .Replace(DeviceNames.ChainSuffix(old.ShortId), DeviceNames.ChainSuffix(port.ShortId),
                StringComparison.Ordinal);
        if (old.Mac.Length > 0 && port.Mac.Length > 0)
            name = name.Replace(old.Mac, port.Mac, StringComparison.OrdinalIgnoreCase);
        return found with { Before = before with { Object = name,
            BelongsTo = before.BelongsTo with { PortId = port.Record?.PortId ?? port.ShortId } } };
    }

    private static bool IsLike(LocalPort one, LocalPort other, bool isSameNetwork) => one.IsDhcp == other.IsDhcp
        && one.Plug == other.Plug && one.Groups == other.Groups
        && (!isSameNetwork || one.NetworkId == other.NetworkId);

    private IReadOnlyList<FoundDifference> Compare(LocalPort? old, LocalPort? port)
    {
        ItemComparison comparison = new(
            Side(_before, _was, _is.Name, old, _oldPorts), Side(_after, _is, _was.Name, port, _newPorts), _details)
        {
            IsOfNodes = true,
        };
        IReadOnlyList<FoundDifference> found =
            comparison.Compare(ComparedKinds.OfNodes.Where(kind => !kind.IsOfTimesOnly));
        Gaps.UnionWith(comparison.Gaps);
        return found;
    }

    private ComparedNode Side(CloudView cloud, NodeView node, string peer, LocalPort? port, LocalPort[] ports)
    {
        RoleOwners owners = new(cloud, node, ports, ports == _newPorts ? _oldPorts : _newPorts);
        return new(cloud, node, new RoleNaming(cloud, node, peer, ports, port))
        {
            IsWanted = one => owners.PortOf(one) is var owner && port is not null ? owner == port.ShortId
                : owner.Length == 0 && IsOfBoth(owners, one),
        };
    }

    private bool IsOfBoth(RoleOwners owners, Belonging one) =>
        (one.Namespace.Length == 0 || IsNamespaceOfBoth(one.Namespace))
        && (one.NetworkId.Length == 0 || AreServers(one.NetworkId))
        && !DeviceNames.IsRouterDevice(one.Device) && !one.Device.StartsWith("veth", StringComparison.Ordinal)
        && owners.NetworksOf(one).All(_shared.Contains);

    private bool IsNamespaceOfBoth(string name) => DeviceNames.NetworkOfNamespace(name) is { Length: > 0 } network
        ? AreServers(network) : _was.Namespace(name) is not null && _is.Namespace(name) is not null;

    private bool AreServers(string network) => Serves(_before, _was, network) && Serves(_after, _is, network);

    // By what is there, or should be.
    private static bool Serves(CloudView cloud, NodeView node, string network) =>
        node.Namespace($"qdhcp-{network}") is not null || node.DhcpServersOf(network).Any()
        || cloud.BindingsOf(network).Any(binding => HostId.IsSame(binding.ComputerName, node.Name));
}
