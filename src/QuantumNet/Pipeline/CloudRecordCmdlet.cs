using QuantumNet.Access;

namespace QuantumNet.Pipeline;

/// <summary>Base of the cmdlets that emit the control plane's records.</summary>
/// <typeparam name="T">What it emits.</typeparam>
public abstract class CloudRecordCmdlet<T> : RecordCmdlet<T>, INeedsCollectors
    where T : ControlPlaneRecord
{
    /// <summary>The kind of record (see <see cref="CloudRecords.CollectedKinds"/>).</summary>
    private protected abstract string Kind { get; }

    IEnumerable<string> INeedsCollectors.Needs => [$"record:{Kind}"];

    /// <summary>The records.</summary>
    private protected abstract IEnumerable<T> Select(CloudRecords records);

    private protected override GatherRequest Request() => new() { Collectors = ["none"], RecordKinds = [Kind] };

    private protected override IEnumerable<T> Select(Cloud cloud, Action<QuantumError> report)
    {
        if (!cloud.Records.CollectedKinds.Contains(Kind) && !HasFailedAny)
            report(Errors.RecordsNotCollected(Kind));
        return Select(cloud.Records);
    }
}
