namespace QuantumNet.Parsing.Capture;

/// <summary>A window that slides over a stream: asks it for no more than it must, so that a live stream is
/// read as it comes.</summary>
internal sealed class ByteWindow(Stream stream)
{
    private const int FirstCapacity = 1 << 16;

    private byte[] _buffer = new byte[FirstCapacity];
    private int _start;
    private int _end;
    private bool _isEnded;

    /// <summary>What is there and not yet passed.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Bytes passed since the beginning.</summary>
    public long Position { get; private set; }

    /// <summary>Sees to it that so many bytes are there; false when the stream ends before.</summary>
    public bool TryHave(int count)
    {
        if (_end - _start >= count)
            return true;
        MakeRoom(count);
        while (_end - _start < count && !_isEnded)
        {
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _isEnded = read <= 0;
            _end += Math.Max(read, 0);
        }
        return _end - _start >= count;
    }

    /// <summary>Passes bytes that are there.</summary>
    public void Pass(int count)
    {
        _start += count;
        Position += count;
    }

    private void MakeRoom(int count)
    {
        if (_buffer.Length - _start >= count)
            return;
        byte[] target = count > _buffer.Length ? new byte[count] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
        _buffer = target;
        _end -= _start;
        _start = 0;
    }
}
