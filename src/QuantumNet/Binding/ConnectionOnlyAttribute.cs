namespace QuantumNet.Binding;

/// <summary>Takes connections, nothing else. Without it PowerShell makes a connection, behind which nothing stands, of
/// any object with a property of the same name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectionOnlyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or QuantumConnection or string)         // PowerShell itself makes none of a text
            return inputData;
        string said = $"'{value.GetType().Name}' is not a connection: pipe what Connect-Quantum emits, "
            + "or an object that has the property ComputerName";
        // This inner exception is what makes the binder go on to the object's properties.
        throw new ArgumentTransformationMetadataException(said, new PSInvalidCastException(said));
    }
}
