using QuantumNet.Faults;

namespace QuantumNet.Access;

/// <summary>The snapshots that come with QuantumNet.</summary>
internal static class SampleFolder
{
    /// <summary>Where packages of a distribution put them.</summary>
    private const string OfSystem = "/usr/share/quantumnet/samples";

    /// <summary>The samples, by name; none where none were installed.</summary>
    public static IReadOnlyList<QuantumSample> All() => Find() is { } folder ? In(folder) : [];

    /// <summary>The folder: beside the module or the program, in the source, or the system's.</summary>
    internal static string? Find()
    {
        string[] starts =
            [Path.GetDirectoryName(typeof(SampleFolder).Assembly.Location) ?? "", AppContext.BaseDirectory];
        IEnumerable<string> places = starts.Where(start => start.Length > 0).SelectMany(start =>
            (string[])[Path.Join(start, "samples"), .. Above(start).Where(IsSource)
                .Select(folder => Path.Join(folder, "samples"))]);
        return places.Append(OfSystem).FirstOrDefault(Directory.Exists);
    }

    /// <summary>The samples in a folder; one that is there as a folder and as a zip is told once.</summary>
    internal static IReadOnlyList<QuantumSample> In(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Where(IsSnapshot).Order(StringComparer.Ordinal)
            .Select(Describe).DistinctBy(sample => sample.Name)];

    private static bool IsSnapshot(string path) => Directory.Exists(path)
        ? File.Exists(Path.Join(path, "snapshot.json"))
        : Path.GetExtension(path).Equals(".zip", StringComparison.OrdinalIgnoreCase);

    private static QuantumSample Describe(string path)
    {
        string name = Directory.Exists(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path);
        string[] words = name.Split('-');
        string cause = Array.Find(words, word => word.StartsWith("QN", StringComparison.Ordinal)) ?? "";
        return new()
        {
            Name = name, Path = path, Cause = cause, Kind = char.ToUpperInvariant(name[0]) + words[0][1..],
            Title = CheckCatalog.Find(cause)?.Title ?? string.Join(' ', words[1..]),
        };
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (string? at = Path.GetDirectoryName(folder); at is not null; at = Path.GetDirectoryName(at))
            yield return at;
    }

    private static bool IsSource(string folder) => File.Exists(Path.Join(folder, "QuantumNet.psd1"))
        && File.Exists(Path.Join(folder, "QuantumNet.slnx"));
}
