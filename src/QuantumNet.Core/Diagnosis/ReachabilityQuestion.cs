using System.Globalization;
using QuantumNet.Simulation.Reach;

namespace QuantumNet.Diagnosis;

/// <summary>A question to an instance as a command on the node of its DHCP server, and what the command's output says:
/// ip-neighbour(8), iputils' ping(8), nc(1) of OpenBSD, of old and of nmap, curl(1).</summary>
/// <param name="Kind">The question.</param>
/// <param name="ComputerName">The node.</param>
/// <param name="Argv">The command.</param>
/// <param name="InsteadArgv">Another one, where that tool is not there; empty for none.</param>
public sealed record ReachabilityQuestion(
    ReachabilityKind Kind, string ComputerName, string[] Argv, string[] InsteadArgv)
{
    private static readonly string[] s_refused = ["refused", "prohibited"];
    private static readonly string[] s_absent =
        ["No such file or directory", "command not found", "not found in $PATH", "executable file"];
    private static readonly string[] s_answering = ["REACHABLE", "PERMANENT"];
    private static readonly string[] s_silent = ["FAILED", "INCOMPLETE"];
    private static readonly string[] s_unsettled = ["DELAY", "PROBE"];

    /// <summary>The questions in the order in which they are asked: the table of neighbours tells what ARP came to once
    /// something was sent.</summary>
    /// <param name="node">The node.</param>
    /// <param name="space">The network namespace; empty for the node's own.</param>
    /// <param name="device">The device in it.</param>
    /// <param name="address">The instance's address.</param>
    /// <param name="tcpPort">The port of TCP.</param>
    /// <param name="count">How many pings.</param>
    internal static ReachabilityQuestion[] All(
        string node, string space, string device, string address, int tcpPort, int count)
    {
        string[] inside = space.Length > 0 ? ["ip", "netns", "exec", space] : [];
        string port = Text(tcpPort);
        return
        [
            new(ReachabilityKind.Ping, node, [.. inside, "ping", "-n", "-c", Text(count), "-W", "1", address], []),
            new(ReachabilityKind.Tcp, node, [.. inside, "nc", "-z", "-v", "-n", "-w", "3", address, port],
                [.. inside, "curl", "-sv", "--connect-timeout", "3", "-m", "4", $"telnet://{address}:{port}"]),
            new(ReachabilityKind.Arp, node,
                [.. inside, "ip", "neigh", "show", "to", address, "dev", device], []),
        ];
    }

    /// <summary>Whether the tool is not there, so that the other one may be asked.</summary>
    public bool IsToolMissing(CommandOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return InsteadArgv.Length > 0 && output.ExitStatus != 0
            && (output.ExitStatus == 127 || Array.Exists(s_absent, output.StandardError.Contains));
    }

    /// <summary>Whether the kernel is about to ask for an old entry of the table of neighbours again, so that its
    /// answer comes within seconds (arp(7): delay_first_probe_time, and ucast_solicit times a second).</summary>
    public bool IsUnsettled(ReachabilityProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return Kind == ReachabilityKind.Arp && Array.IndexOf(s_unsettled, StateOf(probe.Text)) >= 0;
    }

    /// <summary>What the output says; null output: the node said nothing.</summary>
    public ReachabilityProbe Answered(CommandOutput? output)
    {
        string[] lines = PingAnswer.Lines($"{output?.Text}\n{output?.StandardError}");
        ReachabilityProbe probe = new() { Kind = Kind, Command = output?.Command ?? string.Join(' ', Argv) };
        return output is null ? probe with { Text = "the node said nothing" } : Kind switch
        {
            ReachabilityKind.Ping => OfPing(probe, output.ExitStatus, lines),
            ReachabilityKind.Arp => OfNeighbour(probe, output.ExitStatus, lines),
            _ => OfConnection(probe, output.ExitStatus, lines),
        };
    }

    private static ReachabilityProbe OfPing(ReachabilityProbe probe, int? status, string[] lines)
    {
        PingAnswer answer = PingAnswer.Of(status, lines);
        return probe with
        {
            Answer = answer.IsAnswered switch
            {
                true => ReachabilityAnswer.Answered,
                false => ReachabilityAnswer.Silent,
                _ => ReachabilityAnswer.NotAsked,
            },
            Text = answer.Text,
            Milliseconds = answer.Milliseconds,
        };
    }

    /// <summary><c>10.0.0.3 dev tap1 lladdr fa:16:3e:dc:0f:7e REACHABLE</c>; an entry that is old (STALE), or that is
    /// being asked for again (DELAY, PROBE), tells nothing yet.</summary>
    private static ReachabilityProbe OfNeighbour(ReachabilityProbe probe, int? status, string[] lines)
    {
        string line = lines.FirstOrDefault() ?? "";
        string state = StateOf(line);
        return probe with
        {
            Answer = status != 0 ? ReachabilityAnswer.NotAsked
                : Array.IndexOf(s_answering, state) >= 0 ? ReachabilityAnswer.Answered
                : Array.IndexOf(s_silent, state) >= 0 ? ReachabilityAnswer.Silent : ReachabilityAnswer.NotAsked,
            Text = line,
        };
    }

    /// <summary>nc and curl end with another status for the same in different versions: their words tell.</summary>
    private static ReachabilityProbe OfConnection(ReachabilityProbe probe, int? status, string[] lines)
    {
        string? connected = Array.Find(lines, line => line.Contains("succeeded", StringComparison.Ordinal)
            || line.Contains(" open", StringComparison.Ordinal)
            || line.Contains("Connected to", StringComparison.Ordinal));
        string? refused = Array.Find(lines, line => Array.Exists(s_refused, line.Contains));
        string? silent = Array.Find(lines, line => line.Contains("timed out", StringComparison.OrdinalIgnoreCase)
            || line.Contains("timeout", StringComparison.OrdinalIgnoreCase)
            || line.Contains("No route to host", StringComparison.Ordinal));
        return probe with
        {
            Answer = connected is not null || status == 0 ? ReachabilityAnswer.Answered
                : refused is not null ? ReachabilityAnswer.Refused
                : silent is not null ? ReachabilityAnswer.Silent : ReachabilityAnswer.NotAsked,
            Text = connected ?? refused ?? silent ?? lines.FirstOrDefault() ?? "",
        };
    }

    private static string StateOf(string line) => line[(line.LastIndexOf(' ') + 1)..];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
