using QuantumNet.Snapshots;

namespace QuantumNet.Access.Capture;

/// <summary>Opens capture files.</summary>
internal static class CaptureFiles
{
    private const int BufferSize = 1;       // the reader has its own

    /// <summary>Opens a capture for reading, even while it is still being written.</summary>
    public static FileStream Open(string path)
    {
        try
        {
            return RegularFile.OpenRead(path, FileShare.ReadWrite | FileShare.Delete, BufferSize);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CaptureErrors.NotFound(path).ToException();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CaptureErrors.Unreadable(path, e).ToException();
        }
    }
}
