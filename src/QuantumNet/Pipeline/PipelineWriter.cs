using System.Collections.Concurrent;

namespace QuantumNet.Pipeline;

/// <summary>What work outside the pipeline's thread may write to: each call queues, and waits while the queue is full.</summary>
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

    private void Add(Action<ICommandHost> write) => queue.Add(write, stop);
}
