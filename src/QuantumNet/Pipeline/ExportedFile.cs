using System.Text;

namespace QuantumNet.Pipeline;

/// <summary>Writes the text that an Export- cmdlet makes: UTF-8 without a byte order mark, never over another file
/// unless told to, never through a link, and for nobody but its owner to read, as snapshots are.</summary>
internal static class ExportedFile
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Fails before any work when the file is there and may not be replaced.</summary>
    public static void Check(string path, bool overwrite)
    {
        if (Directory.Exists(path))
            throw Errors.PathIsFolder(path).ToException();
        if (!overwrite && File.Exists(path))
            throw Errors.FileExists(path).ToException();
    }

    /// <summary>Writes the file and tells which it is.</summary>
    public static FileInfo Write(string path, string text, bool overwrite)
    {
        try
        {
            if (overwrite)
                Replace(path, text);
            else
                Create(path, text);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw Errors.FileExists(path).ToException();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Errors.FileNotWritten(path, cause).ToException();
        }
        return new FileInfo(path);
    }

    /// <summary>What stands there, a link too, stays as it is until the new file is whole.</summary>
    private static void Replace(string path, string text)
    {
        string part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            Create(part, text);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>CreateNew, not a look beforehand: nothing that appears meanwhile is lost, and no link is followed.
    /// </summary>
    private static void Create(string path, string text)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(path, options);
        file.Write(s_encoding.GetBytes(text));
    }
}
