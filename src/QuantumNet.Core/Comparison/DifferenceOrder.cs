namespace QuantumNet.Comparison;

/// <summary>Puts differences in order, the most suspicious first, and says so in one sentence.</summary>
internal static class DifferenceOrder
{
    private const int LongestValue = 80;

    // As the catalogue of checks goes: from what was ordered along the path to the server.
    private static readonly string[] s_layers =
        ["ControlPlane", "Devices", "Iptables", "Integration", "Tunnel", "DhcpServer"];

    /// <summary>The differences as a user meets them.</summary>
    public static QuantumDifference[] Of(
        IEnumerable<(FoundDifference Found, PathRelation Relation)> found, bool isOfNodes = false)
    {
        // What came in addition, and versions, are seldom what broke, wherever they stand.
        (FoundDifference Found, PathRelation Relation)[] sorted = [.. found
            .OrderBy(one => one.Found.Suspicion <= Suspicion.Addition)
            .ThenByDescending(one => one.Relation >= PathRelation.On)
            .ThenByDescending(one => one.Found.Suspicion).ThenByDescending(one => one.Relation)
            .ThenBy(one => Array.IndexOf(s_layers, one.Found.Item.Layer))
            .ThenBy(one => one.Found.Item.Node.View.Name, StringComparer.OrdinalIgnoreCase)];
        QuantumDifference[] told = [.. sorted.Select((one, place) =>
            Told(one.Found, one.Relation >= PathRelation.On, place + 1))];
        told = Array.ConvertAll(told, one => one with { IsOfNodes = isOfNodes });
        string verdict = VerdictOn(told);
        return Array.ConvertAll(told, one => one with { Verdict = verdict });
    }

    private static QuantumDifference Told(FoundDifference found, bool isOnPath, int rank)
    {
        ComparedItem item = found.Item;
        Evidence? was = LineOf(found.Before, found), now = LineOf(found.After, found);
        return new()
        {
            Rank = rank,
            Layer = item.Layer,
            ComputerName = found.After is { } after ? NodeOf(after) : NodeOf(found.Before!, found.Lacking),
            ReferenceComputerName = found.Before is { } before ? NodeOf(before) : NodeOf(found.After!, found.Lacking),
            Object = item.Object,
            What = found.What,
            Change = found.Before is null ? DifferenceChange.Added
                : found.After is null ? DifferenceChange.Removed : DifferenceChange.Changed,
            Before = found.Values?.Before ?? found.Before?.Text ?? "",
            After = found.Values?.After ?? found.After?.Text ?? "",
            BeforeEvidence = was,
            AfterEvidence = now,
            IsOnPath = isOnPath,
            PortId = item.BelongsTo.PortId,
            NetworkId = item.BelongsTo.NetworkId,
            Bridge = item.BelongsTo.Bridge,
        };
    }

    private static string NodeOf(ComparedItem item, ComparedNode? lacking = null) => item.Node.IsOfRecords
        ? item.Line?.ComputerName ?? "" : (lacking ?? item.Node).View.Name;

    private static Evidence? LineOf(ComparedItem? item, FoundDifference found) => item is not null ? item.Line
        : found.Lacking?.OutputOf(found.Item.Kind.Collector, found.Item.Subject);

    private static string VerdictOn(QuantumDifference[] told)
    {
        if (told.Length == 0)
            return "";
        QuantumDifference first = told[0];
        string where = first.ComputerName.Length > 0 ? $"{first.ComputerName}: " : "";
        string most = $"{where}{first.Object}: "
            + (first with { Before = Cut(first.Before), After = Cut(first.After) }).Summary;
        return told.Length == 1 ? $"One difference: {most}"
            : $"The most suspicious of {told.Length} differences: {most}";
    }

    private static string Cut(string text) =>
        text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue - 1), "…");
}
