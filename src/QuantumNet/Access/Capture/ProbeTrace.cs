using QuantumNet.Observations.Counters;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;

namespace QuantumNet.Access.Capture;

/// <summary>Captures on all hops of a port's path while a probe is on its way.</summary>
internal sealed class ProbeTrace : ITraceObserver
{
    private const int LongestSeconds = 180;
    private const int PacketCount = 1000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string> _tell;

    /// <param name="tell">Hears of nodes that cannot be captured on: that costs their hops, not the probe.</param>
    public ProbeTrace(Action<string> tell) => _tell = tell;

    /// <summary>Listens, does something, and tells what was seen of a transaction.</summary>
    /// <param name="source">The nodes.</param>
    /// <param name="plan">Where to capture.</param>
    /// <param name="transactionId">The transaction.</param>
    /// <param name="act">What to do as soon as all hops listen, or are known not to;
    /// whether it is worth listening on.</param>
    /// <param name="stop">Ends it all.</param>
    public async Task<ProbeCapture> DuringAsync(
        LiveSource source, TracePlan plan, string transactionId, Func<Task<bool>> act, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var trace = new LiveTrace([plan], _ => true, new CaptureLimits(LongestSeconds, PacketCount), this);
        Task<DhcpTraceResult[]> listening = trace.RunAsync(source.Reach, enough.Token, stop);
        try
        {
            await Task.WhenAny(_ready.Task, listening, Task.Delay(s_patience, stop)).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            if (!await act().ConfigureAwait(false))
                return ProbeCapture.None;
        }
        finally
        {
            await enough.CancelAsync().ConfigureAwait(false);
            await ((Task)listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return ProbeCapture.Of((await listening.ConfigureAwait(false))[0], transactionId);
    }

    void ITraceObserver.Seen(DhcpPacketObservation observation)
    {
    }

    void ITraceObserver.Listening(int hops, int total)
    {
        if (hops == total)
            _ready.TrySetResult();
    }

    void ITraceObserver.Failed(QuantumError error) => _tell(error.Message);
}
