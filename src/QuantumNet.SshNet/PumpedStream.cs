using System.Threading.Channels;

namespace QuantumNet.SshNet;

/// <summary>What a stream of SSH.NET gives. Its reads block without regard to a token;
/// here a thread of its own does them.</summary>
internal sealed class PumpedStream : Stream
{
    private const int ChunkSize = 64 * 1024;
    private const int MaximumChunks = 16;

    private readonly Channel<ReadOnlyMemory<byte>> _chunks = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MaximumChunks) { SingleReader = true, SingleWriter = true });

    private ReadOnlyMemory<byte> _left;

    public PumpedStream(Stream source) =>
        Task.Factory.StartNew(() => Pump(source), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left.IsEmpty)
        {
            if (!await _chunks.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
                return 0;
            _chunks.Reader.TryRead(out _left);
        }
        int count = Math.Min(buffer.Length, _left.Length);
        _left[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Nobody reads any more: lets the thread end.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _chunks.Writer.TryComplete();
        base.Dispose(disposing);
    }

    private void Pump(Stream source)
    {
        byte[] buffer = new byte[ChunkSize];
        int count;
        try
        {
            while ((count = source.Read(buffer, 0, buffer.Length)) > 0)
                _chunks.Writer.WriteAsync(buffer.AsSpan(0, count).ToArray()).AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException)
        {
            // Nobody reads any more.
        }
        _chunks.Writer.TryComplete();
    }
}
