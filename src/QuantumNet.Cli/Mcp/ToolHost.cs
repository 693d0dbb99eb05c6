using System.Diagnostics.CodeAnalysis;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli.Mcp;

/// <summary>Runs a cmdlet for a program: nobody is there to be asked.</summary>
/// <param name="result">Takes what it emits.</param>
/// <param name="connections">The cloud.</param>
/// <param name="allowsChanges">Whether nodes may be changed, and packets sent.</param>
/// <param name="progress">Hears how far it is.</param>
internal sealed class ToolHost(ToolResult result, ConnectionStore connections, bool allowsChanges,
    Action<ProgressUpdate> progress) : ICommandHost
{
    private const int UsualWidth = 120;

    public int Width => UsualWidth;

    public ConnectionStore Connections => connections;

    public void Object(object value) => result.Add(value);

    public void Error(QuantumError error) => result.Add(error);

    [DoesNotReturn]
    public void Fail(QuantumError error)
    {
        result.Add(error);
        throw new CommandEndedException();
    }

    [DoesNotReturn]
    public void Stopped() => throw new OperationCanceledException();

    public void Warning(string text) => result.Warn(text);

    public void Verbose(string text)
    {
    }

    public void Debug(string text)
    {
    }

    public void Progress(ProgressUpdate update) => progress(update);

    public bool ShouldProcess(string target, string action)
    {
        if (!allowsChanges)
            result.Warn($"Not done, since the server was started without -AllowChanges: {action}: {target}");
        return allowsChanges;
    }

    public bool ShouldContinue(string question, string caption) => allowsChanges;

    // No tool has a parameter that names a file.
    public string ResolvePath(string path) => throw new NotSupportedException(path);
}
