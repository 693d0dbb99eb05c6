namespace QuantumNet.Observations.Connections;

/// <summary>A node's clock beside ours.</summary>
/// <param name="OffsetSeconds">By how much it is ahead of ours; negative where it is behind.</param>
/// <param name="ErrorSeconds">The most by which that can be wrong.</param>
/// <param name="RoundTripSeconds">How long the question and its answer took.</param>
internal sealed record NodeClock(double OffsetSeconds, double ErrorSeconds, double RoundTripSeconds);

/// <summary>A command that a collector would run on a node.</summary>
/// <param name="Collector">Who wants it: a collector, or a cmdlet that runs it by itself.</param>
/// <param name="Group">Commands of one collector in the same group are alternatives: one of them is enough.</param>
/// <param name="Answer">What became of the question whether it may run, as if it had run: exit status 0 where it may,
/// 127 where the program is missing; its standard output is where the program is.</param>
/// <param name="NeedsRoot">Whether it needs root on a usual node.</param>
internal sealed record ProbedCommand(string Collector, int Group, CommandOutput Answer, bool NeedsRoot)
{
    /// <summary>The command as it is shown: <c>NETWORK</c> stands for any network.</summary>
    public string Shown => Answer.Command.Replace(NodeProbe.MadeUpNetwork, "NETWORK", StringComparison.Ordinal);
}

/// <summary>What a look at a node showed, before anything is judged.</summary>
internal sealed record NodeProbe
{
    /// <summary>What stands for a network in commands that are only asked about.</summary>
    public const string MadeUpNetwork = "00000000-0000-0000-0000-000000000000";

    /// <summary>The node.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Where it is reached; empty for the name itself.</summary>
    public string Address { get; init; } = "";
    /// <summary>Who logs in; empty where ssh_config tells.</summary>
    public string UserName { get; init; } = "";
    /// <summary><c>ssh</c>, <c>sshnet</c> or <c>local</c>.</summary>
    public string Transport { get; init; } = "";
    /// <summary>Whether commands that need root go through sudo.</summary>
    public bool UsesSudo { get; init; }
    /// <summary>Why the node gave nothing, or no more; null when it answered all.</summary>
    public QuantumError? Error { get; init; }
    /// <summary>Its clock; null where it did not tell.</summary>
    public NodeClock? Clock { get; init; }
    /// <summary>What ran: who the user is, the system, versions.</summary>
    public IReadOnlyList<CommandOutput> Facts { get; init; } = [];
    /// <summary>What would run.</summary>
    public IReadOnlyList<ProbedCommand> Commands { get; init; } = [];
    /// <summary>When it was looked at, UTC.</summary>
    public DateTime CollectedAt { get; init; }

    /// <summary>What a command that ran printed; empty where it failed or was not run.</summary>
    public string Fact(string command) =>
        Facts.FirstOrDefault(fact => fact.Command.EndsWith(command, StringComparison.Ordinal) && fact.ExitStatus == 0)
            ?.Text.Trim() ?? "";
}

/// <summary>What a look at a control plane showed.</summary>
internal sealed record ControlPlaneProbe
{
    /// <summary>The controller, or Keystone's host.</summary>
    public string ComputerName { get; init; } = "";
    /// <summary>Keystone's URL, or the folder.</summary>
    public string Address { get; init; } = "";
    /// <summary>Who logs in; empty where that is not known.</summary>
    public string UserName { get; init; } = "";
    /// <summary><c>api</c>, <c>client</c>, <c>file</c> or <c>none</c>.</summary>
    public string Source { get; init; } = "";
    /// <summary>Why it gave nothing at all; null when it answers.</summary>
    public QuantumError? Error { get; init; }
    /// <summary>Its services, each with what went wrong there.</summary>
    public IReadOnlyList<ProbedService> Services { get; init; } = [];
    /// <summary>When it was looked at, UTC.</summary>
    public DateTime CollectedAt { get; init; }
}

/// <summary>A service that was asked.</summary>
/// <param name="Name">Its kind: <c>network</c>.</param>
/// <param name="Address">Its URL, or the command that asked it.</param>
/// <param name="Kinds">The kinds of records that it gives.</param>
/// <param name="Error">What went wrong; null when nothing did.</param>
internal sealed record ProbedService(string Name, string Address, string[] Kinds, QuantumError? Error)
{
    /// <summary>Its version; empty where it tells none.</summary>
    public string Version { get; init; } = "";
    /// <summary>Whether the cloud has no such service, which is not a fault.</summary>
    public bool IsAbsent { get; init; }
}
