namespace QuantumNet.Snapshots;

/// <summary>A command as a collector declares it: an argv array in which one element may hold a place-holder
/// (<c>{bridge}</c>, <c>{namespace}</c>, <c>{network}</c>, <c>{pid}</c>, <c>{file}</c>; <c>{family} {table}</c> are
/// two) that the gatherer's script fills on the node.</summary>
/// <param name="Argv">Program and arguments, never a shell string.</param>
public sealed record CommandTemplate(params string[] Argv)
{
    /// <summary>What the place-holder runs over on the node.</summary>
    public CommandScope Scope { get; init; } = CommandScope.Node;

    /// <summary>Shell patterns of the files that <c>{file}</c> runs over (only with
    /// <see cref="CommandScope.File"/>).</summary>
    public string[] FilePatterns { get; init; } = [];

    /// <summary>Patterns of files that hold the same and are read where another tool took them (rotated logs, copies),
    /// but never gathered.</summary>
    public string[] OfflinePatterns { get; init; } = [];

    /// <summary>Whether the same command outside of any namespace is read too, where another tool took it.</summary>
    public bool IsReadOfNode { get; init; }

    /// <summary>The question it asks, whatever its spelling.</summary>
    internal CommandForm Form { get; } = CommandForm.Of(Argv);

    /// <summary>Deadline on the node, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 20;

    /// <summary>What is kept of its output at most, in bytes.</summary>
    public long MaximumBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Whether it matters only where the collector's template before it failed for the same subject:
    /// it may be left out there where that one succeeded, and reading its output then adds nothing.</summary>
    public bool IsFallback { get; init; }

    /// <summary>Whether it prints something on every node where it works at all:
    /// then an empty output was lost on the way.</summary>
    public bool AlwaysPrints { get; init; }

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
    /// <summary>Once per network with a dnsmasq folder, <c>{network}</c> being its UUID
    /// and <c>{folder}</c> the folder.</summary>
    DhcpNetwork,
    /// <summary>Once per dnsmasq process, <c>{pid}</c> being its id.</summary>
    DnsmasqProcess,
    /// <summary>Once per table of nftables that iptables does not keep, <c>{family}</c> and <c>{table}</c>
    /// being its name.</summary>
    NftTable,
    /// <summary>Once per file that matches one of the template's patterns.</summary>
    File,
}
