using System.Net.Sockets;
using System.Text;
using QuantumNet.Access;
using QuantumNet.Access.Ssh;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace QuantumNet.SshNet;

/// <summary>A shell behind a channel of SSH.NET, with a connection of its own.</summary>
internal sealed class SshNetShell : INodeShell
{
    /// <summary>The end of its input is enough for a shell that listens; one that does not is not waited for.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(250);

    private const int MaximumSaid = 64 * 1024;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private readonly string _node;
    private readonly SshNetConnection _connection;
    private readonly SshCommand _command;
    private readonly Task _running;
    private readonly Task _reading;
    private readonly StringBuilder _said = new();

    private SshNetShell(string node, SshNetConnection connection, SshCommand command, Task running, Stream input)
    {
        (_node, _connection, _command, _running) = (node, connection, command, running);
        Input = new ChannelInput(input);
        Output = new PumpedStream(command.OutputStream);
        _reading = Task.Factory.StartNew(ReadErrors, CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public Stream Input { get; }

    public Stream Output { get; }

    public int? ExitStatus => _command.ExitStatus;

    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <summary>Starts the shell; owns the connection from then on.</summary>
    public static SshNetShell Start(SshNetConnection connection, string node)
    {
        SshCommand command = connection.Client.CreateCommand("exec sh -s", Encoding.UTF8);
        try
        {
            Task running = command.ExecuteAsync();
            return new(node, connection, command, running, InputOf(command));
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    public async Task<QuantumError?> EndAsync(CancellationToken stop)
    {
        string? lost = null;
        try
        {
            await _running.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            lost = _connection.HasGivenUp ? $"nothing was heard of it for {SshTransport.GivesUpAfterSeconds} s"
                : e is SshConnectionException ? "the node closed the connection" : SshNetFailure.Sentence(e);
        }
        await Task.WhenAny(_reading, Task.Delay(s_grace, stop)).ConfigureAwait(false);
        if (lost is null)
            return Explain();
        Say((Said is { Length: > 0 } said && !said.EndsWith('\n') ? "\n" : "") + lost);
        return SshNetErrors.Unreachable(_node, lost);
    }

    public async ValueTask DisposeAsync()
    {
        Task closing = Task.Factory.StartNew(Close, CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAny(closing, Task.Delay(s_grace)).ConfigureAwait(false);
    }

    // A shell that ended at once has closed its channel, and then there is no input to be had:
    // why it ended is told by EndAsync.
    private static Stream InputOf(SshCommand command)
    {
        try
        {
            return command.CreateInputStream();
        }
        catch (InvalidOperationException)
        {
            return Stream.Null;
        }
    }

    private QuantumError? Explain()
    {
        if (ExitStatus == 0)
            return null;
        string said = Said.Trim();
        string line = said[(said.LastIndexOf('\n') + 1)..].TrimEnd('.');
        string end = ExitStatus is { } status ? $"exit status {status}"
            : _command.ExitSignal is { } signal ? $"signal {signal}" : "no exit status";
        return AccessErrors.ShellFailed(_node, line.Length > 0 ? line : end);
    }

    private void Close()
    {
        SshNetConnection.Quietly(() =>
        {
            Input.Dispose();
            _running.Wait(Farewell);
        });
        Output.Dispose();
        SshNetConnection.Quietly(_command.Dispose);
        _connection.Dispose();
    }

    private void ReadErrors()
    {
        char[] buffer = new char[4096];
        using StreamReader reader = new(_command.ExtendedOutputStream, Encoding.UTF8, false, 4096, leaveOpen: true);
        int count;
        while ((count = reader.Read(buffer, 0, buffer.Length)) > 0)
            Say(buffer.AsSpan(0, count));
    }

    private void Say(ReadOnlySpan<char> text)
    {
        lock (_said)
            _said.Append(text[..Math.Min(text.Length, MaximumSaid - Math.Min(MaximumSaid, _said.Length))]);
    }
}
