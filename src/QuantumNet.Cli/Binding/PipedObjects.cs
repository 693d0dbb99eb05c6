using System.Text.Json;

namespace QuantumNet.Cli.Binding;

/// <summary>Reads what another <c>quantumnet -As Json</c>, or any program that writes JSON, pipes in:
/// one array, or one value after another. Each value is handed on as soon as it is whole, so that what runs behind
/// a long trace runs along with it.</summary>
internal sealed class PipedObjects
{
    private const int LargestMegabytes = 512;
    private const int FirstBuffer = 64 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Stream _input;
    private readonly CancellationToken _stop;
    private byte[] _buffer = new byte[FirstBuffer];
    private JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = true });
    private int _filled, _read;
    private int _start = -1;            // where the value begins that is being read; -1 between values
    private bool _isInArray, _hasEnded;

    private PipedObjects(Stream input, CancellationToken stop)
    {
        _input = input;
        _stop = stop;
    }

    /// <summary>Waits for the first character; null when there is none, so that nobody pipes.
    /// An empty array is nothing piped, yet a pipe.</summary>
    /// <param name="input">Where objects come from.</param>
    /// <param name="tell">Told, once, when nothing comes for a while.</param>
    /// <param name="stop">Ends the waiting.</param>
    public static PipedObjects? Open(Stream input, Action<string> tell, CancellationToken stop)
    {
        var objects = new PipedObjects(input, stop);
        while (objects.IsBlank())
        {
            if (objects._hasEnded)
                return null;
            objects.Fill(tell);
        }
        return objects;
    }

    /// <summary>The next value, waited for; false at the end.</summary>
    /// <exception cref="QuantumException">It is not JSON, or too much.</exception>
    public bool TryNext(out JsonElement value)
    {
        try
        {
            while (!TryScan(out value))
            {
                if (_hasEnded)
                    return false;
                Fill(tell: null);
            }
            return true;
        }
        catch (JsonException e)
        {
            throw UsageErrors.InputNotJson(e.LineNumber + 1 ?? 1, e.BytePositionInLine + 1 ?? 1).ToException();
        }
    }

    private bool IsBlank()
    {
        ReadOnlySpan<byte> mark = "\uFEFF"u8;
        if (_read == 0 && _buffer.AsSpan(0, _filled).StartsWith(mark))
            _read = mark.Length;
        return _buffer.AsSpan(_read, _filled - _read).Trim(" \t\r\n"u8).IsEmpty;
    }

    /// <summary>Reads on in what has arrived; true when a value is whole.</summary>
    private bool TryScan(out JsonElement value)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_read, _filled - _read), _hasEnded, _state);
        while (reader.Read())
        {
            if (IsFrame(ref reader))
                continue;
            if (_start < 0)
                _start = _read + (int)reader.TokenStartIndex;
            if (reader.CurrentDepth > (_isInArray ? 1 : 0)
                || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                continue;
            Keep(reader);
            value = JsonElement.Parse(_buffer.AsSpan(_start, _read - _start));
            _start = -1;
            return true;
        }
        Keep(reader);
        value = default;
        return false;
    }

    /// <summary>Whether it is a bracket of the array that holds the values.</summary>
    private bool IsFrame(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth > 0 || reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
            return false;
        _isInArray = reader.TokenType == JsonTokenType.StartArray;
        return true;
    }

    private void Keep(in Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        _read += (int)reader.BytesConsumed;
    }

    /// <summary>Waits for more. What was handed on makes room.</summary>
    private void Fill(Action<string>? tell)
    {
        int from = _start < 0 ? _read : _start;
        Buffer.BlockCopy(_buffer, from, _buffer, 0, _filled - from);
        (_filled, _read, _start) = (_filled - from, _read - from, _start < 0 ? -1 : 0);
        if (_filled == _buffer.Length)
            Grow();
        Task<int> reading = _input.ReadAsync(_buffer.AsMemory(_filled), _stop).AsTask();
        if (tell is not null && _filled == 0 && Task.WaitAny([reading], (int)s_patience.TotalMilliseconds, _stop) < 0)
            tell("waiting for objects on standard input (JSON); '< /dev/null' says that there are none.");
        int count = reading.WaitAsync(_stop).GetAwaiter().GetResult();
        _filled += count;
        _hasEnded = count == 0;
    }

    private void Grow()
    {
        if (_buffer.Length >= LargestMegabytes * 1024 * 1024)
            throw UsageErrors.InputTooLarge(LargestMegabytes).ToException();
        Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
