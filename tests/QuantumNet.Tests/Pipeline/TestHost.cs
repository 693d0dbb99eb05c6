using System.Diagnostics.CodeAnalysis;
using QuantumNet.Access;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Pipeline;

/// <summary>Runs cmdlets in tests and keeps what they say.</summary>
internal sealed class TestHost : ICommandHost
{
    public List<object> Objects { get; } = [];
    public List<QuantumError> Errors { get; } = [];
    public List<string> VerboseLines { get; } = [];
    public List<string> Warnings { get; } = [];
    public List<ProgressUpdate> ProgressUpdates { get; } = [];
    public Action<object> OnObject { get; init; } = _ => { };
    public Action<string> OnVerbose { get; init; } = _ => { };
    public bool Agrees { get; init; } = true;
    public List<string> Questions { get; } = [];

    public int Width => 80;
    public ConnectionStore Connections { get; init; } = new();

    public void Object(object value)
    {
        OnObject(value);
        Objects.Add(value);
    }

    public void Error(QuantumError error) => Errors.Add(error);

    [DoesNotReturn]
    public void Fail(QuantumError error) => throw error.ToException();

    [DoesNotReturn]
    public void Stopped() => throw new OperationCanceledException();

    public void Warning(string text) => Warnings.Add(text);

    public void Verbose(string text)
    {
        OnVerbose(text);
        VerboseLines.Add(text);
    }

    public void Debug(string text)
    {
    }

    public void Progress(ProgressUpdate update) => ProgressUpdates.Add(update);

    public bool ShouldProcess(string target, string action)
    {
        Questions.Add($"{action}: {target}");
        return Agrees;
    }

    public bool ShouldContinue(string question, string caption) => Agrees;

    public string ResolvePath(string path) => Path.GetFullPath(path);

    /// <summary>A connection to a cloud that stands in memory.</summary>
    public static QuantumConnection ConnectionTo(Cloud cloud, RecordingSource? source = null) =>
        new() { Name = "test", Source = source ?? new RecordingSource(), ReadCloud = _ => cloud };

    /// <summary>Runs a cmdlet to its end; <paramref name="records"/> set its parameters before each record
    /// that is piped.</summary>
    public TestHost Run<T>(T cmdlet, params Action<T>[] records)
        where T : QuantumCmdlet
    {
        cmdlet.CommandHost = this;
        using (cmdlet)
        {
            cmdlet.RunBegin();
            if (records.Length == 0)
                cmdlet.RunProcess();
            foreach (Action<T> record in records)
            {
                record(cmdlet);
                cmdlet.RunProcess();
            }
            cmdlet.RunEnd();
        }
        return this;
    }
}

/// <summary>Remembers what it was asked for, and answers with one snapshot, an empty one where none is set.</summary>
internal sealed class RecordingSource : IQuantumSource
{
    public List<GatherRequest> Requests { get; } = [];
    public Action<IGatherObserver> OnGather { get; init; } = _ => { };
    public QuantumSnapshot Answer { get; init; } = new();

    public Task<QuantumSnapshot> GatherAsync(GatherRequest request, IGatherObserver observer, CancellationToken stop)
    {
        Requests.Add(request);
        OnGather(observer);
        return Task.FromResult(Answer);
    }
}
