using System.Collections.Concurrent;
using System.Globalization;
using QuantumNet.Access;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>Tells the pipeline what gathering does: every command to -Verbose, every node that
/// fails as an error.</summary>
internal sealed class PipelineObserver(PipelineWriter pipe) : IGatherObserver
{
    private readonly ConcurrentDictionary<string, bool> _failed = new(StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentQueue<QuantumError> _held = new();
    private readonly ConcurrentQueue<string> _missing = new();

    /// <summary>What was told to be missing.</summary>
    public IReadOnlyList<string> ToldMissing => [.. _missing];

    /// <summary>Whether failures wait until all are known, so that the same one of many nodes is told once.</summary>
    public bool IsGrouping { get; init; }

    /// <summary>Tells the failures that wait.</summary>
    public void TellFailures()
    {
        foreach (QuantumError error in SameFailure.Join([.. _held]))
            pipe.Error(error);
        _held.Clear();
    }

    /// <summary>Whether an error about that node was already reported.</summary>
    public bool HasFailed(string node) => _failed.ContainsKey(node);

    /// <summary>Whether any error was already reported.</summary>
    public bool HasFailedAny => !_failed.IsEmpty;

    public void CommandFinished(CommandOutput output) => pipe.Verbose(Describe(output));

    public void Failed(QuantumError error)
    {
        _failed[error.Target] = true;
        if (IsGrouping)
            _held.Enqueue(error);
        else
            pipe.Error(error);
    }

    public void Missing(string text)
    {
        _missing.Enqueue(text);
        pipe.Warning(text);
    }

    public void Verbose(string text) => pipe.Verbose(text);

    public Action<string>? Debug => TellDeveloper;

    public void Planned(int count) => pipe.Board.Planned(count);

    public IDisposable Asking(string name) => pipe.Board.Asking(name);

    /// <summary>A connection may still have something to say when nobody listens any more.</summary>
    private void TellDeveloper(string text)
    {
        try
        {
            pipe.Debug(text);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // The cmdlet has ended.
        }
    }

    private static string Describe(CommandOutput output)
    {
        string ending = output.TimedOut ? "ran past its deadline"
            : output.ExitStatus is int status ? $"exit {status}" : "did not end by itself";
        string cut = output.Truncated ? ", output cut" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{output.ComputerName}: {output.Command}: {ending} in {output.DurationSeconds:0.000} s{cut}");
    }
}
