using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Forgets this session's connection and what was learned through it.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Quantum")]
[OutputType(typeof(void))]
public sealed class DisconnectQuantumCommand : QuantumCmdlet
{
    private protected override void End() => CommandHost.Connections.Default = null;
}
