using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace QuantumNet.Pipeline;

/// <summary>Base of every cmdlet: the one place where threads meet the pipeline.</summary>
public abstract class QuantumCmdlet : PSCmdlet, IDisposable
{
    private const int QueueCapacity = 1024;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _switches = [];
    private ICommandHost? _host;

    /// <summary>What runs this cmdlet: PowerShell unless somebody set another.</summary>
    internal ICommandHost CommandHost
    {
        get => _host ??= new PowerShellHost(this);
        set => _host = value;
    }

    /// <summary>The clock of waits and progress.</summary>
    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Sets a switch by name: outside PowerShell a SwitchParameter holds nothing.</summary>
    internal void SetSwitch(string name, bool value)
    {
        if (value)
            _switches.Add(name);
        else
            _switches.Remove(name);
    }

    /// <summary>Runs the cmdlet as the head of a pipeline does.</summary>
    internal void Run()
    {
        BeginProcessing();
        ProcessRecord();
        EndProcessing();
    }

    /// <summary>Runs one phase alone, for hosts that pipe objects.</summary>
    internal void RunBegin() => BeginProcessing();

    /// <inheritdoc cref="RunBegin"/>
    internal void RunProcess() => ProcessRecord();

    /// <inheritdoc cref="RunBegin"/>
    internal void RunEnd() => EndProcessing();

    /// <summary>Stops the cmdlet, from any thread.</summary>
    internal void Stop() => StopProcessing();

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Ends what still runs. The token source stays usable: StopProcessing may come late,
    /// and it holds nothing.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        GC.SuppressFinalize(this);
    }

    private protected virtual void Begin()
    {
    }

    private protected virtual void Process()
    {
    }

    private protected virtual void End()
    {
    }

    /// <summary>Whether a switch is on, whoever set it; pass the switch itself.</summary>
    private protected bool IsOn(SwitchParameter value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value.IsPresent || _switches.Contains(name);

    /// <summary>Runs work elsewhere and writes here what it has to say, until it ends, the user stops it,
    /// or nobody reads any more.</summary>
    private protected void Pump(Func<PipelineWriter, CancellationToken, Task> work)
    {
        var record = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var queue = new BlockingCollection<Action<ICommandHost>>(QueueCapacity);
        var throttle = new ProgressThrottle(Clock);
        var pipe = new PipelineWriter(queue, throttle, new ProgressBoard(Clock), record.Token);
        using ITimer ticking = Clock.CreateTimer(_ => pipe.ShowProgress(), null, s_tick, s_tick);
        Task task = Task.Run(() => RunAsync(work, pipe, queue, record.Token));
        try
        {
            foreach (Action<ICommandHost> write in queue.GetConsumingEnumerable(record.Token))
                write(CommandHost);         // may throw: Select-Object -First, -ErrorAction Stop
            task.GetAwaiter().GetResult();
            CompleteProgress(throttle);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            CommandHost.Stopped();
        }
        finally
        {
            record.Cancel();                // nobody reads any more: let the work end
            if (WaitBriefly(task))
                record.Dispose();
        }
    }

    private static async Task RunAsync(
        Func<PipelineWriter, CancellationToken, Task> work, PipelineWriter pipe,
        BlockingCollection<Action<ICommandHost>> queue, CancellationToken stop)
    {
        try
        {
            await work(pipe, stop).ConfigureAwait(false);
        }
        finally
        {
            queue.CompleteAdding();
        }
    }

    /// <summary>Whether the work has ended within the grace; its exception was already thrown,
    /// or nobody wants it.</summary>
    private static bool WaitBriefly(Task task)
    {
        try
        {
            return task.Wait(s_grace);
        }
        catch (AggregateException)
        {
            return true;
        }
    }

    private void CompleteProgress(ProgressThrottle throttle)
    {
        if (throttle.HasShown)
            CommandHost.Progress(ProgressUpdate.Completed);
    }

    private void Guard(Action phase)
    {
        try
        {
            phase();
        }
        catch (QuantumException e)
        {
            CommandHost.Fail(e.Error);
        }
        catch (NothingReadException)
        {
            // Its errors are told.
        }
    }
}
