using QuantumNet.Parsing.Dhcp;

namespace QuantumNet.Parsing.Logs;

/// <summary>A line of the journal or a syslog (journalctl(1), -o short and short-iso):
/// <c>Feb 04 09:38:32 compute1 ovs-vswitchd[23340]: ovs|00014|bridge|INFO|...</c>.</summary>
internal readonly record struct JournalLine(DateTime? Time, string Program, string Message)
{
    /// <summary>Reads a line; false when it has no time, or no program behind the host's name.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, DateTime takenAt, out JournalLine read)
    {
        read = default;
        if (!SyslogTime.TryRead(line, takenAt, out DateTime? time, out ReadOnlySpan<char> rest))
            return false;
        rest = rest.TrimStart();
        int host = rest.IndexOf(' ');
        rest = host < 0 ? default : rest[(host + 1)..].TrimStart();
        int colon = rest.IndexOf(':');
        if (colon <= 0 || rest[..colon].Contains(' '))
            return false;
        ReadOnlySpan<char> program = rest[..colon];
        int bracket = program.IndexOf('[');
        read = new(time, (bracket < 0 ? program : program[..bracket]).ToString(),
            rest[(colon + 1)..].TrimStart().ToString());
        return true;
    }

    /// <summary>Whether a program is one of the agents, Open vSwitch, or what starts and ends them.</summary>
    public bool IsOfAgents => Program.StartsWith("neutron", StringComparison.Ordinal)
        || Program.StartsWith("quantum", StringComparison.Ordinal)
        || Program.StartsWith("ovs", StringComparison.Ordinal);
}
