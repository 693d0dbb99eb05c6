using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the connection that this session uses; nothing when there is none.</summary>
[Cmdlet(VerbsCommon.Get, "QuantumConnection")]
[OutputType(typeof(QuantumConnection))]
public sealed class GetQuantumConnectionCommand : QuantumCmdlet
{
    private protected override void End()
    {
        if (CommandHost.Connections.Default is { } connection)
            CommandHost.Object(connection);
        else
            CommandHost.Verbose("This session has no connection: run Connect-Quantum.");
    }
}
