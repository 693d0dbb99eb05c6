using QuantumNet.Binding;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Gets the connection that this session uses, or those of a name; nothing when there is none.</summary>
[Cmdlet(VerbsCommon.Get, "QuantumConnection")]
[OutputType(typeof(QuantumConnection))]
public sealed class GetQuantumConnectionCommand : QuantumCmdlet
{
    /// <summary>Names, wildcards allowed: * for all. The connection that the cmdlets use when left out.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    private protected override void End()
    {
        ConnectionStore store = CommandHost.Connections;
        if (Name.Length == 0 && store.Default is null)
            CommandHost.Verbose("This session has no connection: run Connect-Quantum.");
        else if (Name.Length == 0)
            CommandHost.Object(store.Default!);
        foreach (string name in Name)
        {
            if (!Wildcard.IsPattern(name))
                Emit(name, store);
            else
                foreach (QuantumConnection one in store.All.Where(one => new Wildcard(name).Matches(one.Name)))
                    CommandHost.Object(one);
        }
    }

    private void Emit(string name, ConnectionStore store)
    {
        try
        {
            CommandHost.Object(store.Find(name));
        }
        catch (QuantumException e)
        {
            CommandHost.Error(e.Error);
        }
    }
}
