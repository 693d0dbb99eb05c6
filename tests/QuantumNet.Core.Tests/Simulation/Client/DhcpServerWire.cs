using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using QuantumNet.Core.Tests.Capture;
using QuantumNet.Simulation;
using QuantumNet.Simulation.Client;
using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Core.Tests.Simulation.Client;

/// <summary>A server's end of the wire: hears what a real client sends, and answers what it is told to.</summary>
internal sealed class DhcpServerWire(Socket socket) : IDisposable
{
    private const int Ipv4 = 0x0800, Udp = 17, HeaderLength = 14 + 20 + 8;
    private static readonly byte[] s_mac = [2, 0, 0, 0, 0, 0xbb], s_address = [10, 0, 0, 2],
        s_all = [255, 255, 255, 255];
    private readonly byte[] _buffer = new byte[65536];

    /// <summary>The client's next message, with type, transaction and hardware address; null when the client has ended,
    /// or says nothing for so long.</summary>
    public DhcpClientMessage? Hear(Process client, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < patience)
        {
            if (!socket.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead))
            {
                if (client.HasExited)
                    return null;
            }
            else if (Read(_buffer.AsSpan(0, socket.Receive(_buffer))) is { } message)
                return message;
        }
        return null;
    }

    /// <summary>Leaves aside what has arrived.</summary>
    public void Forget()
    {
        while (socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            socket.Receive(_buffer);
    }

    /// <summary>Sends an answer to all.</summary>
    public void Answer(DhcpReply reply, bool withoutChecksum = false)
    {
        List<byte> bytes =
        [
            2, 1, 6, 0, .. FrameWriter.UInt32(reply.TransactionId), 0, 0, 0, 0, .. new byte[4],
            .. FrameWriter.UInt32(reply.Address), .. new byte[8], .. reply.HardwareAddress, .. new byte[10 + 192],
            99, 130, 83, 99, 53, 1, (byte)reply.Type,
        ];
        foreach (DhcpReplyOption option in reply.Options)
            bytes.AddRange([(byte)option.Code, (byte)option.Value.Length, .. option.Value]);
        bytes.Add(255);
        while (bytes.Count < 300)
            bytes.Add(0);
        UdpChecksum checksum = withoutChecksum ? UdpChecksum.None
            : reply.HasBadChecksum ? UdpChecksum.Bad : UdpChecksum.Good;
        byte[] udp = FrameWriter.Udp(s_address, s_all, 67, 68, [.. bytes], checksum);
        socket.Send(FrameWriter.Ethernet(s_mac, [255, 255, 255, 255, 255, 255], Ipv4,
            FrameWriter.IPv4(s_address, s_all, Udp, udp)));
    }

    public void Dispose() => socket.Dispose();

    private static DhcpClientMessage? Read(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < HeaderLength + 243 || BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != Ipv4
            || frame[23] != Udp || BinaryPrimitives.ReadUInt16BigEndian(frame[36..]) != 67)
            return null;
        ReadOnlySpan<byte> bootp = frame[HeaderLength..], options = bootp[240..];
        return bootp[0] != 1 || options[0] != DhcpCode.MessageType ? null : new()
        {
            Type = (DhcpMessageType)options[2], Device = "wire",
            TransactionId = BinaryPrimitives.ReadUInt32BigEndian(bootp[4..]),
            HardwareAddress = bootp.Slice(28, 6).ToArray(),
        };
    }
}
