using System.Buffers.Binary;
using QuantumNet.Parsing.Capture;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>Writes pcap files, in any of their dialects.</summary>
internal static class PcapWriter
{
    public static byte[] Write(IEnumerable<byte[]> frames, bool isBigEndian = false, bool isNano = false,
        int linkType = LinkType.Ethernet, int snapLength = 262144)
    {
        var file = new MemoryStream();
        void Put(uint value)
        {
            Span<byte> bytes = stackalloc byte[4];
            if (isBigEndian)
                BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            else
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            file.Write(bytes);
        }

        Put(isNano ? 0xa1b23c4d : 0xa1b2c3d4);
        Put(isBigEndian ? 0x00020004u : 0x00040002u);
        Put(0);
        Put(0);
        Put((uint)snapLength);
        Put((uint)linkType);
        uint number = 0;
        foreach (byte[] frame in frames)
        {
            int captured = Math.Min(frame.Length, snapLength);
            Put(1_700_000_000 + number);
            Put(isNano ? 123_456_789u : 123_456u);
            Put((uint)captured);
            Put((uint)frame.Length);
            file.Write(frame, 0, captured);
            number++;
        }
        return file.ToArray();
    }
}
