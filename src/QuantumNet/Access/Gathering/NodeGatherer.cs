using System.Security.Cryptography;
using System.Text;
using QuantumNet.Access.Ssh;
using QuantumNet.Observations.Connections;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>What one node gave.</summary>
internal sealed record NodeGathering(SnapshotNode Node, CommandOutput[] Outputs, QuantumError? Error);

/// <summary>Runs a plan on one node: one script, one connection.</summary>
internal sealed class NodeGatherer(INodeTransport transport, IGatherObserver observer)
{
    /// <summary>Says more about an error, where more is known of the node.</summary>
    public Func<QuantumError, QuantumError> Explain { get; init; } = error => error;

    /// <summary>Gathers. A node that fails gives its error and whatever arrived until then.</summary>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public async Task<NodeGathering> GatherAsync(
        InventoryNode node, GatherPlan plan, int timeoutSeconds, CancellationToken stop)
    {
        string nonce = NewNonce();
        string script = GatherScript.Write(plan, node.Environment, node.Sudo, nonce, NewNonce());
        GatheredOutputs outputs = new(node.Name, plan, observer);
        (QuantumError? error, FrameReader reader) =
            await RunAsync(node, script, nonce, outputs, timeoutSeconds, stop).ConfigureAwait(false);
        outputs.Finish(reader);
        if (error is not null)
            observer.Failed(error = Explain(error));
        return new(new()
        {
            ComputerName = node.Name,
            Roles = node.Roles,
            FailureCode = error is null ? "" : "QN9002",
            Failure = error?.Message ?? "",
            Advice = error?.Advice ?? "",
        }, outputs.ToArray(), error);
    }

    /// <summary>Runs commands as they stand, one after another, in an environment that a file on the node sets;
    /// one output for each, in order.</summary>
    /// <exception cref="QuantumException">The node cannot be reached.</exception>
    public async Task<CommandOutput[]> RunCommandsAsync(InventoryNode node, IReadOnlyList<CommandTemplate> commands,
        IReadOnlyList<string> inputs, string environmentFile, CancellationToken stop)
    {
        string nonce = NewNonce();
        GatherPlan plan = GatherPlan.Of(commands);
        string script = GatherScript.WriteCommands(commands, inputs, environmentFile,
            node.Environment, nonce, NewNonce());
        GatheredOutputs outputs = new(node.Name, plan, observer);
        int deadline = commands.Sum(command => command.TimeoutSeconds) + 30;
        (QuantumError? error, FrameReader reader) =
            await RunAsync(node, script, nonce, outputs, deadline, stop).ConfigureAwait(false);
        if (!reader.HasBegun && error is not null)
            throw error.ToException();
        outputs.Finish(reader);
        return outputs.ToArray();
    }

    /// <summary>Asks a node whether it could be gathered: reads its clock, runs some commands, and asks about the
    /// others whether they may run. One output for each, in order; an error with what arrived until then.</summary>
    public async Task<(QuantumError? Error, NodeClock? Clock, CommandOutput[] Outputs)> ProbeAsync(
        InventoryNode node, ProbePlan probe, int timeoutSeconds, CancellationToken stop)
    {
        string nonce = NewNonce();
        GatherPlan plan = GatherPlan.Of(probe.Templates);
        string script =
            GatherScript.WriteProbe(plan, probe.Facts.Count, probe.IsMadeUp, node, nonce, NewNonce());
        GatheredOutputs outputs = new(node.Name, plan, observer);
        NodeClock? clock = null;
        (QuantumError? error, FrameReader reader) = await RunAsync(node, script, nonce, outputs, timeoutSeconds, stop,
            async (shell, token) => clock = await ClockExchange.MeasureAsync(shell, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        outputs.Finish(reader);
        return (error, clock, outputs.ToArray());
    }

    private async Task<(QuantumError? Error, FrameReader Reader)> RunAsync(
        InventoryNode node, string script, string nonce, GatheredOutputs outputs,
        int timeoutSeconds, CancellationToken stop, Func<INodeShell, CancellationToken, Task>? first = null)
    {
        FrameReader reader = new(nonce, outputs.LimitOf, outputs.Add);
        outputs.Reader = reader;
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(timeoutSeconds));
        INodeShell shell;
        try
        {
            if (transport.Choice.Length > 0)
                observer.Verbose($"{node.Name}: {transport.Choice}");
            shell = await transport.OpenAsync(node, observer.Debug, stop).ConfigureAwait(false);
        }
        catch (QuantumException e)
        {
            return (e.Error, reader);
        }
        await using (shell.ConfigureAwait(false))
        {
            try
            {
                if (first is not null)
                    await first(shell, deadline.Token).ConfigureAwait(false);
                await WriteAsync(shell, script, deadline.Token).ConfigureAwait(false);
                await ReadAsync(shell, reader, deadline.Token).ConfigureAwait(false);
                QuantumError? error = reader.IsComplete ? null
                    : await WhyAsync(shell, node, reader, outputs, deadline.Token).ConfigureAwait(false);
                return (error, reader);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                reader.Complete();
                return (AccessErrors.NodeTimedOut(node.Name, timeoutSeconds, outputs.Done, outputs.Total), reader);
            }
        }
    }

    /// <summary>The input stays open: its end is what tells the script that nobody listens any more.</summary>
    private static async Task WriteAsync(INodeShell shell, string script, CancellationToken stop)
    {
        try
        {
            await shell.Input.WriteAsync(Encoding.UTF8.GetBytes(script), stop).ConfigureAwait(false);
            await shell.Input.FlushAsync(stop).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The shell is gone; what it said tells why.
        }
    }

    private static async Task ReadAsync(INodeShell shell, FrameReader reader, CancellationToken stop)
    {
        byte[] buffer = new byte[64 * 1024];
        while (!reader.IsComplete)
        {
            int count;
            try
            {
                count = await shell.Output.ReadAsync(buffer, stop).ConfigureAwait(false);
            }
            catch (IOException)
            {
                count = 0;
            }
            if (count == 0)
                break;
            reader.Feed(buffer.AsSpan(0, count));
        }
        reader.Complete();
    }

    private static async Task<QuantumError> WhyAsync(
        INodeShell shell, InventoryNode node, FrameReader reader, GatheredOutputs outputs, CancellationToken stop)
    {
        QuantumError? error = await shell.EndAsync(stop).ConfigureAwait(false);
        string said = shell.Said.Trim();
        if (reader.HasBegun)
            return AccessErrors.ConnectionLost(node.Name, outputs.Done, outputs.Total, LastLine(said));
        return error ?? AccessErrors.ShellFailed(node.Name,
            LastLine(said.Length > 0 ? said : reader.Preamble.Trim()) is { Length: > 0 } line ? line
                : "it printed nothing");
    }

    private static string LastLine(string text) => text[(text.LastIndexOf('\n') + 1)..].TrimEnd('.');

    internal static string NewNonce() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
