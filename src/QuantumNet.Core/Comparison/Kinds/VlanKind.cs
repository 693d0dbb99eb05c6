using QuantumNet.Topology;
using static QuantumNet.Comparison.Kinds.DeviceKinds;

namespace QuantumNet.Comparison.Kinds;

/// <summary>The local VLANs that a node's networks have, as one thing: what is renumbered is said once, and not for
/// each port and flow.</summary>
internal static class VlanKind
{
    public static readonly ComparedKind<Dictionary<string, int>> Vlans = new()
    {
        Name = "local VLANs",
        Collector = "OvsFlow",
        IsOfTimesOnly = true,
        Records = node => [RenumberedVlans.VlansOf(node.Cloud, node.View)],
        Layer = (_, _) => "Integration",
        Identity = (_, _) => "",
        Object = _ => "local VLANs",
        Facts =
        [
            new("numbers", Suspicion.Trivial, (vlans, node) => Lines(vlans.OrderBy(one => one.Key)
                .Select(one => $"{node.Cloud.Network(one.Key)?.Name} {one.Key}: {one.Value}".Trim())))
                { IsList = true, Compare = Renumbered },
        ],
        Line = (_, node) => node.OutputOf("OvsFlow", node.View.TunnelBridge),
        BelongsTo = (_, _) => new() { IsOfAllPorts = true },
        WhenGone = _ => null,
        WhenNew = _ => null,
    };

    // A network that only one time has says nothing here: its ports and flows tell.
    private static (string, string)? Renumbered(string before, string after)
    {
        Dictionary<string, string> now = [];
        foreach (string line in after.Split('\n'))
            now.TryAdd(NameOf(line), line);
        string[] changed = [.. before.Split('\n')
            .Where(line => now.TryGetValue(NameOf(line), out string? other) && other != line)];
        return changed.Length == 0 ? null : (string.Join(", ", changed),
            string.Join(", ", changed.Select(line => now[NameOf(line)])));
    }

    private static string NameOf(string line) => line[..Math.Max(line.LastIndexOf(':'), 0)];
}
