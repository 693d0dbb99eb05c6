using QuantumNet.Access;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>Remembers what it hears.</summary>
internal sealed class HeardObserver : IGatherObserver
{
    private readonly object _lock = new();

    public List<CommandOutput> Finished { get; } = [];
    public List<QuantumError> Errors { get; } = [];
    public List<string> Told { get; } = [];

    public void CommandFinished(CommandOutput output)
    {
        lock (_lock)
            Finished.Add(output);
    }

    public void Failed(QuantumError error)
    {
        lock (_lock)
            Errors.Add(error);
    }

    public void Missing(string text)
    {
        lock (_lock)
            Told.Add(text);
    }
}
