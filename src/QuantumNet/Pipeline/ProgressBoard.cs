using System.Globalization;

namespace QuantumNet.Pipeline;

/// <summary>What a cmdlet has under way, for its bar of progress: what it asks, by name, what it counts, or what it
/// waits for. Any thread may write to it.</summary>
internal sealed class ProgressBoard(TimeProvider clock)
{
    private const int NamesShown = 3;

    private readonly object _gate = new();
    private readonly List<string> _asked = [];
    private int _planned, _begun, _answered;
    private (string Activity, int Done, int Total)? _count;
    private (string Activity, long Since, TimeSpan? Length)? _wait;

    /// <summary>What a bar shows now; null where there is nothing to tell.</summary>
    public ProgressUpdate? Now
    {
        get
        {
            lock (_gate)
                return Wait() ?? Question() ?? Count();
        }
    }

    /// <summary>So many more things will be asked.</summary>
    public void Planned(int count)
    {
        lock (_gate)
            _planned += count;
    }

    /// <summary>Something is asked from now on, until what is returned is disposed of.</summary>
    public IDisposable Asking(string name)
    {
        lock (_gate)
        {
            _asked.Add(name);
            _begun++;
        }
        return new Ending(() =>
        {
            lock (_gate)
            {
                _asked.Remove(name);
                _answered++;
            }
        });
    }

    /// <summary>So many of so many are done.</summary>
    public void Counted(string activity, int done, int total)
    {
        lock (_gate)
            _count = (activity, done, total);
    }

    /// <summary>Time has to pass from now on, until what is returned is disposed of.</summary>
    /// <param name="activity">What for.</param>
    /// <param name="length">How much; null where nobody knows.</param>
    public IDisposable Waiting(string activity, TimeSpan? length = null)
    {
        lock (_gate)
            _wait = (activity, clock.GetTimestamp(), length);
        return new Ending(() =>
        {
            lock (_gate)
                _wait = null;
        });
    }

    private ProgressUpdate? Wait()
    {
        if (_wait is not var (activity, since, asked))
            return null;
        if (asked is not TimeSpan length)
            return new(activity, "");
        TimeSpan passed = clock.GetElapsedTime(since);
        int left = (int)Math.Ceiling(Math.Max(0, (length - passed).TotalSeconds));
        return new(activity, string.Create(CultureInfo.InvariantCulture, $"{left} s left"),
            Percent(passed.TotalSeconds, length.TotalSeconds), left);
    }

    private ProgressUpdate? Question()
    {
        if (_asked.Count == 0)
            return null;
        int total = Math.Max(_planned, _begun);
        string names = string.Join(", ", _asked.Take(NamesShown));
        string others = _asked.Count > NamesShown ? $" and {_asked.Count - NamesShown} more" : "";
        return new("Gathering", $"{_answered} of {total}; waiting for {names}{others}", Percent(_answered, total));
    }

    private ProgressUpdate? Count() => _count is not var (activity, done, total) || done >= total ? null
        : new(activity, $"{done} of {total}", Percent(done, total));

    private static int? Percent(double done, double total) =>
        total > 0 ? (int)Math.Clamp(done * 100 / total, 0, 100) : null;

    private sealed class Ending(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
