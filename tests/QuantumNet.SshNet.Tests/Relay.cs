using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace QuantumNet.SshNet.Tests;

/// <summary>Listens on the loopback and passes bytes on to a server: one in another network namespace,
/// one that falls silent, or one that is cut off.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private readonly Func<Socket> _connect;
    private readonly long _bytes;
    private int _left;

    /// <summary>A relay.</summary>
    /// <param name="connect">Connects to the server.</param>
    /// <param name="bytes">How many of the server's bytes pass before it falls silent.</param>
    public Relay(Func<Socket> connect, long bytes = long.MaxValue)
    {
        (_connect, _bytes) = (connect, bytes);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether bytes are lost from now on, both ways, as when a cable is pulled.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Connections that somebody holds open.</summary>
    public int Connections
    {
        get
        {
            lock (_sockets)
                return _sockets.Count(socket => socket.Connected) / 2;
        }
    }

    /// <summary>Clients that ended their connection.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>To a server on the loopback.</summary>
    public static Func<Socket> To(int port) => () =>
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    };

    /// <summary>To a server that only a network namespace reaches: a socket belongs to the namespace of the thread
    /// that makes it.</summary>
    public static Func<Socket> To(string namespaceFile, string address, int port) => () =>
    {
        Socket? socket = null;
        int error = 0;
        Thread thread = new(() =>
        {
            using SafeFileHandle file = File.OpenHandle(namespaceFile);
            error = SetNamespace(file, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
            if (error == 0)
                socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        });
        thread.Start();
        thread.Join();
        Assert.True(socket is not null, $"setns({namespaceFile}): {Marshal.GetPInvokeErrorMessage(error)}");
        socket.Connect(address, port);
        return socket;
    };

    /// <summary>Ends every connection, as a router that resets them does.</summary>
    public void Cut()
    {
        lock (_sockets)
        {
            _sockets.ForEach(socket => socket.Close(0));
            _sockets.Clear();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            Socket server = _connect();
            lock (_sockets)
                _sockets.AddRange([client, server]);
            _ = LeaveAsync(CopyAsync(client, server, long.MaxValue));
            _ = CopyAsync(server, client, _bytes);
        }
    }

    private async Task LeaveAsync(Task copying)
    {
        await copying;
        Interlocked.Increment(ref _left);
    }

    private async Task CopyAsync(Socket from, Socket to, long bytes)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
            {
                int passing = (int)Math.Min(count, bytes);
                bytes -= passing;
                if (passing > 0 && !IsSilent)
                    await SendAsync(to, buffer.AsMemory(0, passing));
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            from.Dispose();
            to.Dispose();
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes)..];
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNamespace(SafeFileHandle file, int kind);
}
