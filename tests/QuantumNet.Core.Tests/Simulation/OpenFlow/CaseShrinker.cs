namespace QuantumNet.Core.Tests.Simulation.OpenFlow;

/// <summary>Makes a failing case small: takes away flows, actions, fields and settings one at a time while
/// it still fails.</summary>
internal static class CaseShrinker
{
    /// <summary>The smallest case found that still fails.</summary>
    public static TraceCase Shrink(TraceCase failing, Func<TraceCase, bool> stillFails)
    {
        for (bool isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (Func<TraceCase, IEnumerable<TraceCase>> ways in
                (Func<TraceCase, IEnumerable<TraceCase>>[])[WithoutFlow, WithoutPart, WithoutRest])
            {
                while (ways(failing).FirstOrDefault(stillFails) is { } smaller)
                {
                    failing = smaller;
                    isSmaller = true;
                }
            }
        }
        return failing;
    }

    private static IEnumerable<TraceCase> WithoutFlow(TraceCase made)
    {
        for (int size = made.Flows.Count / 2; size >= 1; size /= 2)
        {
            for (int i = 0; i + size <= made.Flows.Count; i += size)
                yield return made with { Flows = [.. made.Flows[..i], .. made.Flows[(i + size)..]] };
        }
    }

    private static IEnumerable<TraceCase> WithoutPart(TraceCase made)
    {
        for (int i = 0; i < made.Flows.Count; i++)
        {
            CaseFlow flow = made.Flows[i];
            foreach (string[] actions in Without(flow.Actions).Where(actions => actions.Length > 0))
                yield return With(made, i, flow with { Actions = actions });
            foreach (string[] match in Without(flow.Match)
                .Where(match => match.Any(item => item.StartsWith("table=", StringComparison.Ordinal))))
                yield return With(made, i, flow with { Match = match });
        }
    }

    private static IEnumerable<TraceCase> WithoutRest(TraceCase made)
    {
        foreach (string[] packet in Without(made.Packet)
            .Where(packet => !packet.Contains("ip") || packet.Contains("nw_proto=47"))
            .Where(packet => !packet.Contains("arp") || packet.Contains("arp_op=1")))
            yield return made with { Packet = packet };
        for (int i = 0; i < made.Ports.Count; i++)
        {
            CasePort port = made.Ports[i];
            string[] kept = [.. port.Settings.Where(setting => setting.StartsWith("peer=", StringComparison.Ordinal))];
            if (kept.Length < port.Settings.Length)
                yield return made
                    with { Ports = [.. made.Ports[..i], port with { Settings = kept }, .. made.Ports[(i + 1)..]] };
        }
        for (int i = 0; i < made.Macs.Count; i++)
            yield return made with { Macs = [.. made.Macs[..i], .. made.Macs[(i + 1)..]] };
        if (made.Bpdu.Count > 0)
            yield return made with { Bpdu = [] };
    }

    private static TraceCase With(TraceCase made, int index, CaseFlow flow) =>
        made with { Flows = [.. made.Flows[..index], flow, .. made.Flows[(index + 1)..]] };

    private static IEnumerable<string[]> Without(string[] items)
    {
        for (int i = 0; i < items.Length; i++)
            yield return [.. items[..i], .. items[(i + 1)..]];
    }
}
