using System.Text;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Parsing.Capture;

namespace QuantumNet.Access.Capture;

/// <summary>Hears what a node's taps capture; its methods may be called from any thread.</summary>
internal interface ICaptureObserver
{
    /// <summary>A DHCP message was seen.</summary>
    void Seen(CaptureTap tap, DhcpPacket packet);

    /// <summary>A tap began to listen.</summary>
    void Listening(CaptureTap tap);

    /// <summary>A tap does not listen, or ended otherwise than asked.</summary>
    void Failed(CaptureTap tap, string reason);
}

/// <summary>Runs all of a node's taps over one connection.</summary>
internal sealed class NodeCapture
{
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(20);

    private readonly InventoryNode _node;
    private readonly IReadOnlyList<CaptureTap> _taps;
    private readonly ICaptureObserver _observer;
    private readonly TcpdumpTextReader[] _readers;
    private readonly bool[] _listening;
    private readonly string _nonce = NodeGatherer.NewNonce();
    private bool _isComplete;
    private string _last = "";

    public NodeCapture(InventoryNode node, IReadOnlyList<CaptureTap> taps, ICaptureObserver observer, CaptureLimits limits)
    {
        (_node, _taps, _observer, Limits) = (node, taps, observer, limits);
        _listening = new bool[taps.Count];
        _readers = [.. taps.Select(tap => new TcpdumpTextReader(limits.SnapLength, packet => observer.Seen(tap, packet)))];
    }

    private CaptureLimits Limits { get; }

    /// <summary>Listens until every tap has ended; the error when the node could not be reached, or not to the end.</summary>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public async Task<QuantumError?> RunAsync(INodeTransport transport, CancellationToken stop)
    {
        string script = CaptureScript.Write(_taps, _node, Limits, _nonce, NodeGatherer.NewNonce());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(Limits.DurationSeconds) + s_margin);
        INodeShell shell = await transport.OpenAsync(_node, stop).ConfigureAwait(false);
        await using (shell.ConfigureAwait(false))
        {
            try
            {
                await WriteAsync(shell, script, deadline.Token).ConfigureAwait(false);
                await ReadAsync(shell, deadline.Token).ConfigureAwait(false);
                return _isComplete ? null : await WhyAsync(shell, deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return CaptureErrors.TracePastDeadline(_node.Name);
            }
        }
    }

    private static async Task WriteAsync(INodeShell shell, string script, CancellationToken stop)
    {
        try
        {
            await shell.Input.WriteAsync(Encoding.UTF8.GetBytes(script), stop).ConfigureAwait(false);
            await shell.Input.FlushAsync(stop).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The shell is gone; what it said tells why.
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
                FlushAll();
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
        foreach (TcpdumpTextReader reader in _readers)
            reader.Flush();
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
        char letter = rest[0];
        if (letter == 'Z')
            _isComplete = true;
        int blank = rest.IndexOf(' ');
        if (letter is not ('O' or 'E') || blank < 0 || !int.TryParse(rest[1..blank], out int number) || (uint)number >= (uint)_readers.Length)
            return;
        if (letter == 'O')
            _readers[number].Output(rest[(blank + 1)..]);
        else
            TakeError(number, rest[(blank + 1)..]);
    }

    private void TakeError(int number, ReadOnlySpan<char> text)
    {
        TcpdumpTextReader reader = _readers[number];
        const string Status = "status ";
        if (!text.StartsWith(Status))
        {
            reader.Error(text);
            if (reader.IsListening && !_listening[number])
            {
                _listening[number] = true;
                _observer.Listening(_taps[number]);
            }
            return;
        }
        reader.Flush();
        if (!reader.IsListening)
            _observer.Failed(_taps[number], reader.Said.Length > 0 ? reader.Said : $"tcpdump ended with {text}");
    }

    private async Task<QuantumError> WhyAsync(INodeShell shell, CancellationToken stop)
    {
        QuantumError? error = await shell.EndAsync(stop).ConfigureAwait(false);
        string said = shell.Said.Trim();
        return error ?? AccessErrors.ShellFailed(_node.Name, said.Length > 0 ? said[(said.LastIndexOf('\n') + 1)..] : _last.Length > 0 ? _last : "the connection ended");
    }
}
