using QuantumNet.Faults;
using QuantumNet.Observations.Connections;
using QuantumNet.Snapshots;

namespace QuantumNet.Diagnosis;

/// <summary>Judges whether a node can be used: reach, host key, login, rights, tools and clock.</summary>
/// <param name="cmdletsOf">The cmdlets that wait for a collector.</param>
internal sealed class NodeConnectionTester(Func<string, IReadOnlyList<string>> cmdletsOf)
{
    /// <summary>Seconds by which a clock may differ: times of logs and captures on two nodes can be held against each
    /// other to the second.</summary>
    public const double ClockTolerance = 2;

    private const string ListBridges = "ovs-vsctl list-br";
    private const int MaximumEvidence = 8, MaximumNamed = 2;

    /// <summary>The result.</summary>
    public QuantumConnectionResult Of(NodeProbe probe)
    {
        var readiness = new CommandReadiness(probe, cmdletsOf);
        (FindingStatus reach, FindingStatus hostKey, FindingStatus login, string lost) = Way(probe);
        Finding[] unreached = probe.Error is not { } error ? []
            : [GatheringFaults.NodeUnreachable.Fail(probe.ComputerName, lost, error.Message)
                with { Severity = CheckSeverity.Error, Remedy = error.Advice }];
        FindingVerdict verdict = FindingVerdict.Of([.. unreached, .. Rights(probe, readiness), .. OpenVSwitch(probe),
            .. Tools(probe, readiness), .. Clock(probe)]);
        return ConnectionSentence.Told(
            Told(probe, readiness) with { Reach = reach, HostKey = hostKey, Login = login }, verdict);
    }

    /// <summary>What needs no judging.</summary>
    private QuantumConnectionResult Told(NodeProbe probe, CommandReadiness readiness) => new()
    {
        Kind = QuantumEndpointKind.Node,
        ComputerName = probe.ComputerName,
        Address = probe.Address,
        UserName = probe.Fact("id -un") is { Length: > 0 } name ? name : probe.UserName,
        Transport = probe.Transport,
        Sudo = probe.Facts.Count == 0 ? FindingStatus.Unknown
            : probe.Fact("id -u") == "0" ? FindingStatus.NotApplicable
            : readiness.Refused.Any() ? FindingStatus.Fail : FindingStatus.Pass,
        ClockOffsetSeconds = Round(probe.Clock?.OffsetSeconds),
        ClockErrorSeconds = Round(probe.Clock?.ErrorSeconds),
        RoundTripSeconds = Round(probe.Clock?.RoundTripSeconds),
        System = ToolVersions.System(probe.Fact("cat /etc/os-release"), probe.Fact("uname -r")),
        Tools = readiness.Tools(),
        Costs = probe.Error is null ? readiness.CostsOf(readiness.Refused.Concat(readiness.WithoutProgram))
            : [.. Collectors.All.SelectMany(collector => cmdletsOf(collector.Name)).Distinct()
                .Order(StringComparer.Ordinal)],
        CollectedAt = probe.CollectedAt,
    };

    /// <summary>How far the way to the node led, told from the error's id.</summary>
    private static (FindingStatus Reach, FindingStatus HostKey, FindingStatus Login, string Lost) Way(NodeProbe probe)
    {
        bool isLocal = probe.Transport == "local";
        (FindingStatus reach, FindingStatus hostKey, FindingStatus login) = isLocal
            ? (FindingStatus.Pass, FindingStatus.NotApplicable, FindingStatus.NotApplicable)
            : (FindingStatus.Pass, FindingStatus.Pass, FindingStatus.Pass);
        return probe.Error?.Id switch
        {
            null => (reach, hostKey, login, ""),
            var id when id.StartsWith("HostKey", StringComparison.Ordinal)
                || id.StartsWith("KnownHosts", StringComparison.Ordinal) =>
                (reach, FindingStatus.Fail, FindingStatus.Unknown, "host key"),
            "AuthenticationFailed" => (reach, hostKey, FindingStatus.Fail, "login"),
            // Nothing was tried: what should connect cannot.
            "TransportUnknown" or "CredentialNotSupported" => (FindingStatus.Unknown, FindingStatus.Unknown,
                FindingStatus.Unknown, "transport"),
            var id when id.StartsWith("Ssh", StringComparison.Ordinal) => (FindingStatus.Unknown,
                FindingStatus.Unknown, FindingStatus.Unknown, "transport"),
            "NodeShellFailed" => (reach, hostKey, login, "shell"),
            // What it said before that shows that it let us in.
            _ when probe.Facts.Count > 0 || probe.Clock is not null => (reach, hostKey, login, "connection"),
            _ => (FindingStatus.Fail, FindingStatus.Unknown, FindingStatus.Unknown, "reach"),
        };
    }

    private IEnumerable<Finding> Rights(NodeProbe probe, CommandReadiness readiness)
    {
        string user = probe.Fact("id -un") is { Length: > 0 } name ? name : "the user";
        CommandReadiness.Lost[] refused = [.. readiness.Refused.DistinctBy(one => one.Command.Shown)];
        if (refused.Length > 0)
        {
            bool isAll = refused.Length >= readiness.RootCommands;
            string which = isAll ? $"may run none of the {refused.Length} commands"
                : $"may not run {Named(refused)}, {refused.Length} of the {readiness.RootCommands} commands";
            yield return GatheringFaults.CommandRefused.Fail(probe.ComputerName, probe.UsesSudo ? "sudo" : "rights",
                $"{user} {which} that need root on {probe.ComputerName}: {refused[0].Reason}. "
                    + Costs(readiness.CostsOf(readiness.Refused)),
                [.. refused.Take(MaximumEvidence).Select(one => AsEvidence(probe, one))])
                with
                {
                    Severity = isAll ? CheckSeverity.Error : CheckSeverity.Warning,
                    Remedy = probe.UsesSudo
                        ? $"Put what 'quantumnet --sudoers {user}' prints into /etc/sudoers.d/quantumnet on "
                            + $"{probe.ComputerName} ('visudo -c' there; sudo 1.9.10 or later)."
                        : CommandVerdict.Advice(refused[0].Command.Answer),
                };
        }
    }

    /// <summary>Whether the daemon answers behind the tools.</summary>
    private IEnumerable<Finding> OpenVSwitch(NodeProbe probe)
    {
        foreach (CommandOutput fact in probe.Facts)
        {
            if (fact.Command.EndsWith(ListBridges, StringComparison.Ordinal)
                && CommandVerdict.Of(fact) is { State: CollectionState.Failed, Code: not "QN9003" } verdict)
                yield return GatheringFaults.CommandRefused.Fail(probe.ComputerName, ListBridges,
                    $"Open vSwitch on {probe.ComputerName} does not answer: {verdict.Reason}. "
                        + Costs([.. cmdletsOf("OvsPort")]))
                    with
                    {
                        Remedy = $"Look at ovsdb-server and ovs-vswitchd on {probe.ComputerName}, or give the node "
                            + "\"environment\": { \"OVS_RUNDIR\": ... } in the inventory where its sockets lie "
                            + "elsewhere.",
                    };
        }
    }

    private static IEnumerable<Finding> Tools(NodeProbe probe, CommandReadiness readiness)
    {
        foreach (IGrouping<string, CommandReadiness.Lost> family in readiness.WithoutProgram
            .GroupBy(one => one.Tool.StartsWith("ovs-", StringComparison.Ordinal) ? "ovs-" : one.Tool))
        {
            string[] tools = [.. family.Select(one => one.Tool).Distinct().Order(StringComparer.Ordinal)];
            yield return GatheringFaults.CommandRefused.Fail(probe.ComputerName, string.Join(", ", tools),
                $"{string.Join(" and ", tools)} {(tools.Length == 1 ? "is" : "are")} missing on {probe.ComputerName}. "
                    + Costs(readiness.CostsOf(family)))
                with { Remedy = CommandVerdict.Advice(family.First().Command.Answer) };
        }
    }

    private static IEnumerable<Finding> Clock(NodeProbe probe)
    {
        if (probe.Clock is not { } clock || Math.Abs(clock.OffsetSeconds) <= ClockTolerance + clock.ErrorSeconds)
            yield break;
        yield return GatheringFaults.ClockDiffers.Fail(probe.ComputerName, "clock",
            $"The clock of {probe.ComputerName} is {ConnectionSentence.Clock(clock.OffsetSeconds)} this machine's "
                + $"(within {ConnectionSentence.Seconds(clock.ErrorSeconds)}): times in its logs and captures are not "
                + "those of other nodes. " + Costs(["Get-AgentLog", "Get-DhcpEvent", "Trace-DhcpPacket"]));
    }

    private static string Costs(string[] cmdlets) => cmdlets.Length == 0 ? "No cmdlet waits for that."
        : ConnectionSentence.Costs(cmdlets);

    private static string Named(CommandReadiness.Lost[] refused) =>
        string.Join(", ", refused.Take(MaximumNamed).Select(one => $"`{one.Command.Shown}`"))
            + (refused.Length > MaximumNamed ? " and others" : "");

    private static Evidence AsEvidence(NodeProbe probe, CommandReadiness.Lost refused) => new()
    {
        ComputerName = probe.ComputerName, Command = refused.Command.Shown, Text = refused.Reason,
    };

    private static double? Round(double? seconds) => seconds is { } value ? Math.Round(value, 4) : null;
}
