using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QuantumNet.Access.Ssh;
using QuantumNet.Observations.Connections;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Frames;

namespace QuantumNet.Access.Gathering;

/// <summary>What one node gave.</summary>
internal sealed record NodeGathering(SnapshotNode Node, CommandOutput[] Outputs, QuantumError? Error);

/// <summary>Runs a plan on one node: one script, one connection.</summary>
internal sealed class NodeGatherer(INodeTransport transport, IGatherObserver observer)
{
    /// <summary>A login that takes longer is told.</summary>
    private static readonly TimeSpan s_longLogin = TimeSpan.FromSeconds(2);

    /// <summary>Says more about an error, where more is known of the node.</summary>
    public Func<QuantumError, QuantumError> Explain { get; init; } = error => error;

    /// <summary>Gathers. A node that fails gives its error and whatever arrived until then.</summary>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public async Task<NodeGathering> GatherAsync(
        InventoryNode node, GatherPlan plan, int timeoutSeconds, CancellationToken stop)
    {
        string nonce = NewNonce();
        string script = GatherScript.Write(plan, node.Environment, node.Sudo, nonce, NewNonce());
        GatheredOutputs outputs = new(node.Name, plan.Commands, observer.CommandFinished);
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

    /// <summary>Runs commands as they stand, some side by side, in an environment that a file on the node sets.
    /// </summary>
    /// <param name="shell">A shell that is open on the node.</param>
    /// <param name="node">The node.</param>
    /// <param name="commands">The commands.</param>
    /// <param name="inputs">Text for the standard input of each.</param>
    /// <param name="environmentFile">The file; empty for none.</param>
    /// <param name="stop">Ends the commands.</param>
    /// <returns>One output for each, in order, and whether the shell can take another script; no outputs where nothing
    /// came back at all.</returns>
    /// <exception cref="QuantumException">The node cannot be reached.</exception>
    public async Task<(CommandOutput[]? Outputs, QuantumError? Error)> RunCommandsAsync(INodeShell shell,
        InventoryNode node, IReadOnlyList<CommandTemplate> commands, IReadOnlyList<string> inputs,
        string environmentFile, CancellationToken stop)
    {
        string nonce = NewNonce();
        GatherPlan plan = GatherPlan.Of(commands);
        string script = GatherScript.WriteCommands(commands, inputs, environmentFile,
            node.Environment, nonce, NewNonce());
        GatheredOutputs outputs = new(node.Name, plan.Commands, observer.CommandFinished);
        int deadline = commands.Sum(command => command.TimeoutSeconds) + 30;
        (QuantumError? error, FrameReader reader) =
            await TalkAsync(shell, node, script, nonce, outputs, deadline, stop).ConfigureAwait(false);
        if (!reader.HasBegun && error is not null)
            return (null, error);
        outputs.Finish(reader);
        return (outputs.ToArray(), error);
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
        GatheredOutputs outputs = new(node.Name, plan.Commands, observer.CommandFinished);
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
        INodeShell shell;
        try
        {
            shell = await OpenAsync(node, stop).ConfigureAwait(false);
        }
        catch (QuantumException e)
        {
            return (e.Error, new(nonce, outputs.LimitOf, outputs.Add));
        }
        await using (shell.ConfigureAwait(false))
            return await TalkAsync(shell, node, script, nonce, outputs, timeoutSeconds, stop, first)
                .ConfigureAwait(false);
    }

    /// <summary>Starts a shell on a node.</summary>
    /// <exception cref="QuantumException">It cannot be started at all.</exception>
    public Task<INodeShell> OpenAsync(InventoryNode node, CancellationToken stop)
    {
        if (transport.Choice.Length > 0)
            observer.Verbose($"{node.Name}: {transport.Choice}");
        return transport.OpenAsync(node, observer.Debug, stop);
    }

    /// <summary>Has a shell run a script. Until the script begins, the login has the time; from then on the commands
    /// have all of it: start-up files that take long are not slow commands.</summary>
    private async Task<(QuantumError? Error, FrameReader Reader)> TalkAsync(INodeShell shell, InventoryNode node,
        string script, string nonce, GatheredOutputs outputs, int timeoutSeconds, CancellationToken stop,
        Func<INodeShell, CancellationToken, Task>? first = null)
    {
        FrameReader reader = new(nonce, outputs.LimitOf, outputs.Add);
        outputs.Reader = reader;
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(timeoutSeconds));
        Stopwatch login = Stopwatch.StartNew();
        try
        {
            if (first is not null)
                await first(shell, deadline.Token).ConfigureAwait(false);
            await WriteAsync(shell, script, deadline.Token).ConfigureAwait(false);
            await ReadAsync(shell, reader, WhenItBegins, deadline.Token).ConfigureAwait(false);
            QuantumError? error = reader.IsComplete ? null
                : await WhyAsync(shell, node, reader, outputs, deadline.Token).ConfigureAwait(false);
            return (error, reader);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            reader.Complete();
            return (reader.HasBegun
                ? AccessErrors.NodeTimedOut(node.Name, timeoutSeconds, outputs.Done, outputs.Total)
                : AccessErrors.LoginTimedOut(node.Name, timeoutSeconds, transport.Typed(node)), reader);
        }

        void WhenItBegins()
        {
            deadline.CancelAfter(TimeSpan.FromSeconds(timeoutSeconds));
            if (login.Elapsed > s_longLogin)
                observer.Verbose(LoginText(node.Name, login.Elapsed));
        }
    }

    private static string LoginText(string node, TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture,
        $"{node}: the login took {elapsed.TotalSeconds:0.0} s before the first command ran; look at the network, "
            + $"sshd's UseDNS and PAM, and the user's start-up files");

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

    private static async Task ReadAsync(
        INodeShell shell, FrameReader reader, Action whenItBegins, CancellationToken stop)
    {
        bool hadBegun = false;
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
            if (reader.HasBegun && !hadBegun)
                whenItBegins();
            hadBegun = reader.HasBegun;
        }
        reader.Complete();
    }

    private async Task<QuantumError> WhyAsync(
        INodeShell shell, InventoryNode node, FrameReader reader, GatheredOutputs outputs, CancellationToken stop)
    {
        QuantumError? error = await shell.EndAsync(stop).ConfigureAwait(false);
        string said = shell.Said.Trim();
        if (reader.HasBegun)
            return AccessErrors.ConnectionLost(node.Name, outputs.Done, outputs.Total, LastLine(said));
        return error ?? AccessErrors.ShellFailed(node.Name,
            LastLine(said.Length > 0 ? said : reader.Preamble.Trim()) is { Length: > 0 } line ? line
                : "it printed nothing", transport.Typed(node));
    }

    private static string LastLine(string text) => text[(text.LastIndexOf('\n') + 1)..].TrimEnd('.');

    internal static string NewNonce() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
