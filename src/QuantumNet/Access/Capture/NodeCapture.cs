using System.Globalization;
using System.Text;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots.Captures;

namespace QuantumNet.Access.Capture;

/// <summary>Hears of a node's taps; may be called from any thread.</summary>
internal interface INodeCaptureObserver
{
    /// <summary>Seconds since the trace began.</summary>
    double Now { get; }

    /// <summary>A tap began to listen, or does not.</summary>
    void Changed();
}

/// <summary>Runs all of a node's taps over one connection.</summary>
internal sealed class NodeCapture
{
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(CaptureScript.Lease / 6);

    private readonly InventoryNode _node;
    private readonly IReadOnlyList<(CaptureTap Tap, TapLog Log)> _taps;
    private readonly INodeCaptureObserver _observer;
    private readonly string _nonce = NodeGatherer.NewNonce();
    private bool _isComplete;
    private string _last = "";

    public NodeCapture(InventoryNode node, IReadOnlyList<(CaptureTap Tap, TapLog Log)> taps,
        INodeCaptureObserver observer, CaptureLimits limits) =>
        (_node, _taps, _observer, Limits) = (node, taps, observer, limits);

    private CaptureLimits Limits { get; }

    /// <summary>Listens until every tap has ended, or it is enough; the error when the node could not be reached,
    /// or not to the end.</summary>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public async Task<QuantumError?> RunAsync(
        INodeTransport transport, CancellationToken enough, CancellationToken stop)
    {
        string script = CaptureScript.Write(
            [.. _taps.Select(one => one.Tap)], _node, Limits, _nonce, NodeGatherer.NewNonce());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop, enough);
        deadline.CancelAfter(TimeSpan.FromSeconds(Limits.DurationSeconds) + s_margin);
        INodeShell shell = await transport.OpenAsync(_node, stop).ConfigureAwait(false);
        await using (shell.ConfigureAwait(false))
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
            Task beats = Task.CompletedTask;
            try
            {
                await WriteAsync(shell, script, deadline.Token).ConfigureAwait(false);
                beats = BeatAsync(shell, end.Token);
                await ReadAsync(shell, deadline.Token).ConfigureAwait(false);
                return _isComplete ? null : await WhyAsync(shell, deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return enough.IsCancellationRequested ? null : CaptureErrors.TracePastDeadline(_node.Name);
            }
            finally
            {
                await end.CancelAsync().ConfigureAwait(false);
                await beats.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task WriteAsync(INodeShell shell, string text, CancellationToken stop)
    {
        try
        {
            await shell.Input.WriteAsync(Encoding.UTF8.GetBytes(text), stop).ConfigureAwait(false);
            await shell.Input.FlushAsync(stop).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The shell is gone; what it said tells why.
        }
    }

    /// <summary>Tells the node that somebody still listens.</summary>
    private static async Task BeatAsync(INodeShell shell, CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(s_beat, stop).ConfigureAwait(false);
            await WriteAsync(shell, "on\n", stop).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(INodeShell shell, CancellationToken stop)
    {
        using var reader = new StreamReader(shell.Output, Encoding.Latin1, false, 1 << 16, leaveOpen: true);
        Task<string?> next = NextAsync(reader, stop);
        while (!_isComplete)
        {
            if (await Task.WhenAny(next, Task.Delay(s_idle, stop)).ConfigureAwait(false) != next)
            {
                stop.ThrowIfCancellationRequested();
                foreach ((_, TapLog log) in _taps)
                    log.Pause();
                continue;
            }
            if (await next.ConfigureAwait(false) is not { } line)
                break;
            Take(line);
            next = NextAsync(reader, stop);
        }
        FlushAll();
    }

    private static async Task<string?> NextAsync(StreamReader reader, CancellationToken stop)
    {
        try
        {
            return await reader.ReadLineAsync(stop).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void FlushAll()
    {
        foreach ((_, TapLog log) in _taps)
            log.Flush();
    }

    /// <summary>Takes a line of the script: nonce, letter, number, blank, text.</summary>
    private void Take(string line)
    {
        if (!line.StartsWith(_nonce, StringComparison.Ordinal) || line.Length == _nonce.Length)
        {
            _last = line;
            return;
        }
        ReadOnlySpan<char> rest = line.AsSpan(_nonce.Length);
        if (rest[0] == 'Z')
            _isComplete = true;
        int blank = rest.IndexOf(' ');
        if (blank < 0 || !int.TryParse(rest[1..blank], CultureInfo.InvariantCulture, out int number)
            || (uint)number >= (uint)_taps.Count)
            return;
        TapLog log = _taps[number].Log;
        switch (rest[0])
        {
            case 'O':
                log.Output(rest[(blank + 1)..], _observer.Now);
                break;
            case 'E':
                TakeError(log, rest[(blank + 1)..]);
                break;
            case 'L':
                log.End(_observer.Now,
                    string.Create(CultureInfo.InvariantCulture, $"it had {Limits.MaximumBytes >> 20} MiB"));
                break;
        }
    }

    private void TakeError(TapLog log, ReadOnlySpan<char> text)
    {
        const string Status = "status ";
        bool listened = log.IsListening;
        double now = _observer.Now;
        if (!text.StartsWith(Status))
            log.Error(text, now);
        else if (listened)
            log.End(now, WhyEnded(log, now, text));
        else
            log.Fail(now, log.Said.Length > 0 ? log.Said : $"tcpdump ended with {text}");
        if (log.IsListening != listened || log.HasFailed)
            _observer.Changed();
    }

    private string WhyEnded(TapLog log, double now, ReadOnlySpan<char> status)
    {
        if (now - log.From >= Limits.DurationSeconds - 1)
            return "";
        if (status is "status 0")
            return string.Create(CultureInfo.InvariantCulture, $"it had {Limits.PacketCount} packets");
        return log.Said.Length > 0 ? log.Said : $"tcpdump ended with {status}";
    }

    private async Task<QuantumError> WhyAsync(INodeShell shell, CancellationToken stop)
    {
        QuantumError? error = await shell.EndAsync(stop).ConfigureAwait(false);
        string said = shell.Said.Trim();
        return error ?? AccessErrors.ShellFailed(_node.Name,
            said.Length > 0 ? said[(said.LastIndexOf('\n') + 1)..] : _last.Length > 0 ? _last : "the connection ended");
    }
}
