using System.Collections.Concurrent;
using System.Text.Json;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Corpus;

/// <summary>A case of tests/corpus: a cloud that was gathered in the lab, and what is true of it (case.json).</summary>
internal sealed record CorpusCase
{
    private const string FileName = "case.json";
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private static readonly ConcurrentDictionary<string, QuantumSnapshot> s_bases = new();

    /// <summary>What the case is, in a sentence.</summary>
    public string Text { get; init; } = "";

    /// <summary>The code of the fault that was put in; empty for a healthy cloud or a trap.</summary>
    public string Fault { get; init; } = "";

    /// <summary>Which of the lab's faults of that code.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The code that the nodes' state has for the fault, where that is another than its own;
    /// empty when it is not.</summary>
    public string JudgedAs { get; init; } = "";

    /// <summary>The ports to be judged.</summary>
    public string[] Ports { get; init; } = [];

    /// <summary>Whether the instance, in the lab, asked and got no lease.</summary>
    public bool LeaseLost { get; init; }

    /// <summary>Outputs of the base that were not there any more.</summary>
    public CorpusOutput[] Removed { get; init; } = [];

    /// <summary>What is wrong with today's answer; empty when it is right.</summary>
    public string KnownWrong { get; init; } = "";

    /// <summary>Its path below tests/corpus: a base, or a base and a case.</summary>
    public string Name { get; private init; } = "";

    public bool IsHealthy => Fault.Length == 0;

    public string Golden => Path.Combine(Corpus.Folder, Name, "golden.json");

    /// <summary>All cases, by name.</summary>
    public static IReadOnlyDictionary<string, CorpusCase> All { get; } = Directory
        .EnumerateFiles(Corpus.Folder, FileName, SearchOption.AllDirectories).Select(Read)
        .ToDictionary(one => one.Name);

    private string Base => Name.Split('/')[0];

    /// <summary>The base with the case's own outputs laid over it.</summary>
    public QuantumSnapshot Load()
    {
        QuantumSnapshot under = s_bases.GetOrAdd(Base, name => Loaded(Path.Combine(Corpus.Folder, name, "snapshot")));
        if (Base == Name)
            return under;
        QuantumSnapshot over = Loaded(Path.Combine(Corpus.Folder, Name));
        HashSet<string> removed =
            [.. Removed.Select(output => $"{output.ComputerName} {string.Join(' ', output.Argv)}")];
        return over with { Outputs = Lay(over.Outputs, under.Outputs, removed),
            RecordOutputs = Lay(over.RecordOutputs, under.RecordOutputs, removed) };
    }

    private static QuantumSnapshot Loaded(string path) =>
        SnapshotReader.Load(path, error => Assert.Fail(error.ToString()));

    private static CommandOutput[] Lay(CommandOutput[] over, CommandOutput[] under, HashSet<string> removed)
    {
        Dictionary<string, CommandOutput> own = over.DistinctBy(Key).ToDictionary(Key);
        HashSet<string> known = [.. under.Select(Key)];
        return [.. under.Where(output => !removed.Contains($"{output.ComputerName} {output.Command}"))
                .Select(output => own.GetValueOrDefault(Key(output), output)),
            .. over.Where(output => !known.Contains(Key(output)))];
    }

    private static string Key(CommandOutput output) =>
        $"{output.ComputerName}\n{output.Collector}\n{output.Subject}\n{output.Command}";

    private static CorpusCase Read(string file) =>
        JsonSerializer.Deserialize<CorpusCase>(File.ReadAllText(file), s_json)! with
        {
            Name = Path.GetRelativePath(Corpus.Folder, Path.GetDirectoryName(file)!).Replace('\\', '/'),
        };
}

/// <summary>An output of a snapshot, by what it is.</summary>
internal sealed record CorpusOutput(string ComputerName, string[] Argv);

/// <summary>The folder tests/corpus of this checkout.</summary>
internal static class Corpus
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Samples.Folder, "..", "corpus"));
}
