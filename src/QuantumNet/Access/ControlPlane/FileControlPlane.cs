using QuantumNet.Observations.Connections;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Takes records from answers that somebody saved: a snapshot, a folder with an <c>index.tsv</c>,
/// or a folder of files that are named after the command (<c>port-list.json</c>, <c>neutron-port-show.txt</c>) or hold
/// a REST answer (<c>ports.json</c>, or <c>ports.http</c> as <c>curl -i</c> prints it).</summary>
/// <param name="path">The folder or snapshot.</param>
public sealed class FileControlPlane(string path) : IControlPlane, IProbedControlPlane
{
    private const int MaximumBytes = 64 * 1024 * 1024;
    private const int MaximumFiles = 10_000;

    /// <inheritdoc/>
    public RecordSource Source { get; private set; } = RecordSource.Client;

    /// <inheritdoc/>
    public Task<CommandOutput[]> FetchAsync(RecordRequest request, IGatherObserver observer, CancellationToken stop)
    {
        bool isSnapshot = File.Exists(SnapshotReader.Meant(path)) || File.Exists(Path.Combine(path, "snapshot.json"))
            || File.Exists(Path.Combine(path, "index.tsv"));
        CommandOutput[] answers = isSnapshot ? FromSnapshot(observer) : FromFiles(observer, stop);
        foreach (CommandOutput answer in answers)
            observer.CommandFinished(answer);
        return Task.FromResult(answers);
    }

    async Task<ControlPlaneProbe> IProbedControlPlane.ProbeAsync(IGatherObserver observer, CancellationToken stop)
    {
        ControlPlaneProbe probe = new() { Address = path, Source = "file" };
        try
        {
            await FetchAsync(new(), observer, stop).ConfigureAwait(false);
            return probe;
        }
        catch (QuantumException e)
        {
            return probe with { Error = e.Error };
        }
    }

    private CommandOutput[] FromSnapshot(IGatherObserver observer)
    {
        QuantumSnapshot snapshot = SnapshotReader.Load(path, observer.Failed);
        Source = snapshot.RecordSource;
        return snapshot.RecordOutputs;
    }

    private CommandOutput[] FromFiles(IGatherObserver observer, CancellationToken stop)
    {
        var answers = new List<CommandOutput>();
        try
        {
            foreach (string file in Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Take(MaximumFiles))
            {
                stop.ThrowIfCancellationRequested();
                if (Read(file, observer) is { } answer)
                    answers.Add(answer);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e.Message).ToException();
        }
        if (answers.Count == 0)
            throw Unreadable(path, "no file in it is an answer of a control plane").ToException();
        if (answers.Exists(answer => answer.Argv[0] == "GET"))
            Source = RecordSource.Api;
        return [.. answers];
    }

    private static CommandOutput? Read(string file, IGatherObserver observer)
    {
        var info = new FileInfo(file);
        string name = Path.GetFileNameWithoutExtension(file);
        string[]? argv = info.Extension switch
        {
            ".http" => ["curl", $"file:///v2.0/{name}"],
            ".json" or ".txt" or ".table" => ArgvOf(name, info.Extension),
            _ => null,
        };
        if (argv is null)
            return null;
        if (info.Length > MaximumBytes)
        {
            observer.Failed(Unreadable(file, $"it is larger than {MaximumBytes / (1024 * 1024)} MiB"));
            return null;
        }
        var output = new CommandOutput
        {
            ComputerName = "file",
            Argv = argv,
            ExitStatus = argv[0] == "GET" ? 200 : 0,
            StartedAt = info.LastWriteTimeUtc,
            StandardOutput = RegularFile.ReadAll(file, MaximumBytes),
        };
        return info.Extension == ".http" ? HttpAnswer.FromCurl(output) : output;
    }

    /// <summary>The command that a file's name tells: <c>port-list-long</c>,
    /// <c>quantum-net-show</c>, <c>ports</c>.</summary>
    private static string[]? ArgvOf(string name, string extension)
    {
        foreach (string client in (string[])["neutron", "quantum", "nova"])
        {
            if (name.StartsWith(client + "-", StringComparison.Ordinal))
                return [client, name[(client.Length + 1)..]];
        }
        string plain = name.StartsWith("openstack-", StringComparison.Ordinal) ? name["openstack-".Length..] : name;
        int verb = Math.Max(plain.IndexOf("-list", StringComparison.Ordinal),
            plain.IndexOf("-show", StringComparison.Ordinal));
        if (verb > 0)
            return ["openstack", .. plain[..(verb + "-list".Length)].Split('-'), "-f",
                extension == ".json" ? "json" : "table"];
        return extension == ".json" && s_collections.Contains(name) ? ["GET", $"file:///v2.0/{name}"] : null;
    }

    private static readonly string[] s_collections =
        ["networks", "subnets", "ports", "agents", "security-groups", "security-group-rules", "servers"];

    private static QuantumError Unreadable(string path, string why) => new()
    {
        Id = "RecordsUnreadable",
        Category = QuantumErrorCategory.ReadError,
        Target = path,
        Message = $"Records cannot be read from '{path}': {why}.",
        Advice = "'controlPlane.path' must name a snapshot or a folder of saved answers, "
            + "such as those of 'openstack port list --long -f json'.",
    };
}
