using System.Text;
using QuantumNet.Snapshots;

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
            PrivateFile.Write(path, overwrite, file => file.Write(s_encoding.GetBytes(text)));
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
}
