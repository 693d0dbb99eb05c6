using System.Collections.Concurrent;

namespace QuantumNet.Pipeline;

/// <summary>What work outside the pipeline's thread may write to: each call queues, and waits while
/// the queue is full.</summary>
internal sealed class PipelineWriter(
    BlockingCollection<Action<ICommandHost>> queue, ProgressThrottle throttle, ProgressBoard board,
    CancellationToken stop)
{
    /// <summary>What is under way.</summary>
    public ProgressBoard Board => board;

    public void Object(object value) => Add(host => host.Object(value));

    public void Error(QuantumError error) => Add(host => host.Error(error));

    public void Warning(string text) => Add(host => host.Warning(text));

    public void Verbose(string text) => Add(host => host.Verbose(text));

    public void Debug(string text) => Add(host => host.Debug(text));

    /// <summary>Shows what is under way, if it is time; never waits. For a clock to call.</summary>
    public void ShowProgress()
    {
        try
        {
            if (board.Now is { } update && throttle.Allows())
                queue.TryAdd(host => host.Progress(update));
        }
        catch (InvalidOperationException)
        {
            // The work has ended.
        }
    }

    /// <summary>Lets time pass, and tells what for and how much is left.</summary>
    public async Task WaitAsync(string why, TimeSpan length, TimeProvider clock, CancellationToken cancel)
    {
        using IDisposable waiting = board.Waiting(why, length);
        await Task.Delay(length, clock, cancel).ConfigureAwait(false);
    }

    /// <summary>Takes the bar away, when what it tells of is done and the work is not.</summary>
    public void EndProgress()
    {
        if (throttle.HasShown)
            Add(host => host.Progress(ProgressUpdate.Completed));
    }

    private void Add(Action<ICommandHost> write) => queue.Add(write, stop);
}
