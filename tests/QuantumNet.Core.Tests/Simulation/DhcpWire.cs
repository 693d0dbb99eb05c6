using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using QuantumNet.Core.Tests.Capture;
using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record WireAnswer(
    uint Destination, uint Address, uint NextServer, string ServerName, string FileName, List<DhcpReplyOption> Options)
{
    public DhcpMessageType Type =>
        (DhcpMessageType)Options.Find(option => option.Code == DhcpCode.MessageType)!.Value[0];

    public byte[]? Option(int code) => Options.Find(option => option.Code == code)?.Value;
}

/// <summary>A client's end of the wire: sends messages as frames, and answers the server's ARP
/// for any address.</summary>
internal sealed class DhcpWire(Socket socket, byte[] serverMac) : IDisposable
{
    private const int Ipv4 = 0x0800, Arp = 0x0806, Udp = 17, HeaderLength = 14 + 20 + 8;
    private readonly byte[] _buffer = new byte[65536];

    public void Send(DhcpClientMessage message, uint serverAddress)
    {
        byte[] source = QuantumNet.Simulation.DottedQuad.Bytes(message.ClientAddress);
        byte[] destination = QuantumNet.Simulation.DottedQuad.Bytes(message.IsUnicast ? serverAddress : uint.MaxValue);
        byte[] udp = FrameWriter.Udp(source, destination, 68, 67, Bootp(message), UdpChecksum.Good);
        byte[] to = message.IsUnicast ? serverMac : [255, 255, 255, 255, 255, 255];
        socket.Send(FrameWriter.Ethernet(message.HardwareAddress, to, Ipv4,
            FrameWriter.IPv4(source, destination, Udp, udp)));
    }

    /// <summary>The next answer to a transaction; null when none comes in time.</summary>
    public WireAnswer? Receive(uint transaction, byte[] mac, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        do
        {
            if (!socket.Poll(TimeSpan.FromMilliseconds(
                Math.Max(0, Math.Min(20, (patience - clock.Elapsed).TotalMilliseconds))), SelectMode.SelectRead))
                continue;
            ReadOnlySpan<byte> frame = _buffer.AsSpan(0, socket.Receive(_buffer));
            if (frame.Length >= 42 && BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == Arp)
                AnswerArp(frame, mac);
            else if (Read(frame, transaction) is { } answer)
                return answer;
        }
        while (clock.Elapsed < patience);
        return null;
    }

    public void Dispose() => socket.Dispose();

    private void AnswerArp(ReadOnlySpan<byte> frame, byte[] mac)
    {
        if (frame[21] != 1)
            return;
        socket.Send([.. frame[6..12], .. mac, 8, 6, 0, 1, 8, 0, 6, 4, 0, 2, .. mac,
            .. frame[38..42], .. frame[22..32]]);
    }

    private static WireAnswer? Read(ReadOnlySpan<byte> frame, uint transaction)
    {
        if (frame.Length < HeaderLength + 240
            || BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != Ipv4 || frame[23] != Udp
            || BinaryPrimitives.ReadUInt16BigEndian(frame[34..]) != 67)
            return null;
        ReadOnlySpan<byte> bootp = frame[HeaderLength..];
        if (bootp[0] != 2 || BinaryPrimitives.ReadUInt32BigEndian(bootp[4..]) != transaction)
            return null;
        List<DhcpReplyOption> options = [];
        Options(bootp[240..], options);
        byte overload = options.Find(option => option.Code == DhcpCode.Overload)?.Value[0] ?? 0;
        if ((overload & 1) != 0)
            Options(bootp.Slice(108, 128), options);
        if ((overload & 2) != 0)
            Options(bootp.Slice(44, 64), options);
        return new(BinaryPrimitives.ReadUInt32BigEndian(frame[30..]), BinaryPrimitives.ReadUInt32BigEndian(bootp[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(bootp[20..]), (overload & 2) != 0 ? "" : Text(bootp.Slice(44, 64)),
            (overload & 1) != 0 ? "" : Text(bootp.Slice(108, 128)), options);
    }

    private static void Options(ReadOnlySpan<byte> bytes, List<DhcpReplyOption> options)
    {
        for (int at = 0; at + 1 < bytes.Length && bytes[at] != 255;)
        {
            if (bytes[at] == 0)
            {
                at++;
                continue;
            }
            options.Add(new(bytes[at], bytes.Slice(at + 2, bytes[at + 1]).ToArray()));
            at += 2 + bytes[at + 1];
        }
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return System.Text.Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }

    private static byte[] Bootp(DhcpClientMessage message)
    {
        List<byte> bytes =
        [
            1, 1, 6, 0, .. FrameWriter.UInt32(message.TransactionId), 0, 0,
            .. FrameWriter.UInt16(message.AsksForBroadcast ? 0x8000 : 0), .. FrameWriter.UInt32(message.ClientAddress),
            .. new byte[8], .. FrameWriter.UInt32(message.RelayAddress), .. message.HardwareAddress,
            .. new byte[10 + 192], 99, 130, 83, 99, 53, 1, (byte)message.Type,
        ];
        foreach ((int code, byte[] value) in message.Options)
            bytes.AddRange([(byte)code, (byte)value.Length, .. value]);
        bytes.Add(255);
        while (bytes.Count < 300)
            bytes.Add(0);
        return [.. bytes];
    }
}
