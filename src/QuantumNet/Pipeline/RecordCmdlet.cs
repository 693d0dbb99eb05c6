using QuantumNet.Access;

namespace QuantumNet.Pipeline;

/// <summary>Base of the Get- cmdlets: takes all that is piped, gathers once, and emits what fits.</summary>
/// <typeparam name="T">What it emits.</typeparam>
public abstract class RecordCmdlet<T> : SourceCmdlet
    where T : class
{
    private readonly Dictionary<string, Filter<T>> _filters = [];

    /// <summary>The conditions of the parameters as they stand now.</summary>
    private protected abstract Filter<T> Filter();

    /// <summary>What to gather for all that was asked.</summary>
    private protected abstract GatherRequest Request();

    /// <summary>The records of the cloud, and what is missing, reported.</summary>
    private protected abstract IEnumerable<T> Select(Cloud cloud, Action<QuantumError> report);

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
            Cloud cloud = await ReadCloudAsync(connection, Request(), pipe, stop).ConfigureAwait(false);
            foreach (T record in Select(cloud, pipe.Error))
            {
                if (Array.Exists(filters, filter => filter.Matches(record)))
                    pipe.Object(record);
            }
        });
    }
}
