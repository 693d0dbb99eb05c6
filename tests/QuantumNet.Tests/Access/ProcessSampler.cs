using System.Globalization;
using System.Text;

namespace QuantumNet.Tests.Access;

/// <summary>Looks for a secret in the command lines, and where asked for in the environments, of all processes of this
/// machine, again and again.</summary>
internal sealed class ProcessSampler : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sampling;
    private readonly HashSet<string> _leaks = [];

    public ProcessSampler(string secret, params string[] files) => _sampling = Task.Run(() =>
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (string process in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out _))
                    Look(process, files, secret);
            }
            Samples++;
        }
    });

    /// <summary>How often all of them were looked at.</summary>
    public int Samples { get; private set; }

    /// <summary>Stops, and tells where the secret was.</summary>
    public async Task<IReadOnlyCollection<string>> StopAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        return _leaks;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private void Look(string process, string[] files, string secret)
    {
        foreach (string file in files)
        {
            try
            {
                string text = File.ReadAllText($"{process}/{file}", Encoding.Latin1);
                if (text.Contains(secret, StringComparison.Ordinal))
                    _leaks.Add($"{file}: {text.Replace('\0', ' ')}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is gone.
            }
        }
    }
}
