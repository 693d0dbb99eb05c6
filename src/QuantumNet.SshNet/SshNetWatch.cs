using System.Text;
using QuantumNet.Access.Ssh;
using Renci.SshNet;
using Renci.SshNet.Messages;
using Renci.SshNet.Messages.Connection;

namespace QuantumNet.SshNet;

/// <summary>Notices that a host has died without a word, as ssh does (ssh_config(5), ServerAliveInterval): asks at
/// intervals whether it is there, and cuts the connection when nothing at all was heard for as long as ssh would wait.
/// SSH.NET's own keep-alives ask for no answer.</summary>
internal sealed class SshNetWatch : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(SshTransport.AliveIntervalSeconds);

    private readonly Session _session;
    private readonly Action<Message> _send;
    private readonly Timer _timer;
    private long _heardAt = Environment.TickCount64;
    private int _isAsking;

    /// <summary>Watches a client that is connected.</summary>
    public SshNetWatch(BaseClient client)
    {
        _session = SshNetSession.Of(client);
        _send = SshNetSession.SenderOf(_session);
        _session.RequestSuccessReceived += (_, _) => Heard();
        _session.RequestFailureReceived += (_, _) => Heard();
        _session.ChannelDataReceived += (_, _) => Heard();
        _session.ChannelExtendedDataReceived += (_, _) => Heard();
        _timer = new(_ => Look(), null, s_interval, s_interval);
    }

    /// <summary>Whether the host was given up.</summary>
    public bool HasGivenUp { get; private set; }

    public void Dispose() => _timer.Dispose();

    private void Heard() => Volatile.Write(ref _heardAt, Environment.TickCount64);

    private void Look()
    {
        long silence = Environment.TickCount64 - Volatile.Read(ref _heardAt);
        // A timer that comes a little early must not add a whole interval.
        if (silence < SshTransport.GivesUpAfterSeconds * 1000 - s_interval.TotalMilliseconds / 2)
        {
            // What cannot be sent for want of room waits; one question at a time is enough.
            if (Interlocked.Exchange(ref _isAsking, 1) == 0)
                Task.Factory.StartNew(Ask, CancellationToken.None,
                    TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return;
        }
        HasGivenUp = true;
        _timer.Dispose();
        SshNetSession.Cut(_session);
    }

    private void Ask()
    {
        try
        {
            _send(new AliveRequest());
        }
        catch (Exception e) when (e is Renci.SshNet.Common.SshException or ObjectDisposedException
            or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            // The connection has ended; whoever uses it hears so.
        }
        finally
        {
            Volatile.Write(ref _isAsking, 0);
        }
    }

    /// <summary>OpenSSH, PROTOCOL: a global request that no host knows how to grant, and every host answers.</summary>
    private sealed class AliveRequest : GlobalRequestMessage
    {
        private static readonly byte[] s_name = Encoding.ASCII.GetBytes("keepalive@openssh.com");

        protected override int BufferCapacity => 1 + 4 + s_name.Length + 1;

        protected override void SaveData()
        {
            WriteBinaryString(s_name);
            Write(true);
        }
    }
}
