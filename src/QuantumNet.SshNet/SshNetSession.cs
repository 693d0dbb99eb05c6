using System.Net.Sockets;
using System.Reflection;
using Renci.SshNet;
using Renci.SshNet.Messages;

namespace QuantumNet.SshNet;

/// <summary>What SSH.NET keeps to itself of a session, and a watch over it needs. The version of the library is pinned,
/// and tests run all of it.</summary>
internal static class SshNetSession
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly PropertyInfo s_session = typeof(BaseClient).GetProperty("Session", Own)!;
    private static readonly MethodInfo s_send = typeof(Session).GetMethod("SendMessage", Own, [typeof(Message)])!;
    private static readonly FieldInfo s_socket = typeof(Session).GetField("_socket", Own)!;

    /// <summary>The session of a client that is connected.</summary>
    public static Session Of(BaseClient client) => (Session)s_session.GetValue(client)!;

    /// <summary>What sends a message to the host.</summary>
    public static Action<Message> SenderOf(Session session) => s_send.CreateDelegate<Action<Message>>(session);

    /// <summary>Ends a connection as if the host had: whoever waits for it, hears so.</summary>
    public static void Cut(Session session)
    {
        try
        {
            (s_socket.GetValue(session) as Socket)?.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended.
        }
    }
}
