using System.Collections.Concurrent;
using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Tests whether the nodes and the control plane can be used: reach, host keys, login, sudo, tools, clocks and
/// services, and tells which cmdlets what is missing costs.</summary>
[Cmdlet(VerbsDiagnostic.Test, "QuantumConnection", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(QuantumConnectionResult))]
[OutputType(typeof(bool))]
public sealed class TestQuantumConnectionCommand : SourceCmdlet
{
    private const string NodeSet = "Node";
    private const string ConnectionSet = "Connection";

    private readonly List<QuantumConnection> _connections = [];
    private readonly List<string> _nodes = [];
    private bool _isEvery;

    /// <summary>The nodes, wildcards allowed; all, and the control plane, when left out. A node that the inventory does
    /// not name is tried as ssh knows it.</summary>
    [Parameter(Position = 0, ParameterSetName = NodeSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[]? ComputerName { get; set; } = [];

    /// <summary>Connections, as Connect-Quantum and Get-QuantumConnection emit them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectionSet, ValueFromPipeline = true)]
    [ConnectionOnly]
    [ValidateNotNull]
    public QuantumConnection? InputObject { get; set; }

    /// <summary>Emits only true (all of it can be used, if in part) or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process()
    {
        if (InputObject is not null && !_connections.Contains(InputObject))
            _connections.Add(InputObject);
        // A verdict of Ok names no node.
        _isEvery |= ComputerName?.Length == 0;
        foreach (string name in (ComputerName ?? []).Where(name => name.Length > 0))
        {
            if (!_nodes.Contains(name, StringComparer.OrdinalIgnoreCase))
                _nodes.Add(name);
        }
    }

    private protected override void End()
    {
        if (!_isEvery && _nodes.Count == 0)
            throw Errors.NoConnectionTested("what came in names no node").ToException();
        List<QuantumConnection> connections = _connections.Count > 0 ? _connections : [OpenConnection()];
        ConcurrentBag<DhcpPathStatus> seen = [];
        foreach (QuantumConnection connection in connections)
            Pump((pipe, stop) => new ConnectionTest(connection, new PipelineObserver(pipe))
            {
                ComputerName = _isEvery ? [] : [.. _nodes],
                ThrottleLimit = ThrottleLimit,
                TimeoutSeconds = TimeoutSeconds,
            }.RunAsync(result =>
            {
                seen.Add(result.Status);
                if (!IsOn(Quiet))
                    pipe.Object(result);
            }, stop));
        if (IsOn(Quiet))
            CommandHost.Object(seen.All(status => status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded));
    }
}
