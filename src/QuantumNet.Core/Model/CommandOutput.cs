using System.Text;

namespace QuantumNet;

/// <summary>One raw output: the command, what became of it, and what it printed.</summary>
public sealed record CommandOutput
{
    /// <summary>The node it ran on, or the endpoint that answered.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Name of the collector that wanted it; empty in snapshots that others made.</summary>
    public string Collector { get; init; } = "";
    /// <summary>What it asked about (bridge, namespace, network, file); empty for the node.</summary>
    public string Subject { get; init; } = "";
    /// <summary>The command as it ran; a REST request is <c>GET</c> and the URL.</summary>
    public string[] Argv { get; init; } = [];
    /// <summary>Exit status; null when it did not end by itself. HTTP status for a REST request.</summary>
    public int? ExitStatus { get; init; }
    /// <summary>Whether it ran past its deadline.</summary>
    public bool TimedOut { get; init; }
    /// <summary>Whether its output was cut at the byte limit.</summary>
    public bool Truncated { get; init; }
    /// <summary>When it started, UTC.</summary>
    public DateTime StartedAt { get; init; }
    /// <summary>How long it ran, in seconds.</summary>
    public double DurationSeconds { get; init; }
    /// <summary>Standard output, as bytes.</summary>
    public ReadOnlyMemory<byte> StandardOutput
    {
        get => _standardOutput;
        init
        {
            _standardOutput = value;
            _text = null;   // a copy made by 'with' brings the original's text along
        }
    }
    /// <summary>Standard error, as text.</summary>
    public string StandardError { get; init; } = "";

    /// <summary>The command, its arguments joined by spaces.</summary>
    public string Command => string.Join(' ', Argv);

    /// <summary>Standard output as text: UTF-8, undecodable bytes replaced.</summary>
    public string Text => _text ??= Encoding.UTF8.GetString(StandardOutput.Span);

    private readonly ReadOnlyMemory<byte> _standardOutput;
    private string? _text;
}
