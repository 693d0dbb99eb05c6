using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace QuantumNet.Pipeline;

/// <summary>Forwards to the cmdlet's own PowerShell.</summary>
internal sealed class PowerShellHost(PSCmdlet cmdlet) : ICommandHost
{
    private const int DefaultWidth = 120;
    private const int ProgressId = 1;

    private static readonly ConditionalWeakTable<Runspace, ConnectionStore> s_stores = [];
    /// <summary>Since 7.6 PowerShell's own view shows the recommendation;
    /// before, it must stand in the message.</summary>
    private static readonly bool s_showsAdvice = typeof(PSCmdlet).Assembly.GetName().Version >= new Version(7, 6);

    private static readonly ConnectionStore s_withoutRunspace = new();

    public void Object(object value) => cmdlet.WriteObject(value);

    public void Error(QuantumError error) => cmdlet.WriteError(ToErrorRecord(error));

    [DoesNotReturn]
    public void Fail(QuantumError error)
    {
        cmdlet.ThrowTerminatingError(ToErrorRecord(error));
        throw error.ToException();      // not reached: PowerShell has thrown
    }

    [DoesNotReturn]
    public void Stopped() => throw new PipelineStoppedException();

    public void Warning(string text) => cmdlet.WriteWarning(text);

    public void Verbose(string text) => cmdlet.WriteVerbose(text);

    public void Debug(string text) => cmdlet.WriteDebug(text);

    public void Progress(ProgressUpdate update) => cmdlet.WriteProgress(
        new ProgressRecord(ProgressId, update.Activity,
            update.Status.Length > 0 ? update.Status : " ")
        {
            PercentComplete = update.Percent ?? -1,
            SecondsRemaining = update.SecondsLeft ?? -1,
            RecordType = update.IsCompleted ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });

    public bool ShouldProcess(string target, string action) => cmdlet.ShouldProcess(target, action);

    public bool ShouldContinue(string question, string caption) => cmdlet.ShouldContinue(question, caption);

    public string ResolvePath(string path) => cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    public int Width => cmdlet.Host?.UI?.RawUI?.BufferSize.Width is int width and > 0 ? width : DefaultWidth;

    public ConnectionStore Connections => StoreOf(Runspace.DefaultRunspace);

    /// <summary>The connections of a runspace: completers have no cmdlet to ask.</summary>
    public static ConnectionStore StoreOf(Runspace? runspace) =>
        runspace is null ? s_withoutRunspace : s_stores.GetOrCreateValue(runspace);

    private static ErrorRecord ToErrorRecord(QuantumError error) =>
        new(error.Cause ?? error.ToException(), error.Id,
            Enum.Parse<ErrorCategory>(error.Category.ToString()), error.Target)
        {
            ErrorDetails = new ErrorDetails(s_showsAdvice ? error.Message
                : $"{error.Message} {error.Advice}") { RecommendedAction = error.Advice },
        };
}
