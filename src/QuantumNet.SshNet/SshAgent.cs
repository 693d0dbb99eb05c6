using System.Buffers.Binary;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Text;

namespace QuantumNet.SshNet;

/// <summary>A key that an agent holds.</summary>
/// <param name="Blob">The public key, or the certificate, as SSH sends it.</param>
/// <param name="Comment">What the agent says of it.</param>
internal sealed record AgentIdentity(byte[] Blob, string Comment);

/// <summary>Asks an ssh-agent (draft-ietf-sshm-ssh-agent): which keys it holds, and for signatures.
/// Each question has a connection of its own.</summary>
/// <param name="address">A socket's path; on Windows the name of a pipe.</param>
internal sealed class SshAgent(string address)
{
    private const byte RequestIdentities = 11, IdentitiesAnswer = 12, SignRequest = 13, SignResponse = 14;
    private const int MaximumAnswer = 256 * 1024;
    private const string Variable = "SSH_AUTH_SOCK";
    private const string WindowsPipe = "openssh-ssh-agent";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    /// <summary>A signature may wait for its user, who confirms it or touches a key.</summary>
    private static readonly TimeSpan s_touch = TimeSpan.FromSeconds(30);

    /// <summary>The agent that ssh would ask; null for none.</summary>
    /// <param name="identityAgent">What ssh_config says: a socket, <c>none</c>, <c>SSH_AUTH_SOCK</c>,
    /// <c>$NAME</c>, or nothing.</param>
    public static SshAgent? Of(string identityAgent)
    {
        if (identityAgent.Equals("none", StringComparison.OrdinalIgnoreCase))
            return null;
        string? place = identityAgent is "" or Variable ? Environment.GetEnvironmentVariable(Variable)
            : identityAgent.StartsWith('$') ? Environment.GetEnvironmentVariable(identityAgent[1..])
            : identityAgent;
        if (OperatingSystem.IsWindows())
            return new(string.IsNullOrEmpty(place) ? WindowsPipe
                : place.Replace(@"\\.\pipe\", "", StringComparison.OrdinalIgnoreCase));
        return string.IsNullOrEmpty(place) ? null : new(place);
    }

    /// <summary>The keys that it holds.</summary>
    /// <exception cref="IOException">It does not answer.</exception>
    public IReadOnlyList<AgentIdentity> List()
    {
        ReadOnlySpan<byte> rest = Ask([RequestIdentities], IdentitiesAnswer, s_patience);
        List<AgentIdentity> identities = [];
        if (!SshWire.TryReadNumber(ref rest, out uint count))
            return identities;
        while (identities.Count < count && SshWire.TryReadString(ref rest, out ReadOnlySpan<byte> blob)
            && SshWire.TryReadString(ref rest, out ReadOnlySpan<byte> comment))
            identities.Add(new(blob.ToArray(), Encoding.UTF8.GetString(comment)));
        return identities;
    }

    /// <summary>A signature of one of its keys, as SSH sends it: type and value.</summary>
    /// <exception cref="IOException">It does not answer, or does not want to sign.</exception>
    public byte[] Sign(byte[] blob, byte[] data, uint flags)
    {
        List<byte> question = [SignRequest];
        SshWire.WriteString(question, blob);
        SshWire.WriteString(question, data);
        SshWire.WriteNumber(question, flags);
        ReadOnlySpan<byte> rest = Ask([.. question], SignResponse, s_touch);
        return SshWire.TryReadString(ref rest, out ReadOnlySpan<byte> signature) ? signature.ToArray()
            : throw new IOException("ssh-agent gave no signature");
    }

    private byte[] Ask(byte[] question, byte expected, TimeSpan patience)
    {
        using Stream stream = Open(patience);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, question.Length);
        stream.Write([.. length, .. question]);
        stream.Flush();
        // A pipe of Windows has no time limit of its own.
        using CancellationTokenSource deadline = new(patience);
        try
        {
            stream.ReadExactlyAsync(length, deadline.Token).AsTask().GetAwaiter().GetResult();
            int count = BinaryPrimitives.ReadInt32BigEndian(length);
            if (count is < 1 or > MaximumAnswer)
                throw new IOException("ssh-agent gave an answer that is none");
            byte[] answer = new byte[count];
            stream.ReadExactlyAsync(answer, deadline.Token).AsTask().GetAwaiter().GetResult();
            return answer[0] == expected ? answer[1..] : throw new IOException("ssh-agent refused");
        }
        catch (OperationCanceledException e)
        {
            throw new IOException("ssh-agent does not answer", e);
        }
    }

    private Stream Open(TimeSpan patience)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                NamedPipeClientStream pipe = new(".", address, PipeDirection.InOut, PipeOptions.Asynchronous);
                pipe.Connect(patience);
                return pipe;
            }
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(address));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e) when (e is SocketException or TimeoutException
            or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"ssh-agent at '{address}' cannot be asked: {e.Message.TrimEnd('.')}", e);
        }
    }
}
