using System.Text;
using Microsoft.Win32.SafeHandles;

namespace QuantumNet.Cli;

/// <summary>Standard output, which tells when nobody reads it any more, as behind <c>| head</c>.
/// The console's own stream says nothing then, and a trace would go on to its end for nobody.</summary>
internal sealed class StandardOutput : Stream
{
    private const int FileDescriptor = 1;
    private const string OnLinux = "/proc/self/fd/1";
    private readonly FileStream _file = new(new SafeFileHandle(FileDescriptor, ownsHandle: false),
        FileAccess.Write, bufferSize: 0);
    private readonly Action _readerGone;
    private bool _isGone;

    private StandardOutput(Action readerGone) => _readerGone = readerGone;

    /// <summary>Standard output.</summary>
    /// <param name="readerGone">Called once, when a pipe's reader has ended.</param>
    public static TextWriter Open(Action readerGone) => !IsPipe() ? Console.Out
        : TextWriter.Synchronized(new StreamWriter(new StandardOutput(readerGone), new UTF8Encoding(
            encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });

    private static bool IsPipe() => OperatingSystem.IsLinux()
        && new FileInfo(OnLinux).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isGone)
            return;
        try
        {
            _file.Write(buffer);
        }
        catch (IOException)         // EPIPE
        {
            _isGone = true;
            _readerGone();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
