using QuantumNet.Snapshots;

namespace QuantumNet.Access.Capture;

/// <summary>Finds and opens capture files.</summary>
internal static class CaptureFiles
{
    private const int BufferSize = 1;       // the reader has its own

    /// <summary>The files that a path means, by name; more than one where its last part has
    /// <c>*</c> or <c>?</c>.</summary>
    public static string[] Find(string path)
    {
        string pattern = Path.GetFileName(path);
        if (File.Exists(path) || !pattern.AsSpan().ContainsAny('*', '?'))
            return [path];
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];
        if (files.Length == 0)
            throw CaptureErrors.NotFound(path).ToException();
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

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
