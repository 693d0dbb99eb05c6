using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>What was gathered last through a connection, so that several cmdlets can judge, report and draw the same.
/// Only whole gathers are kept, and few.</summary>
internal sealed class KeptGathers
{
    /// <summary>How many are kept at most.</summary>
    public const int MostGathers = 4;

    // What some dozens of nodes print; more is gathered again each time.
    private const long MostBytes = 128 * 1024 * 1024;

    private readonly object _gate = new();
    private readonly List<KeptGather> _newestFirst = [];

    /// <summary>Keeps what was gathered, in place of what it covers, unless something of it ran past a
    /// deadline.</summary>
    public void Keep(KeptGather gather)
    {
        if (!IsWhole(gather.Snapshot) || gather.Size > MostBytes)
            return;
        lock (_gate)
        {
            _newestFirst.RemoveAll(older => gather.Covers(older.Request));
            _newestFirst.Insert(0, gather);
            while (_newestFirst.Count > MostGathers || _newestFirst.Sum(one => one.Size) > MostBytes)
                _newestFirst.RemoveAt(_newestFirst.Count - 1);
        }
    }

    /// <summary>The newest that covers what is asked for; null when there is none.</summary>
    /// <param name="wanted">What is asked for.</param>
    /// <param name="now">The time.</param>
    /// <param name="age">How old it may be. One from the future has no age that could be trusted.</param>
    public KeptGather? Find(GatherRequest wanted, DateTimeOffset now, TimeSpan age)
    {
        lock (_gate)
            return _newestFirst.Find(one => one.BeganAt <= now && now - one.BeganAt <= age && one.Covers(wanted));
    }

    /// <summary>Forgets all: the nodes were changed, or the connection is given up.</summary>
    public void Clear()
    {
        lock (_gate)
            _newestFirst.Clear();
    }

    private static bool IsWhole(QuantumSnapshot snapshot) =>
        Array.TrueForAll(snapshot.Nodes, node => node.FailureCode.Length == 0)
        && Array.TrueForAll(snapshot.Outputs, output => !output.TimedOut)
        && Array.TrueForAll(snapshot.RecordOutputs, output => !output.TimedOut);
}
