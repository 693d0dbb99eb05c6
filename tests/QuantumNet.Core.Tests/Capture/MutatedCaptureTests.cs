using FsCheck;
using FsCheck.Fluent;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>Captures with bits cut out, doubled or overwritten. Ten thousand;
/// a million when QUANTUMNET_LONG=1.</summary>
public sealed class MutatedCaptureTests
{
    private static readonly int s_count =
        Environment.GetEnvironmentVariable("QUANTUMNET_LONG") == "1" ? 1_000_000 : 10_000;
    private const int Together = 50;
    private static readonly byte[] s_strange = [0, 1, 0x7f, 0x80, 0xff, 52, 255, 0xc0, 8, 17, 47];

    [Fact]
    public void Mutated_captures_never_throw()
    {
        byte[][] real = [.. Captures.RecordedFiles().Select(File.ReadAllBytes), .. Generated()];
        Prop.ForAll(Arb.From(from seed in Gen.Choose(0, int.MaxValue - 1) select seed), seed =>
        {
            var random = new Random(seed);
            for (int i = 0; i < Together; i++)
            {
                foreach (DhcpPacket packet in Captures.Read(Mutate(real[random.Next(real.Length)], random), out _))
                    _ = packet.Options;
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(s_count / Together));
    }

    [Fact]
    public void Arbitrary_bytes_never_throw() => Prop
        .ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => { Captures.Read(bytes ?? [], out _); return true; })
        .QuickCheckThrowOnFailure();

    private static IEnumerable<byte[]> Generated()
    {
        var random = new Random(7);
        for (int i = 0; i < 20; i++)
            yield return PcapWriter.Write(Enumerable.Range(0, 8).Select(_ => GeneratedPacket.Draw(random).Frame),
                isBigEndian: i % 2 == 0, isNano: i % 3 == 0);
    }

    private static byte[] Mutate(byte[] real, Random random)
    {
        byte[] bytes = (byte[])real.Clone();
        for (int i = random.Next(1, 12); i > 0; i--)
            bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256)
                : s_strange[random.Next(s_strange.Length)];
        return random.Next(3) switch
        {
            0 => bytes[..random.Next(bytes.Length)],
            1 => Without(bytes, random.Next(bytes.Length), random.Next(1, 40)),
            _ => bytes,
        };
    }

    private static byte[] Without(byte[] bytes, int start, int length) =>
        [.. bytes[..start], .. bytes[Math.Min(start + length, bytes.Length)..]];
}
