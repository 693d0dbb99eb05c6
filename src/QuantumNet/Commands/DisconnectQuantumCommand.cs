using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Forgets this session's connections and what was learned through them.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Quantum")]
[OutputType(typeof(void))]
public sealed class DisconnectQuantumCommand : QuantumCmdlet
{
    /// <summary>Names of connections; all when left out.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    private protected override void Process()
    {
        ConnectionStore store = CommandHost.Connections;
        store.Fallback = null;
        foreach (QuantumConnection one in Name.Length == 0 ? [.. store.All] : Array.ConvertAll(Name, store.Find))
            store.Forget(one);
    }
}
