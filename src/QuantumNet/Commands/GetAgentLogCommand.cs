using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the warnings and errors that agents, dnsmasq's and Open vSwitch's daemons, the server and the kernel
/// have logged.</summary>
[Cmdlet(VerbsCommon.Get, "AgentLog")]
[OutputType(typeof(AgentLog))]
public sealed class GetAgentLogCommand : NodeCmdlet<AgentLog>
{
    // oslo.log's levels, and Open vSwitch's (vlog.h).
    private static readonly string[] s_levels =
        ["TRACE", "DEBUG", "INFO", "AUDIT", "WARNING", "ERROR", "CRITICAL", "DBG", "WARN", "ERR", "EMER"];

    private static readonly string[] s_bad = ["WARN*", "ERR*", "CRITICAL", "TRACE", "EMER"];

    /// <summary>Levels, wildcards allowed; warnings and worse when left out, * for all.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(LevelCompleter))]
    [SupportsWildcards]
    public string[] Level { get; set; } = [];

    /// <summary>Files, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LogFileCompleter))]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Messages, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [SupportsWildcards]
    public string[] Message { get; set; } = [];

    /// <summary>Only what was written at this time or later.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>Only what was written at this time or earlier.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    private protected override void Begin()
    {
        base.Begin();
        if (After >= Before)
            throw Errors.BadTime(nameof(After), After.Value, Before.Value).ToException();
    }

    private protected override string[] Collectors => ["AgentLog"];

    private protected override string[] FurtherCollectors => ["ServerLog", "KernelLog"];

    private protected override Filter<AgentLog> Filter() => new Filter<AgentLog>()
        .Name(ComputerName, entry => entry.ComputerName)
        .Named(NameKind.Level, Level.Length > 0 ? Level : s_bad, entry => entry.Level)
        .Named(NameKind.File, Path, entry => entry.Path)
        .Name(Message, entry => entry.Message)
        .Time(After, Before, entry => entry.Time);

    private protected override IEnumerable<string> KnownNames(Cloud cloud, NameKind kind) =>
        kind == NameKind.Level ? s_levels : base.KnownNames(cloud, kind);

    private protected override IEnumerable<AgentLog> Select(NodeState node, Cloud cloud) => node.AgentLogs;
}
