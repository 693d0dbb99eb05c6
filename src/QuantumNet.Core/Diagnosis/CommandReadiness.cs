using QuantumNet.Observations.Connections;
using QuantumNet.Snapshots;

namespace QuantumNet.Diagnosis;

/// <summary>What a node's tools and rights come to: which commands can run, and what those that cannot take away.
/// </summary>
/// <param name="probe">What the look at the node showed.</param>
/// <param name="cmdletsOf">The cmdlets that wait for a collector.</param>
internal sealed class CommandReadiness(NodeProbe probe, Func<string, IReadOnlyList<string>> cmdletsOf)
{
    private const string PasswordAsked = "a password is required";
    private const int Missing = 127;

    private readonly Lost[] _lost = [.. LostOf(probe)];

    /// <summary>A command that cannot run and that nothing stands in for.</summary>
    /// <param name="Command">It.</param>
    /// <param name="Tool">Its program.</param>
    /// <param name="Reason">Why; empty where the program is missing.</param>
    internal sealed record Lost(ProbedCommand Command, string Tool, string Reason);

    /// <summary>Commands whose program is missing, with no other that tells the same.</summary>
    public IEnumerable<Lost> WithoutProgram => _lost.Where(one => one.Reason.Length == 0);

    /// <summary>Commands that the user may not run.</summary>
    public IEnumerable<Lost> Refused => _lost.Where(one => one.Reason.Length > 0);

    /// <summary>How many different commands need root, and are there.</summary>
    public int RootCommands => probe.Commands.Where(one => one.NeedsRoot && one.Answer.ExitStatus != Missing)
        .Select(one => one.Shown).Distinct().Count();

    /// <summary>The cmdlets that wait for some commands.</summary>
    public string[] CostsOf(IEnumerable<Lost> lost) => [.. lost.SelectMany(one => cmdletsOf(one.Command.Collector))
        .Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The tools, by name.</summary>
    public QuantumTool[] Tools() => [.. probe.Commands.GroupBy(one => ToolOf(one.Answer), StringComparer.Ordinal)
        .OrderBy(tool => tool.Key, StringComparer.Ordinal).Select(tool => Tool(tool.Key, [.. tool]))];

    private QuantumTool Tool(string name, ProbedCommand[] commands)
    {
        CommandOutput answer = commands[0].Answer;
        Lost[] lost = Array.FindAll(_lost, one => one.Tool == name);
        string container = ContainerOf(answer.Argv);
        bool isThere = Array.Exists(commands, one => one.Answer.ExitStatus != Missing);
        return new()
        {
            Name = name,
            Path = container.Length > 0 || !isThere ? "" : commands.Select(one => one.Answer.Text.Trim())
                .FirstOrDefault(path => path.Length > 0) ?? "",
            Container = container,
            Version = VersionOf(name),
            Status = lost.Length > 0 ? FindingStatus.Fail
                : isThere ? FindingStatus.Pass : FindingStatus.NotApplicable,
            Refused = [.. lost.Select(one => one.Command.Shown).Distinct()],
            Costs = CostsOf(lost),
        };
    }

    private string VersionOf(string tool) => ToolVersions.Of(probe.Fact(
        tool.StartsWith("ovs-", StringComparison.Ordinal) ? "ovs-vsctl --version"
        : tool is "iptables-save" or "ip6tables-save" ? "iptables --version"
        : tool is "ip" or "bridge" or "ss" ? "ip -V" : $"{tool} --version"));

    /// <summary>Of commands that tell the same to one collector, one is enough.</summary>
    private static IEnumerable<Lost> LostOf(NodeProbe probe)
    {
        string asked = probe.Facts.Select(fact => fact.StandardError)
            .FirstOrDefault(said => said.Contains(PasswordAsked, StringComparison.Ordinal))?.Trim() ?? "";
        foreach (var group in probe.Commands.GroupBy(one => (one.Collector, one.Group)))
        {
            if (group.Any(one => ReasonOf(one, asked) is null))
                continue;
            foreach (ProbedCommand command in group)
                yield return new(command, ToolOf(command.Answer), ReasonOf(command, asked)!);
        }
    }

    /// <summary>Why a command cannot run; empty where its program is missing, null where it can.</summary>
    private static string? ReasonOf(ProbedCommand command, string passwordAsked)
    {
        CommandVerdict verdict = CommandVerdict.Of(command.Answer);
        // sudo may list what it would ask a password for (sudo(8), listpw).
        return verdict.State == CollectionState.Collected
            ? command.NeedsRoot && command.Answer.ExitStatus == 0 && passwordAsked.Length > 0 ? passwordAsked : null
            : command.Answer.ExitStatus == Missing ? "" : verdict.Reason;
    }

    private static string ToolOf(CommandOutput answer) =>
        CommandPrefix.Strip(answer.Argv).Argv is [string program, ..] ? program : "";

    private static string ContainerOf(string[] argv) =>
        argv is ["docker" or "podman", "exec", _, ..] ? string.Join(' ', argv[..3]) : "";
}
