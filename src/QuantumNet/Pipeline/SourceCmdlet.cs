using System.Globalization;
using QuantumNet.Access;
using QuantumNet.Binding;

namespace QuantumNet.Pipeline;

/// <summary>Base of the cmdlets that read a cloud, live or from a snapshot.</summary>
public abstract class SourceCmdlet : QuantumCmdlet
{
    private const int DefaultThrottle = 16;
    private const int DefaultTimeout = 120;

    private ConnectionStore? _store;
    private PipelineObserver? _observer;

    /// <summary>The connection to use, or its name; the session's own when left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ConnectionByName]
    [ValidateNotNull]
    public QuantumConnection? Connection { get; set; }

    /// <summary>An inventory file (JSON) that names the nodes and the control plane.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Inventory { get; set; }

    /// <summary>A saved snapshot, folder or zip, to read instead of live nodes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Snapshot { get; set; }

    /// <summary>User and password for the nodes of -Inventory, where ssh has no key for them.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Nodes asked at a time.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = DefaultThrottle;

    /// <summary>Deadline for one node as a whole, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = DefaultTimeout;

    /// <summary>How old what was gathered before may be to be used again; zero for not at all.</summary>
    private protected virtual TimeSpan MaxAge => default;

    /// <summary>The connection that the parameters name, or the session's.</summary>
    private protected QuantumConnection OpenConnection()
    {
        QuantumConnection connection = OpenSource();
        return MaxAge == default || connection.Snapshot.Length == 0 ? connection
            : throw Errors.NeedsLiveNodes("-MaxAgeSeconds",
                "Leave -MaxAgeSeconds out: a snapshot is as old as it is, and reading it asks no node.")
                .ToException();
    }

    private QuantumConnection OpenSource()
    {
        _store = CommandHost.Connections;
        int given = (Connection is null ? 0 : 1) + (Inventory is null ? 0 : 1) + (Snapshot is null ? 0 : 1);
        if (given > 1)
            throw Errors.AmbiguousSource().ToException();
        if (Snapshot is not null)
            return Sources.OpenSnapshot(CommandHost.ResolvePath(Snapshot), keeps: false);
        if (Inventory is not null)
            return Sources.OpenInventory(CommandHost.ResolvePath(Inventory),
                CommandHost.CredentialOf(nameof(Credential), Credential), api: null);
        return Connection ?? _store.Default ?? throw Errors.NoConnection(_store.HowToConnect).ToException();
    }

    /// <summary>The connection that a value of a parameter is: a snapshot, the path of one, or a connection.</summary>
    private protected QuantumConnection OpenNamed(object value)
    {
        _store = CommandHost.Connections;
        return value switch
        {
            QuantumConnection connection => connection,
            QuantumSnapshot snapshot => Sources.OpenSnapshot(snapshot),
            _ => Sources.OpenSnapshot(CommandHost.ResolvePath($"{value}")),
        };
    }

    /// <summary>Gathers and reads, telling the pipeline what happens; remembers the cloud for completion.</summary>
    private protected async Task<Cloud> ReadCloudAsync(
        QuantumConnection connection, GatherRequest request, PipelineWriter pipe, CancellationToken stop) =>
        (await GatherAndReadAsync(connection, request, pipe, stop).ConfigureAwait(false)).Cloud;

    /// <summary>As <see cref="ReadCloudAsync"/>, with the raw outputs that the cloud was read from.</summary>
    private protected async Task<(QuantumSnapshot Snapshot, Cloud Cloud)> GatherAndReadAsync(
        QuantumConnection connection, GatherRequest request, PipelineWriter pipe, CancellationToken stop)
    {
        QuantumSnapshot snapshot = await GatherAsync(connection, request, pipe, stop).ConfigureAwait(false);
        if (HasFailedAny && HasNothing(snapshot))
            throw new NothingReadException();
        Cloud cloud;
        using (pipe.Board.Waiting("Reading what was gathered"))
            cloud = connection.ReadCloud(OnlyWanted(snapshot, request));
        foreach (ParseIssue issue in cloud.Issues)
            pipe.Verbose(issue.ToString());
        _store!.Remember(cloud);
        return (snapshot, cloud);
    }

    /// <summary>Gathers raw outputs, or uses again what was gathered before, where that is allowed.</summary>
    private protected async Task<QuantumSnapshot> GatherAsync(
        QuantumConnection connection, GatherRequest request, PipelineWriter pipe, CancellationToken stop)
    {
        PipelineObserver observer = _observer = new PipelineObserver(pipe) { IsGrouping = true };
        if (MaxAge > default(TimeSpan) && !request.IsLookAgain && Reuse(connection, request, observer) is { } kept)
            return kept;
        DateTimeOffset start = Clock.GetUtcNow();
        try
        {
            QuantumSnapshot snapshot = await connection.Source.GatherAsync(
                request with { ThrottleLimit = ThrottleLimit, TimeoutSeconds = TimeoutSeconds }, observer, stop)
                .ConfigureAwait(false);
            // What is opened for one cmdlet alone has no later one; a snapshot is kept by its own source.
            if (!observer.HasFailedAny && Inventory is null && connection.Snapshot.Length == 0)
                connection.Kept.Keep(new(request, snapshot, start, observer.ToldMissing));
            return snapshot;
        }
        finally
        {
            observer.TellFailures();
        }
    }

    private QuantumSnapshot? Reuse(QuantumConnection connection, GatherRequest request, PipelineObserver observer)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        if (connection.Kept.Find(request, now, MaxAge) is not { } kept)
        {
            observer.Verbose("Nothing that covers this was gathered in time through this connection: gathering it.");
            return null;
        }
        observer.Verbose(string.Create(CultureInfo.InvariantCulture,
            $"Using what was gathered {(now - kept.BeganAt).TotalSeconds:0} s ago: no node is asked."));
        foreach (string missing in kept.Missing)
            observer.Missing(missing);
        return kept.Narrowed(request);
    }

    /// <summary>Whether nobody could be asked: what went wrong is told, and nothing can be said about ports or nodes.
    /// </summary>
    private static bool HasNothing(QuantumSnapshot snapshot) => snapshot.RecordOutputs.Length == 0
        && snapshot.Outputs.Length == 0 && Array.TrueForAll(snapshot.Nodes, node => node.FailureCode.Length > 0);

    /// <summary>Whether gathering has already reported an error about that node.</summary>
    private protected bool HasFailed(string node) => _observer?.HasFailed(node) == true;

    /// <summary>Whether gathering has already reported what is missing.</summary>
    private protected bool HasFailedAny => _observer?.HasFailedAny == true;

    /// <summary>A saved snapshot holds more than was asked for: what nobody reads need not be parsed.
    /// Outputs of unknown collector stay (other tools made them), and all stay where records are worked out
    /// from the nodes.</summary>
    private static QuantumSnapshot OnlyWanted(QuantumSnapshot snapshot, GatherRequest request)
    {
        bool inferring = snapshot.RecordSource == RecordSource.Inferred && request.RecordKinds is not ["none"];
        return inferring || request.Collectors.Length == 0 ? snapshot : snapshot with
        {
            Outputs = Array.FindAll(snapshot.Outputs,
                output => output.Collector.Length == 0 || request.Collectors.Contains(output.Collector)),
        };
    }
}
