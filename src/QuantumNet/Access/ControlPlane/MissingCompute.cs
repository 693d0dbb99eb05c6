namespace QuantumNet.Access.ControlPlane;

/// <summary>A cloud without Nova (Ironic or Zun alone, a network node's own records):
/// told once for a connection, then taken as it is. A path is judged without instances, too.</summary>
internal sealed class MissingCompute
{
    private int _told;

    /// <summary>Whether there is nothing to ask about instances.</summary>
    public bool IsKnown => _told != 0;

    /// <summary>Tells it, once.</summary>
    /// <param name="observer">Hears it.</param>
    /// <param name="where">What has no Nova, as the subject of a sentence.</param>
    public void Tell(IGatherObserver observer, string where)
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
            observer.Missing($"{where}: instances go without names and console logs. Paths are judged all the same.");
    }
}
