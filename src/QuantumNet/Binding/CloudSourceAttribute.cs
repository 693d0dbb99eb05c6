namespace QuantumNet.Binding;

/// <summary>Lets a parameter take a snapshot, the path of one, or a connection; what was read back from a file is known
/// by its path.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CloudSourceAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string or QuantumSnapshot or QuantumConnection => value,
            FileSystemInfo file => file.FullName,
            // A folder may be named 0123: PowerShell knows how the number was typed.
            IConvertible => LanguagePrimitives.ConvertTo<string>(inputData),
            _ => inputData is PSObject { Properties: { } properties } && properties["Path"]?.Value is string path
                ? path : throw new ArgumentTransformationMetadataException(
                    $"Pass a snapshot, the path of one, or a connection, not a {value?.GetType().Name ?? "null"}."),
        };
    }
}
