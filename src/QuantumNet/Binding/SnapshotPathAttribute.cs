namespace QuantumNet.Binding;

/// <summary>Lets a parameter that wants a snapshot's path take the snapshot itself,
/// as Save- and Import-QuantumSnapshot emit it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SnapshotPathAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => inputData switch
    {
        PSObject { BaseObject: QuantumSnapshot snapshot } => snapshot.Path,
        QuantumSnapshot snapshot => snapshot.Path,
        _ => inputData,
    };
}
