using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Binding;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Restarts an agent of Quantum or Neutron on a node, and tells its process and state
/// before and after.</summary>
[Cmdlet(VerbsLifecycle.Restart, "QuantumAgent", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AgentRestartResult))]
public sealed class RestartQuantumAgentCommand : SourceCmdlet
{
    private const int RestartSeconds = 120;
    private const int DefaultSettle = 2;

    private readonly HashSet<string> _nodes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The nodes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ComputerName { get; set; } = [];

    /// <summary>The agents.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateSet("dhcp", "ovs", "l3", "metadata", "linuxbridge")]
    public string[] Agent { get; set; } = [];

    /// <summary>Seconds after the restart before looking whether the agent stays up.</summary>
    [Parameter]
    [ValidateRange(0, 600)]
    public int SettleSeconds { get; set; } = DefaultSettle;

    private protected override void Process() => _nodes.UnionWith(ComputerName);

    private protected override void End()
    {
        QuantumConnection connection = OpenConnection();
        if (connection.Source is not INodeChanger changer)
            throw Errors.NeedsLiveNodes("Restart-QuantumAgent", "Pass -Inventory, or run Connect-Quantum first.")
                .ToException();
        connection.Kept.Clear();        // what was gathered tells of the agents before
        foreach (string node in _nodes)
        {
            foreach (string agent in Agent)
                Restart(changer, node, agent);
        }
    }

    private void Restart(INodeChanger changer, string node, string agent)
    {
        IReadOnlyList<string> services = AgentServices.Of(agent);
        AgentProbe? before = null;
        bool reached = false;
        Pump(async (pipe, stop) =>
        {
            try
            {
                before = AgentProbe.Read(services, await changer.RunAsync(node, AgentProbe.Questions(services),
                    new PipelineObserver(pipe), stop).ConfigureAwait(false));
                reached = true;
            }
            catch (QuantumException e)
            {
                pipe.Error(e.Error);        // the next node still runs
            }
        });
        if (before is null)
        {
            if (reached)
                CommandHost.Error(Errors.AgentNotFound(node, agent, services));
            return;
        }
        if (CommandHost.ShouldProcess($"{before.Service} on {node}", "Restart agent"))
            Pump(async (pipe, stop) =>
                pipe.Object(await RestartAsync(changer, node, agent, before, pipe, stop).ConfigureAwait(false)));
    }

    private async Task<AgentRestartResult> RestartAsync(
        INodeChanger changer, string node, string agent, AgentProbe before, PipelineWriter pipe, CancellationToken stop)
    {
        DateTime at = DateTime.UtcNow;
        string[] argv = before.RestartCommand();
        CommandOutput[] said = await changer.RunAsync(node,
                [new CommandTemplate(argv) { TimeoutSeconds = RestartSeconds }], new PipelineObserver(pipe), stop)
            .ConfigureAwait(false);
        await pipe.WaitAsync($"Letting {before.Service} on {node} start", TimeSpan.FromSeconds(SettleSeconds), Clock,
            stop).ConfigureAwait(false);
        string[] service = [before.Service];
        AgentProbe? after = AgentProbe.Read(service, await changer
            .RunAsync(node, AgentProbe.Questions(service), new PipelineObserver(pipe), stop).ConfigureAwait(false));
        AgentRestartStatus status = StatusOf(before, after);
        return new AgentRestartResult
        {
            ComputerName = node,
            Agent = agent,
            Service = before.Service,
            Status = status,
            StateBefore = before.State,
            ProcessIdBefore = before.ProcessId,
            StartedBefore = before.Started,
            StateAfter = after?.State ?? "",
            ProcessIdAfter = after?.ProcessId,
            StartedAfter = after?.Started ?? "",
            RestartedAt = at,
            Summary = Sentence(node, before, after, status, said is [var one, ..] ? one : null),
            Command = string.Join(' ', argv),
        };
    }

    private static AgentRestartStatus StatusOf(AgentProbe before, AgentProbe? after) =>
        after?.ProcessId is null || after.ProcessId == before.ProcessId ? AgentRestartStatus.Failed
        : before.ProcessId is null ? AgentRestartStatus.Started
        : AgentRestartStatus.Restarted;

    private static string Sentence(string node, AgentProbe before, AgentProbe? after, AgentRestartStatus status,
        CommandOutput? said) => status switch
        {
            AgentRestartStatus.Restarted =>
                $"{before.Service} on {node} was process {before.ProcessId} and is {after!.ProcessId} ({after.State}).",
            AgentRestartStatus.Started => $"{before.Service} on {node} did not run ({before.State}) and is process "
                + $"{after!.ProcessId} ({after.State}).",
            _ when after?.ProcessId is int same =>
                WithWords($"{before.Service} on {node} is still process {same} ({after.State}).", said),
            _ => WithWords($"{before.Service} on {node} does not run ({after?.State}).", said),
        };

    private static string WithWords(string sentence, CommandOutput? said) =>
        said?.StandardError.Trim() is { Length: > 0 } words ? $"{sentence} {words}" : sentence;
}
