using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>What may be done with a file that is there already: as Out-File has it, anything that may be written is
/// replaced unless told otherwise.</summary>
/// <param name="NoClobber">Nothing is replaced, whatever else is said.</param>
/// <param name="Force">A read-only file is replaced, too.</param>
internal readonly record struct Replacing(bool NoClobber, bool Force);

/// <summary>Writes the text that a cmdlet makes: UTF-8 without a byte order mark, whole or not at all, never through a
/// link, and for nobody but its owner to read, as snapshots are.</summary>
internal static class ExportedFile
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Fails before any work when the file cannot be written, or is there and may not be replaced.</summary>
    public static void Check(string path, Replacing rule)
    {
        RefuseFolder(path);
        PrivateFile.DemandFolder(path);
        if (!File.Exists(path))
            return;
        if (rule.NoClobber)
            throw Errors.FileExists(path).ToException();
        if (!RegularFile.Is(path))
            throw Errors.PathIsDevice(path).ToException();
        if (!rule.Force && !MayBeWritten(path))
            throw Errors.FileReadOnly(path).ToException();
    }

    /// <summary>Fails when a folder has that name, whatever the name tells of a format.</summary>
    public static void RefuseFolder(string path)
    {
        if (Directory.Exists(path))
            throw Errors.PathIsFolder(path).ToException();
    }

    /// <summary>Writes the file and tells which it is.</summary>
    public static FileInfo Write(string path, string text, Replacing rule)
    {
        try
        {
            PrivateFile.Write(path, !rule.NoClobber, stream => stream.Write(s_encoding.GetBytes(text)));
        }
        catch (IOException) when (rule.NoClobber && File.Exists(path))
        {
            throw Errors.FileExists(path).ToException();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Errors.FileNotWritten(path, cause).ToException();
        }
        return new FileInfo(path);
    }

    /// <summary>Whether the file itself may be written: to replace it would take no more than its folder's permission.
    /// </summary>
    private static bool MayBeWritten(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is null)      // a link is replaced, not written through
                File.Open(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;        // writing tells what is wrong
        }
    }
}
