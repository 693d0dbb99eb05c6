using System.Collections.Concurrent;

namespace QuantumNet.Pipeline;

/// <summary>What work outside the pipeline's thread may write to: each call queues, and waits while
/// the queue is full.</summary>
internal sealed class PipelineWriter(
    BlockingCollection<Action<ICommandHost>> queue, ProgressThrottle throttle, CancellationToken stop)
{
    public void Object(object value) => Add(host => host.Object(value));

    public void Error(QuantumError error) => Add(host => host.Error(error));

    public void Warning(string text) => Add(host => host.Warning(text));

    public void Verbose(string text) => Add(host => host.Verbose(text));

    public void Debug(string text) => Add(host => host.Debug(text));

    public void Progress(string activity, int done, int total)
    {
        if (throttle.Allows())
            Add(host => host.Progress(new ProgressUpdate(activity, done, total, IsCompleted: false)));
    }

    /// <summary>Takes the bar away, when what it tells of is done and the work is not.</summary>
    public void EndProgress()
    {
        if (throttle.HasShown)
            Add(host => host.Progress(new ProgressUpdate("Done", 1, 1, IsCompleted: true)));
    }

    private void Add(Action<ICommandHost> write) => queue.Add(write, stop);
}
