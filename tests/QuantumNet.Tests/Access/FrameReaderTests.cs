using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QuantumNet.Snapshots.Frames;

namespace QuantumNet.Tests.Access;

public sealed class FrameReaderTests
{
    private const string N = "0123456789ABCDEF0123456789ABCDEF";

    [Fact]
    public void Frames_are_the_same_however_the_bytes_arrive() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<PositiveInt>(), (output, size) =>
        {
            byte[] stream = [.. Encoding.ASCII.GetBytes($"motd {N[..9]}\n{N}H1\n{N}B0 1.5{N}Sbr int{N}O"), .. output,
                .. Encoding.ASCII.GetBytes($"{N}E{N}=3\n{N}Esaid{N}X2.5\n{N}Z\n")];
            List<Frame> frames = [];
            FrameReader reader = new(N, _ => long.MaxValue, frames.Add);
            for (int at = 0; at < stream.Length; at += size.Get)
                reader.Feed(stream.AsSpan(at, Math.Min(size.Get, stream.Length - at)));
            reader.Complete();
            Frame frame = frames.Single();
            return reader.IsComplete && frame.Output.SequenceEqual(output)
                && (frame.Subject, frame.Status, frame.Error, frame.StartedAt, frame.EndedAt) == ("br int", 3,
                    "said", 1.5, 2.5);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_arrives_nothing_is_thrown_and_what_was_cut_is_kept() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<byte[]>(), (cut, noise) =>
        {
            byte[] stream =
            [
                .. Encoding.ASCII.GetBytes($"{N}H1\n{N}B0 1{N}Sx{N}Oabcdef{N}E{N}=0\n{N}E{N}X2\n{N}Q{N}=x{N}B"),
                .. noise,
            ];
            List<Frame> frames = [];
            FrameReader reader = new(N, _ => 4, frames.Add);
            reader.Feed(stream.AsSpan(0, Math.Min(cut.Get * 7, stream.Length)));
            reader.Complete();
            return frames.TrueForAll(frame => frame.Output.Length <= 4);
        }).QuickCheckThrowOnFailure();
}
