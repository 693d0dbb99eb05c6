namespace QuantumNet.Pipeline;

/// <summary>Keeps progress calm: nothing in the first second, then four updates a second at most.</summary>
internal sealed class ProgressThrottle(TimeProvider clock)
{
    private static readonly TimeSpan s_firstAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly long _start = clock.GetTimestamp();
    private readonly object _lock = new();
    private TimeSpan _next = s_firstAfter;

    /// <summary>Whether a bar was shown, so that it must be completed.</summary>
    public bool HasShown { get; private set; }

    /// <summary>Whether an update may be shown now.</summary>
    public bool Allows()
    {
        TimeSpan elapsed = clock.GetElapsedTime(_start);
        lock (_lock)
        {
            if (elapsed < _next)
                return false;
            _next = elapsed + s_interval;
            return HasShown = true;
        }
    }
}
