using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>Base of the Get- cmdlets: takes all that is piped, gathers once, and emits what fits.</summary>
/// <typeparam name="T">What it emits.</typeparam>
public abstract class RecordCmdlet<T> : GatheredCmdlet
    where T : class
{
    private static readonly string[] s_portKinds = [RecordKinds.Port, RecordKinds.Instance];

    /// <summary>The collectors that records are worked out from where no control plane gives them.</summary>
    private protected static readonly string[] AllButLogs =
        [.. Collectors.All.Select(one => one.Name).Except(["AgentLog", "ServerLog", "KernelLog"])];

    private readonly Dictionary<string, Filter<T>> _filters = [];
    private Filter<T> _typed = new();

    /// <summary>The conditions of the parameters as they stand now.</summary>
    private protected abstract Filter<T> Filter();

    /// <summary>What to gather for all that was asked.</summary>
    private protected abstract GatherRequest Request();

    /// <summary>What to gather through that connection.</summary>
    private protected virtual GatherRequest Request(QuantumConnection connection) => Request();

    /// <summary>The records of the cloud, and what is missing, reported.</summary>
    private protected abstract IEnumerable<T> Select(Cloud cloud, Action<QuantumError> report);

    /// <summary>Names of a kind that there are though no record has them: a bridge without flows.</summary>
    private protected virtual IEnumerable<string> KnownNames(Cloud cloud, NameKind kind) => NameKinds.Of(cloud, kind);

    // Before anything is piped the parameters hold what was typed. What is piped later only narrows: a network
    // without leases is not an error of Get-QuantumNetwork | Get-DhcpLease.
    private protected override void Begin() => _typed = Filter();

    private protected override void Process()
    {
        Filter<T> filter = Filter();
        _filters.TryAdd(filter.Key, filter);
    }

    private protected override void End()
    {
        if (_filters.Count == 0)
            return;
        QuantumConnection connection = OpenConnection();
        Filter<T>[] filters = [.. _filters.Values];
        Pump(async (pipe, stop) =>
        {
            GatherRequest request = Request(connection);
            if (Array.Exists(filters, filter => filter.NeedsPortRecords))
                request = WithPorts(request, connection);
            Cloud cloud = await ReadCloudAsync(connection, request, pipe, stop).ConfigureAwait(false);
            foreach (Filter<T> filter in filters.Append(_typed))
                filter.Read(cloud.Records);
            bool hasGaps = false;
            void Report(QuantumError error)
            {
                hasGaps = true;
                pipe.Error(error);
            }
            foreach (T record in Select(cloud, Report))
            {
                foreach (NamedCondition<T> named in _typed.NamedConditions)
                    named.Observe(record);
                if (Array.Exists(filters, filter => filter.Matches(record)))
                    pipe.Object(record);
            }
            if (!hasGaps && !HasFailedAny)
                ReportMissing(cloud, pipe);
        });
    }

    /// <summary>The records that tell which ports a name, a MAC or an address means; where no control plane gives them,
    /// they are worked out from all that the nodes hold.</summary>
    private static GatherRequest WithPorts(GatherRequest request, QuantumConnection connection) => request with
    {
        RecordKinds = [.. request.RecordKinds.Except(["none"]), .. s_portKinds.Except(request.RecordKinds)],
        Collectors = connection.ControlPlane == "none" ? AllButLogs : request.Collectors,
    };

    /// <summary>Reports names that nothing has; only where everything that was asked could be read.</summary>
    private void ReportMissing(Cloud cloud, PipelineWriter pipe)
    {
        foreach (NamedCondition<T> named in _typed.NamedConditions)
        {
            named.Add(KnownNames(cloud, named.Kind));
            foreach (string name in named.Missing())
                pipe.Error(Errors.NameNotFound(named.Kind, name, named.Known));
        }
    }
}
