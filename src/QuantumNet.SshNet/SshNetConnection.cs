using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using QuantumNet.Access.Ssh;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace QuantumNet.SshNet;

/// <summary>A connection to a host, with those to the jump hosts on the way. Disposing it ends them all.</summary>
internal sealed class SshNetConnection : IDisposable
{
    private const int LoginSeconds = 30;
    private static readonly TimeSpan s_hurry = TimeSpan.FromMilliseconds(250);
    private static readonly object s_room = new();

    private readonly SshNetConnection? _way;
    private readonly ConnectionInfo _info;
    private ForwardedPortLocal? _port;
    private SshNetWatch? _watch;

    private SshNetConnection(SshNetConnection? way, ConnectionInfo info)
    {
        (_way, _info) = (way, info);
        Client = new(info);
    }

    /// <summary>SSH.NET's client.</summary>
    public SshClient Client { get; }

    /// <summary>Whether the host died without a word.</summary>
    public bool HasGivenUp => _watch?.HasGivenUp == true;

    /// <summary>Connects, through jump hosts where there are some, and logs in.</summary>
    /// <exception cref="QuantumException">A host on the way, or the node, cannot be reached, is not who it should be,
    /// or refuses the login.</exception>
    public static SshNetConnection Open(SshNetTarget target, SshNetTerms terms, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        SshNetConnection? way = target.Jump is null ? null : Open(target.Jump, terms, stop);
        try
        {
            return OpenLast(target, way, terms, stop);
        }
        catch
        {
            way?.Dispose();
            throw;
        }
    }

    private static SshNetConnection OpenLast(
        SshNetTarget target, SshNetConnection? way, SshNetTerms terms, CancellationToken stop)
    {
        HostKeyGuard guard = new(target.Subject, target.KnownHosts, target.TakesNewKeys);
        using SshNetLogin login = new(target, terms.Secret, terms.Home, stop);
        (string host, int port) = way is null ? (target.Host, target.Port) : way.Forward(target.Host, target.Port);
        ConnectionInfo info = new(host, port, target.User, login.Methods)
        {
            Timeout = TimeSpan.FromSeconds(terms.ConnectTimeoutSeconds),
            ChannelCloseTimeout = SshNetShell.Farewell,
            LoggerFactory = terms.Log,
        };
        SshNetAlgorithms.Choose(info, guard.KnownTypes, guard.ExpectsCertificate);
        SshNetConnection connection = new(way, info);
        connection.Client.HostKeyReceived += (_, shown) =>
        {
            shown.CanTrust = guard.Trusts(shown.HostKey, CertificateIn(shown));
            // From here on the host answers: what it takes to look a user up is not the network's delay.
            info.Timeout = TimeSpan.FromSeconds(Math.Max(LoginSeconds, terms.ConnectTimeoutSeconds));
        };
        try
        {
            // Cutting the way cuts a handshake short that goes through it.
            using CancellationTokenRegistration cut = stop.Register(() => way?.Cut());
            Connect(connection.Client, guard);
            connection._watch = new(connection.Client);
            stop.ThrowIfCancellationRequested();
            return connection;
        }
        catch (Exception e)
        {
            connection._watch?.Dispose();
            connection.Client.Dispose();
            stop.ThrowIfCancellationRequested();
            // Whatever a host makes SSH.NET throw is this node's failure; the other nodes go on.
            throw e is OperationCanceledException or QuantumException ? e
                : (guard.Refusal ?? SshNetFailure.Explain(target, e, login.Remarks)).ToException();
        }
    }

    /// <summary>A new host key is kept when the handshake has proven it, whether or not the host then
    /// lets the user in.</summary>
    private static void Connect(SshClient client, HostKeyGuard guard)
    {
        try
        {
            client.Connect();
        }
        catch (SshAuthenticationException)
        {
            guard.Keep();
            throw;
        }
        guard.Keep();
    }

    private static HostCertificate? CertificateIn(HostKeyEventArgs shown) =>
        shown.Certificate is { } certificate
            && HostKey.TryRead(certificate.CertificateAuthorityKey, out HostKey? authority)
            ? new(authority, certificate.Type == Renci.SshNet.Security.Certificate.CertificateType.Host,
                [.. certificate.ValidPrincipals], certificate.CriticalOptions.Count > 0)
            : null;

    /// <summary>Opens a port of the loopback that leads from this host to the next.</summary>
    private (string Host, int Port) Forward(string host, int port)
    {
        _port = new(IPAddress.Loopback.ToString(), 0, host, (uint)port);
        Client.AddForwardedPort(_port);
        _port.Start();
        MakeRoom(1);
        return (_port.BoundHost, (int)_port.BoundPort);
    }

    /// <summary>SSH.NET keeps a thread of the pool busy for as long as a port forwards. Without another in its place,
    /// sixteen nodes behind a jump host would wait for the pool to grow, one by one.</summary>
    private static void MakeRoom(int threads)
    {
        lock (s_room)
        {
            ThreadPool.GetMinThreads(out int workers, out int completions);
            ThreadPool.SetMinThreads(Math.Max(1, workers + threads), completions);
        }
    }

    private void Cut()
    {
        if (Client.IsConnected)
            SshNetSession.Cut(SshNetSession.Of(Client));
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _info.Timeout = s_hurry;        // how long a forwarded port waits for those who still use it
        Quietly(Client.Dispose);
        if (_port is not null)
        {
            Quietly(_port.Dispose);
            MakeRoom(-1);
        }
        _way?.Dispose();
    }

    internal static void Quietly(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is AggregateException or SshException or InvalidOperationException
            or IOException or SocketException)
        {
            // The connection is gone already.
        }
    }
}

/// <summary>What holds for every host on a way.</summary>
/// <param name="Home">The user's folder.</param>
/// <param name="Secret">The password, or a key's passphrase; null for none.</param>
/// <param name="ConnectTimeoutSeconds">Deadline for each connection.</param>
/// <param name="Log">Hears what SSH.NET logs; null for nobody.</param>
internal sealed record SshNetTerms(string Home, string? Secret, int ConnectTimeoutSeconds, ILoggerFactory? Log);
