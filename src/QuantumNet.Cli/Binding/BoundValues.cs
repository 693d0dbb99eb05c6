using System.Management.Automation;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli.Binding;

/// <summary>Gives a cmdlet the values that were bound.</summary>
internal static class BoundValues
{
    /// <summary>Sets its parameters, switches by name. Credentials are the caller's matter.</summary>
    public static void Apply(
        QuantumCmdlet cmdlet, CommandParameter[] parameters, IReadOnlyDictionary<string, object> bound)
    {
        foreach (CommandParameter parameter in parameters)
        {
            if (!bound.TryGetValue(parameter.Name, out object? value) || parameter.IsCredential)
                continue;
            if (parameter.Type == typeof(SwitchParameter))
                cmdlet.SetSwitch(parameter.Name, (bool)value);
            else
                parameter.Property!.SetValue(cmdlet, value);
        }
    }
}
