using System.IO.Compression;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Snapshots;

/// <summary>How much of a snapshot is read at most.</summary>
internal sealed record SnapshotLimits(long FileBytes, long TotalBytes)
{
    /// <summary>What unpacks to more of its size, beyond <see cref="FreeBytes"/>, was made to fill memory.</summary>
    private const int Ratio = 250;

    private const long FreeBytes = 64L << 20;

    public static SnapshotLimits Default { get; } = new(512L << 20, 4L << 30);

    /// <summary>How many bytes so many packed ones may become.</summary>
    public static long Unpacked(long packed) => FreeBytes + (packed * Ratio);
}

/// <summary>The files of a snapshot, in a folder or a zip, by their path in it with <c>/</c>.
/// Nothing outside of it is ever read.</summary>
internal abstract class SnapshotFiles(string path, SnapshotLimits limits, Action<QuantumError> report) : IDisposable
{
    // What a damaged stream gave in the step that failed is lost.
    private const int SmallStep = 4096;

    private const int HeadBytes = 64 * 1024;

    private long _total;
    private long _mostInAll = limits.TotalBytes;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _read = [];

    /// <summary>The folder or zip.</summary>
    public string Path { get; } = path;

    /// <summary>All names, sorted.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Hears what could not be read.</summary>
    public Action<QuantumError> Report { get; } = report;

    public static SnapshotFiles Open(string path, SnapshotLimits limits, Action<QuantumError> report) =>
        Directory.Exists(path) ? new FolderFiles(path, limits, report)
        : File.Exists(path) ? (IsPart(path) ? new SingleFile(path, limits, report) : new ZipFiles(path, limits, report))
        : throw SnapshotErrors.NotFound(path).ToException();

    /// <summary>How many bytes so many packed ones may become, beside what is read already.</summary>
    public long RoomFor(int packed) =>
        Math.Max(0, Math.Min(Math.Min(SnapshotLimits.Unpacked(packed), limits.FileBytes), _mostInAll - _total));

    /// <summary>Counts what was unpacked elsewhere.</summary>
    public void Count(long unpacked)
    {
        bool wasFull = _total >= _mostInAll;
        _total += unpacked;
        if (!wasFull && _total >= _mostInAll)
            Report(SnapshotErrors.TooBig(Path, _mostInAll));
    }

    /// <summary>A file's beginning; nothing, and nothing reported, where it cannot be read.</summary>
    public ReadOnlyMemory<byte> ReadHead(string name)
    {
        try
        {
            using Stream? stream = IsSafe(name) ? OpenFile(name) : null;
            return stream is null ? default : Head(stream);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException
            or NotSupportedException)
        {
            return default;
        }
    }

    private static ReadOnlyMemory<byte> Head(Stream stream)
    {
        byte[] head = new byte[HeadBytes];
        return head.AsMemory(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }

    /// <summary>Whether a file is not a zip, and one of the parts of a snapshot.</summary>
    private static bool IsPart(string path)
    {
        using FileStream file = RegularFile.OpenRead(path);
        return PartText.IsIn(Head(file).Span);
    }

    public abstract bool Exists(string name);

    protected abstract Stream? OpenFile(string name);

    /// <summary>A file's content; null (and reported) when it is missing, unsafe or unreadable.</summary>
    public ReadOnlyMemory<byte>? Read(string name)
    {
        if (_read.TryGetValue(name, out ReadOnlyMemory<byte> held))
            return held;
        if (!IsSafe(name))
        {
            Report(SnapshotErrors.FileUnsafe(Path, name));
            return null;
        }
        try
        {
            using Stream? stream = OpenFile(name);
            if (stream is null)
            {
                Report(SnapshotErrors.FileMissing(Path, name));
                return null;
            }
            return _read[name] = ReadBounded(stream, name);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException
            or NotSupportedException)
        {
            Report(SnapshotErrors.Corrupt(Path, $"'{name}' cannot be read: {e.Message}", e));
            return null;
        }
    }

    /// <summary>A file's content, unpacked where it is compressed. It counts against the snapshot's limits
    /// as unpacked; of a damaged one (reported) as much as can be read. Null where nothing can be (reported).</summary>
    public ReadOnlyMemory<byte>? ReadUnpacked(string name)
    {
        if (Read(name) is not { } content)
            return null;
        Compression format = Unpacked.FormatOf(content.Span);
        if (format == Compression.None)
            return content;
        using MemoryStream unpacked = new();
        try
        {
            foreach (Stream stream in Unpacked.Open(content, format))
            {
                using (stream)
                {
                    if (!CopyBounded(stream, unpacked, name, SmallStep, SnapshotLimits.Unpacked(content.Length)))
                        break;
                }
            }
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            Report(SnapshotErrors.NotUnpacked(Path, name, format, e));
            return null;
        }
        // Damaged input makes the library throw whatever its tables run into, so that no list of types would do.
        catch (Exception e)
        {
            Report(SnapshotErrors.PackedDamaged(Path, name, format, e));
        }
        return unpacked.ToArray();
    }

    private ReadOnlyMemory<byte> ReadBounded(Stream stream, string name)
    {
        using MemoryStream content = new();
        CopyBounded(stream, content, name, step: 81920, limits.FileBytes);
        return content.ToArray();
    }

    /// <summary>Counts what really comes, never what a header promises.
    /// False when a limit ended it (reported).</summary>
    private bool CopyBounded(Stream stream, MemoryStream content, string name, int step, long most)
    {
        byte[] buffer = new byte[step];
        most = Math.Min(most, limits.FileBytes);
        while (true)
        {
            long room = Math.Min(most - content.Length, _mostInAll - _total);
            int count = stream.Read(buffer, 0, buffer.Length);
            if (count == 0)
                return true;
            int taken = (int)Math.Min(count, Math.Max(room, 0));
            content.Write(buffer, 0, taken);
            _total += taken;
            if (taken == count)
                continue;
            Report(_total >= _mostInAll ? SnapshotErrors.TooBig(Path, _mostInAll)
                : SnapshotErrors.FileTooBig(Path, name, most));
            return false;
        }
    }

    private static bool IsSafe(string name) => name.Length > 0 && name[0] != '/' && !name.Contains('\\')
        && !name.Contains(':') && !name.Contains('\0')
        && !Array.Exists(name.Split('/'), part => part is "" or "." or "..");

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private sealed class FolderFiles(string path, SnapshotLimits limits, Action<QuantumError> report)
        : SnapshotFiles(path, limits, report)
    {
        private readonly string _root = Resolve(System.IO.Path.GetFullPath(path));
        private IReadOnlyList<string>? _names;

        public override IReadOnlyList<string> Names => _names ??= List();

        public override bool Exists(string name) => File.Exists(System.IO.Path.Combine(Path, name));

        protected override Stream? OpenFile(string name)
        {
            FileInfo file = new(System.IO.Path.Combine(_root, name));
            if (!file.Exists)
                return null;
            string target = Resolve(file.FullName);
            if (!target.StartsWith(_root.TrimEnd('/', '\\') + System.IO.Path.DirectorySeparatorChar,
                StringComparison.Ordinal))
            {
                Report(SnapshotErrors.FileUnsafe(Path, name));
                return null;
            }
            return (File.GetAttributes(target) & FileAttributes.Directory) != 0 ? null : RegularFile.OpenRead(target);
        }

        /// <summary>The path with every link on it followed.</summary>
        private static string Resolve(string path)
        {
            string? parent = System.IO.Path.GetDirectoryName(path);
            if (parent is null)
                return path;
            string here = System.IO.Path.Combine(Resolve(parent), System.IO.Path.GetFileName(path));
            FileSystemInfo info = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
            FileSystemInfo? target = info.LinkTarget is null ? null : info.ResolveLinkTarget(returnFinalTarget: true);
            return target is null ? here : Resolve(target.FullName);
        }

        private List<string> List()
        {
            EnumerationOptions options = new() { RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 12 };
            List<string> names = [];
            foreach (string file in Directory.EnumerateFiles(Path, "*", options))
                names.Add(System.IO.Path.GetRelativePath(Path, file)
                    .Replace(System.IO.Path.DirectorySeparatorChar, '/'));
            names.Sort(StringComparer.Ordinal);
            return names;
        }
    }

    /// <summary>One file that is a snapshot by itself.</summary>
    private sealed class SingleFile(string path, SnapshotLimits limits, Action<QuantumError> report)
        : SnapshotFiles(path, limits, report)
    {
        public override IReadOnlyList<string> Names { get; } = [System.IO.Path.GetFileName(path)];

        public override bool Exists(string name) => name == Names[0];

        protected override Stream? OpenFile(string name) => RegularFile.OpenRead(Path);
    }

    private sealed class ZipFiles : SnapshotFiles
    {
        private readonly ZipArchive _zip;
        private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];

        public ZipFiles(string path, SnapshotLimits limits, Action<QuantumError> report)
            : base(path, limits, report)
        {
            try
            {
                FileStream file = RegularFile.OpenRead(path);
                _mostInAll = Math.Min(_mostInAll, SnapshotLimits.Unpacked(file.Length));
                _zip = new(file, ZipArchiveMode.Read);
                // Stored and encrypted, one would be read as it lies there.
                if (_zip.Entries.Any(entry => entry.IsEncrypted))
                    throw SnapshotErrors.Encrypted(path).ToException();
                foreach (ZipArchiveEntry entry in _zip.Entries)
                    Add(entry);
            }
            catch (InvalidDataException e)
            {
                throw SnapshotErrors.NotRecognised(path, "it is not a zip, or a damaged one: " + e.Message.TrimEnd('.'))
                    .ToException();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw SnapshotErrors.NotRead(path, e).ToException();
            }
            _names.Sort(StringComparer.Ordinal);
        }

        public override IReadOnlyList<string> Names => _names;

        public override bool Exists(string name) => _entries.ContainsKey(name);

        protected override Stream? OpenFile(string name) =>
            _entries.TryGetValue(name, out ZipArchiveEntry? entry) ? entry.Open() : null;

        protected override void Dispose(bool disposing)
        {
            _zip.Dispose();
            base.Dispose(disposing);
        }

        private void Add(ZipArchiveEntry entry)
        {
            string name = entry.FullName;
            if (name.EndsWith('/'))
                return;
            if (!IsSafe(name))
                Report(SnapshotErrors.FileUnsafe(Path, name));
            else if (!_entries.TryAdd(name, entry))
                Report(SnapshotErrors.Duplicate(Path, name));
            else
                _names.Add(name);
        }
    }
}
