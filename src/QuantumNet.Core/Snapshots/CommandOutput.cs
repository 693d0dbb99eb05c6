using System.Text;

namespace QuantumNet.Snapshots;

/// <summary>A command as a collector declares it: an argv array in which one element may hold a place-holder
/// (<c>{bridge}</c>, <c>{namespace}</c>, <c>{network}</c>, <c>{pid}</c>, <c>{file}</c>) that the gatherer's script fills on the node.</summary>
/// <param name="Argv">Program and arguments, never a shell string.</param>
public sealed record CommandTemplate(params string[] Argv)
{
    /// <summary>What the place-holder runs over on the node.</summary>
    public CommandScope Scope { get; init; } = CommandScope.Node;

    /// <summary>Shell patterns of the files that <c>{file}</c> runs over (only with <see cref="CommandScope.File"/>).</summary>
    public string[] FilePatterns { get; init; } = [];

    /// <summary>Deadline on the node, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 20;

    /// <summary>What is kept of its output at most, in bytes.</summary>
    public long MaximumBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Whether it matters only where the collector's template before it failed for the same subject: it may be left out
    /// there where that one succeeded, and reading its output then adds nothing.</summary>
    public bool IsFallback { get; init; }

    /// <summary>Whether only the end of the output matters (logs): then the last bytes are kept.</summary>
    public bool KeepsTail { get; init; }
}

/// <summary>What a command template runs over on a node.</summary>
public enum CommandScope
{
    /// <summary>Once.</summary>
    Node,
    /// <summary>Once per Open vSwitch bridge.</summary>
    Bridge,
    /// <summary>Once per qdhcp- namespace.</summary>
    DhcpNamespace,
    /// <summary>Once per network with a dnsmasq folder, <c>{network}</c> being its UUID and <c>{folder}</c> the folder.</summary>
    DhcpNetwork,
    /// <summary>Once per dnsmasq process, <c>{pid}</c> being its id.</summary>
    DnsmasqProcess,
    /// <summary>Once per file that matches one of the template's patterns.</summary>
    File,
}

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
