using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>Opens sockets in another network namespace: a thread of its own goes there, the socket stays.</summary>
internal static class NamespaceThread
{
    private const int CloneNewNet = 0x40000000;

    /// <summary>A socket that sends and receives whole frames on a device of a namespace.</summary>
    public static Socket OpenFrames(string namespaceName, string device)
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                socket = Open(namespaceName, device);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new IOException($"no socket in {namespaceName}", failure);
    }

    private static Socket Open(string namespaceName, string device)
    {
        int file = OpenFile($"/var/run/netns/{namespaceName}", 0);
        int entered = SetNamespace(file, CloneNewNet);
        CloseFile(file);
        if (entered != 0)
            throw new IOException($"setns: {Marshal.GetLastPInvokeError()}");
        // all protocols, big-endian
        var socket = new Socket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)0x0300);
        socket.Bind(new DeviceEndPoint((int)DeviceIndex(device)));
        socket.ReceiveBufferSize = 1 << 20;
        return socket;
    }

    // nsfs files cannot be sought, which FileStream insists on.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseFile(int file);

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNamespace(int file, int kind);

    [DllImport("libc", EntryPoint = "if_nametoindex")]
    private static extern uint DeviceIndex([MarshalAs(UnmanagedType.LPUTF8Str)] string device);

    /// <summary>struct sockaddr_ll (packet(7)).</summary>
    private sealed class DeviceEndPoint(int index) : System.Net.EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override System.Net.SocketAddress Serialize()
        {
            var address = new System.Net.SocketAddress(AddressFamily.Packet, 20);
            address[2] = 0;
            address[3] = 3;         // ETH_P_ALL
            for (int i = 0; i < 4; i++)
                address[4 + i] = (byte)(index >> (8 * i));
            return address;
        }

        public override System.Net.EndPoint Create(System.Net.SocketAddress socketAddress) => this;
    }
}
