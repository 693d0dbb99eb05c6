using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace QuantumNet.Access.Ssh;

/// <summary>A shell behind a child process: the ssh client, or sh itself.</summary>
internal sealed class ProcessShell : INodeShell
{
    private const int MaximumSaid = 64 * 1024;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    /// <summary>The end of its input is enough for a shell that listens; one that does not is not waited for.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromMilliseconds(250);

    private readonly Process _process;
    private readonly Func<int, string, QuantumError?> _explain;
    private readonly StringBuilder _said = new();
    private readonly Task _reading;

    private ProcessShell(Process process, Func<int, string, QuantumError?> explain)
    {
        _process = process;
        _explain = explain;
        _reading = Task.Run(ReadErrorsAsync);
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    public int? ExitStatus => _process.HasExited ? _process.ExitCode : null;

    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="start">Program, arguments and environment.</param>
    /// <param name="explain">Makes an error of its exit status and what it said;
    /// null when the script's own end.</param>
    public static ProcessShell Start(ProcessStartInfo start, Func<int, string, QuantumError?> explain)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        try
        {
            return new(Process.Start(start)!, explain);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw AccessErrors.SshMissing(start.FileName, e).ToException();
        }
    }

    public async Task<QuantumError?> EndAsync(CancellationToken stop)
    {
        await _process.WaitForExitAsync(stop).ConfigureAwait(false);
        await Task.WhenAny(_reading, Task.Delay(s_grace, stop)).ConfigureAwait(false);
        return _explain(_process.ExitCode, Said);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            Input.Close();
        }
        catch (IOException)
        {
        }
        using CancellationTokenSource grace = new(s_farewell);
        try
        {
            await _process.WaitForExitAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill();
        }
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself.
        }
    }

    private async Task ReadErrorsAsync()
    {
        char[] buffer = new char[4096];
        try
        {
            int count;
            while ((count = await _process.StandardError.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lock (_said)
                    _said.Append(buffer, 0, Math.Min(count, MaximumSaid - Math.Min(MaximumSaid, _said.Length)));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is gone.
        }
    }
}
