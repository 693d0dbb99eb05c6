using System.Runtime.InteropServices;

namespace QuantumNet.Snapshots;

/// <summary>Opens files of this machine, and only files: a pipe would never end, a device may do something when it is
/// read. Links are followed.</summary>
internal static class RegularFile
{
    private const int CurrentFolder = -100, TypeAsked = 1, ModeAt = 28, TypeMask = 0xF000, Regular = 0x8000;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <param name="bufferSize">Bytes that are read ahead.</param>
    /// <exception cref="IOException">There is none, it cannot be opened, or it is a pipe, device or socket.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static FileStream OpenRead(string path, FileShare share = FileShare.Read, int bufferSize = 4096)
    {
        if (!Is(path))
            throw new IOException("It is a pipe, a device or a socket, not a file.");
        return new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize);
    }

    /// <summary>A small file's content.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <exception cref="IOException">As for <see cref="OpenRead"/>, or it is bigger.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="OpenRead"/>.</exception>
    public static byte[] ReadAll(string path, int most)
    {
        using FileStream file = OpenRead(path);
        if (file.Length > most)
            throw new IOException($"It has {file.Length} bytes; at most {most} are read.");
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    /// <summary>Whether a path, its links followed, leads to a regular file or to nothing; true where the system does
    /// not tell (statx(2) is Linux's).</summary>
    public static bool Is(string path)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        byte[] answer = new byte[256];
        try
        {
            if (statx(CurrentFolder, path, 0, TypeAsked, answer) != 0)
                return true;        // opening it tells why
        }
        catch (EntryPointNotFoundException)
        {
            return true;
        }
        int type = BitConverter.ToUInt16(answer, ModeAt) & TypeMask;
        return type is Regular or 0x4000;       // opening a folder tells that it is one
    }

    [DllImport("libc", CharSet = CharSet.Ansi)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask,
        byte[] answer);
}
