namespace QuantumNet.Snapshots;

/// <summary>Writes files that nobody but their owner may read.</summary>
internal static class PrivateFile
{
    /// <summary>The folder that something is put in is not made: a mistyped path would make one.</summary>
    /// <exception cref="QuantumException">It is not there.</exception>
    public static void DemandFolder(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is { } folder && !Directory.Exists(folder))
            throw SnapshotErrors.FolderNotFound(path, folder).ToException();
    }

    /// <summary>Creates a file: CreateNew, not a look beforehand, so that nothing that appears meanwhile is lost and no
    /// link is followed.</summary>
    /// <exception cref="IOException">There is one, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static FileStream Create(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>Writes a file whole or not at all: what stands there, a link too, stays as it is until then.
    /// In place of a read-only one comes a read-only one, as with Out-File.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="overwrite">Whether it takes the place of what stands there.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="IOException">Something stands there, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, bool overwrite, Action<FileStream> write)
    {
        string part = $"{path}.{Environment.ProcessId}.part";
        var old = new FileInfo(path);
        bool isReadOnly = overwrite && old is { Exists: true, LinkTarget: null, IsReadOnly: true };
        try
        {
            using (FileStream file = Create(part))
                write(file);
            if (isReadOnly && OperatingSystem.IsWindows())
                old.IsReadOnly = false;     // there, not even a rename replaces it otherwise
            File.Move(part, path, overwrite);
            if (isReadOnly)
                File.SetAttributes(path, FileAttributes.ReadOnly);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
