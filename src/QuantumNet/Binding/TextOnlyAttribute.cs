using System.Collections;

namespace QuantumNet.Binding;

/// <summary>Takes texts (and numbers), nothing else. Without it PowerShell makes a text of any object that is piped,
/// and a record without the property in question would become a name, "@{Mac=...}".
/// With it the object is bound by its properties, or PowerShell says that it cannot be bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextOnlyAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether a file, folder or path object will do, too: its text is its path.</summary>
    public bool OrFile { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        foreach (object? one in Items(Bare(inputData)))
        {
            object? value = Bare(one);
            if (value is not (null or IConvertible) && !(OrFile && value is (FileSystemInfo or PathInfo)))
            {
                string said = $"'{value.GetType().Name}' is not text: name it, or pipe an object that has the property";
                // This inner exception is what makes the binder go on to the object's properties.
                throw new ArgumentTransformationMetadataException(said, new PSInvalidCastException(said));
            }
        }
        return inputData;
    }

    private static IEnumerable<object?> Items(object? data) => data switch
    {
        string text => [text],
        IList many => many.Cast<object?>(),
        _ => [data],
    };

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
