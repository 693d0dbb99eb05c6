namespace QuantumNet.Comparison;

/// <summary>A difference between two things, or a thing that only one side has.</summary>
/// <param name="Before">In the reference; null where it is new.</param>
/// <param name="After">In the difference; null where it is gone.</param>
/// <param name="What">What differs: the kind, or a fact of it.</param>
/// <param name="Values">What it was and is; null where <see cref="ComparedItem.Text"/> tells.</param>
/// <param name="Suspicion">How suspicious that is.</param>
internal sealed record FoundDifference(
    ComparedItem? Before, ComparedItem? After, string What, (string Before, string After)? Values, Suspicion Suspicion)
{
    /// <summary>The thing.</summary>
    public ComparedItem Item => After ?? Before!;

    /// <summary>The node of the side that does not have it; null where both have.</summary>
    public ComparedNode? Lacking { get; init; }
}

/// <summary>Compares what two nodes hold, kind by kind.</summary>
/// <param name="before">The node of the reference.</param>
/// <param name="after">The node of the difference.</param>
/// <param name="details">What is asked for beyond what matters.</param>
internal sealed class ItemComparison(
    ComparedNode before, ComparedNode after, IReadOnlySet<ComparisonDetail> details)
{
    private readonly HashSet<string> _gone = [], _new = [];
    private readonly List<FoundDifference> _found = [];

    /// <summary>Whether two nodes are held against each other.</summary>
    public bool IsOfNodes { get; init; }

    /// <summary>What only one side tells of: the collector, its subject, and whether the reference lacks it.</summary>
    public HashSet<(string Collector, string Subject, bool IsBefore)> Gaps { get; } = [];

    /// <summary>Compares; of what is gone as a whole, or new, the parts are not told.</summary>
    /// <param name="kinds">The kinds, those that hold others first.</param>
    public IReadOnlyList<FoundDifference> Compare(IEnumerable<ComparedKind> kinds)
    {
        foreach (ComparedKind kind in kinds)
            Compare(kind);
        return _found;
    }

    private void Compare(ComparedKind kind)
    {
        Dictionary<string, ComparedItem> was = ByKey(kind, before), now = ByKey(kind, after);
        foreach ((string key, ComparedItem item) in was)
        {
            if (now.TryGetValue(key, out ComparedItem? same))
                CompareFacts(item, same);
        }
        if (kind.IsView || (IsOfNodes && kind.ComesWithPorts))
            return;
        List<ComparedItem> gone = [.. was.Values.Where(item => !now.ContainsKey(item.Key)
                && item.WhenGone is not null && IsOwn(item, _gone) && IsTold(item, after, isBefore: false))],
            added = [.. now.Values.Where(item => !was.ContainsKey(item.Key)
                && item.WhenNew is not null && IsOwn(item, _new) && IsTold(item, before, isBefore: true))];
        _gone.UnionWith(gone.Select(item => $"{kind.Name} {item.Key}"));
        _new.UnionWith(added.Select(item => $"{kind.Name} {item.Key}"));
        Pair(gone, added);
        _found.AddRange(gone.Select(item => new FoundDifference(item, null, kind.Name, null, item.WhenGone!.Value)
            { Lacking = after }));
        _found.AddRange(added.Select(item => new FoundDifference(null, item, kind.Name, null, item.WhenNew!.Value)
            { Lacking = before }));
    }

    private Dictionary<string, ComparedItem> ByKey(ComparedKind kind, ComparedNode node)
    {
        Dictionary<string, ComparedItem> items = new(StringComparer.Ordinal);
        foreach (ComparedItem item in kind.Of(node, details))
            items.TryAdd(item.Key, item);
        return items;
    }

    private static bool IsOwn(ComparedItem item, HashSet<string> wholes) =>
        item.Within.Length == 0 || !wholes.Contains(item.Within);

    private bool IsTold(ComparedItem item, ComparedNode other, bool isBefore)
    {
        if (other.Tells(item.Kind.Collector, item.Subject))
            return true;
        Gaps.Add((item.Kind.Collector, item.Subject, isBefore));
        return false;
    }

    private void CompareFacts(ComparedItem was, ComparedItem now)
    {
        for (int i = 0; i < was.Facts.Length; i++)
        {
            ComparedFact old = was.Facts[i], current = now.Facts[i];
            if (old.Value is null || current.Value is null || old.Value == current.Value)
                continue;
            if (Values(old, current) is not { } values)
                continue;
            // Getting well is not what broke.
            Suspicion suspicion = current.Value == current.Sound && current.Suspicion > Suspicion.Addition
                ? Suspicion.Addition : current.Suspicion;
            _found.Add(new(was, now, current.Name, values, suspicion));
        }
    }

    private static (string, string)? Values(ComparedFact was, ComparedFact now)
    {
        if (now.Compare is not null)
            return now.Compare(was.Value!, now.Value!);
        if (!was.IsList)
            return was.Shown != now.Shown ? (was.Shown, now.Shown) : (was.Value!, now.Value!);
        string[] old = was.Value!.Split('\n'), current = now.Value!.Split('\n');
        return (string.Join(", ", old.Except(current)), string.Join(", ", current.Except(old)));
    }

    // One that is gone and one that is new, alike and the only ones of their likeness: it changed.
    private void Pair(List<ComparedItem> gone, List<ComparedItem> added)
    {
        Dictionary<string, ComparedItem?> known = [];
        foreach (ComparedItem item in added.Where(item => item.Likeness.Length > 0))
            known[item.Likeness] = known.ContainsKey(item.Likeness) ? null : item;
        foreach (IGrouping<string, ComparedItem> alike in gone.Where(item => item.Likeness.Length > 0)
            .GroupBy(item => item.Likeness).ToList())
        {
            if (alike.Count() > 1 || known.GetValueOrDefault(alike.Key) is not { } now)
                continue;
            ComparedItem was = alike.First();
            gone.Remove(was);
            added.Remove(now);
            _found.Add(new(was, now, was.Kind.Name, (was.Whole, now.Whole), was.WhenGone!.Value));
        }
    }
}
