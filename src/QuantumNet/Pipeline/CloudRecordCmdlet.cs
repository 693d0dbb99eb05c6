using QuantumNet.Access;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>Base of the cmdlets that emit the control plane's records.</summary>
/// <typeparam name="T">What it emits.</typeparam>
public abstract class CloudRecordCmdlet<T> : RecordCmdlet<T>, INeedsCollectors
    where T : ControlPlaneRecord
{
    private const string Nobody = "none";
    private static readonly string[] s_inferred = ["network", "subnet", "port"];

    /// <summary>The kind of record (see <see cref="CloudRecords.CollectedKinds"/>).</summary>
    private protected abstract string Kind { get; }

    IEnumerable<string> INeedsCollectors.Needs => [$"record:{Kind}"];

    /// <summary>The records.</summary>
    private protected abstract IEnumerable<T> Select(CloudRecords records);

    private protected override GatherRequest Request() => new() { Collectors = ["none"], RecordKinds = [Kind] };

    /// <summary>Where no control plane can be asked, networks, subnets and ports are worked out from all that the nodes
    /// hold.</summary>
    private protected override GatherRequest Request(QuantumConnection connection) =>
        connection.ControlPlane == Nobody && Array.IndexOf(s_inferred, Kind) >= 0
            ? Request() with { Collectors = AllButLogs } : Request();

    private protected override IEnumerable<T> Select(Cloud cloud, Action<QuantumError> report)
    {
        if (!cloud.Records.CollectedKinds.Contains(Kind) && !HasFailedAny)
            report(Errors.RecordsNotCollected(Kind));
        return Select(cloud.Records);
    }
}
