using System.Management.Automation.Runspaces;
using QuantumNet.Pipeline;

namespace QuantumNet.Binding;

/// <summary>Lets a parameter that wants a connection take the name of one of this session.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectionByNameAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not string name)
            return inputData;
        try
        {
            return PowerShellHost.StoreOf(Runspace.DefaultRunspace).Find(name);
        }
        catch (QuantumException e)
        {
            throw new ArgumentTransformationMetadataException($"{e.Error.Message} {e.Error.Advice}");
        }
    }
}
