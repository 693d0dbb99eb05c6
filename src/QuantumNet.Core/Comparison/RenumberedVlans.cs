using System.Globalization;
using QuantumNet.Topology;

namespace QuantumNet.Comparison;

/// <summary>The names of a node at a later time, in those of an earlier one: an agent that is restarted assigns local
/// VLANs again, and each network has another. By the flows that translate them, so that a port's wrong tag stays
/// one.</summary>
internal sealed class RenumberedVlans : Naming
{
    private readonly Dictionary<int, int> _earlier = [];
    private readonly HashSet<int> _taken = [];

    public RenumberedVlans(CloudView before, NodeView was, CloudView after, NodeView now)
    {
        Dictionary<string, int> old = VlansOf(before, was);
        foreach ((string network, int vlan) in VlansOf(after, now))
        {
            if (!old.TryGetValue(network, out int earlier) || earlier == vlan)
                continue;
            _earlier[vlan] = earlier;
            _taken.Add(earlier);
        }
    }

    /// <summary>The VLAN of each network on a node; of two that flows tell of, the lowest.</summary>
    public static Dictionary<string, int> VlansOf(CloudView cloud, NodeView node)
    {
        Dictionary<string, int> vlans = new(StringComparer.OrdinalIgnoreCase);
        foreach ((int vlan, string network) in LocalVlanMap.NetworksByFlows(cloud, node).OrderBy(one => one.Key))
            vlans.TryAdd(network, vlan);
        return vlans;
    }

    /// <inheritdoc/>
    public override string Vlan(int vlan) => _earlier.TryGetValue(vlan, out int earlier) ? base.Vlan(earlier)
        // The number that was another network's is not that one's any more.
        : _taken.Contains(vlan) ? string.Create(CultureInfo.InvariantCulture, $"{vlan} (since)") : base.Vlan(vlan);

    /// <inheritdoc/>
    public override string Zone(string zone) =>
        int.TryParse(zone, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && _earlier.ContainsKey(number) ? Vlan(number) : zone;
}
