namespace QuantumNet.Snapshots;

/// <summary>What became of one command, told from its exit status and what it said.</summary>
internal readonly record struct CommandVerdict(CollectionState State, bool IsReadable, string Code, string Reason)
{
    private static readonly string[] s_missing = ["command not found", ": not found", "No such file or directory"];
    private static readonly string[] s_absent = ["is not a bridge or a socket", "no bridge named",
        "no such bridge", "does not exist"];
    private static readonly string[] s_refused =
    [
        "permission denied", "operation not permitted", "a password is required", "a terminal is required",
        "is not in the sudoers file", "is not allowed to execute", "you must be root",
        "must be run as root", "not permitted",
    ];

    // Of a log the end is all that is wanted.
    private static readonly string[] s_logReaders = ["tail", "grep", "journalctl", "dmesg"];

    // Whoever does not have the tool has made nothing that it would show.
    private static readonly string[] s_optional = ["nft", "ip6tables-save", "ipset"];

    /// <summary>Judges one output.</summary>
    public static CommandVerdict Of(CommandOutput output)
    {
        if (output.TimedOut)
            return new(CollectionState.Failed, true, "QN9004",
                $"ran past its deadline after {output.DurationSeconds:0.#} s; what it printed until then is kept");
        if (output.ExitStatus is null)
            return new(CollectionState.Failed, !output.StandardOutput.IsEmpty, "",
                FirstLine(output.StandardError, "did not end"));
        if (output.ExitStatus == 0 && output.Truncated && Array.IndexOf(s_logReaders, ProgramOf(output)) < 0)
            return Cut(output);
        if (output.ExitStatus == 0)
            return new(CollectionState.Collected, true, "", "");
        if (output.ExitStatus == 127 && Array.IndexOf(s_optional, ProgramOf(output)) >= 0)
            return new(CollectionState.Collected, true, "", "");
        if (output.Truncated)
            return Cut(output);
        if (output.ExitStatus is 126 or 127 || IsRefused(output.StandardError))
            return new(CollectionState.Failed, !output.StandardOutput.IsEmpty, "QN9003",
                FirstLine(output.StandardError, $"exit status {output.ExitStatus}"));
        if (StatusIsAnswer(output))
            return new(CollectionState.Collected, true, "", "");
        if (IsAbsent(output))
            return new(CollectionState.Absent, true, "", FirstLine(output.StandardError, "not there"));
        return new(CollectionState.Failed, true, "",
            $"exit status {output.ExitStatus}"
                + $"{(output.StandardError.Length > 0 ? ": " + FirstLine(output.StandardError, "") : "")}");
    }

    private static CommandVerdict Cut(CommandOutput output) => new(CollectionState.Failed, true, "",
        $"its output was cut at {output.StandardOutput.Length} bytes");

    /// <summary>What to do about a missing or refused command.</summary>
    public static string Advice(CommandOutput output) => IsMissing(output)
        ? Missing(ProgramOf(output), output)
        : $"Let the user run it on {output.ComputerName}: connect as root, or with -Sudo (\"sudo\": "
            + "true in an inventory) and the rules that 'quantumnet --sudoers USER' prints.";

    // kolla and TripleO keep these in containers; the gatherer looks for those itself, where the user may run them.
    private static string Missing(string program, CommandOutput output) =>
        program.StartsWith("ovs-", StringComparison.Ordinal)
            ? $"If Open vSwitch runs in a container on {output.ComputerName} (kolla, TripleO), "
                + "let the user run it there: "
                + $"'docker exec openvswitch_vswitchd {output.Command}', or podman. "
                + "Gathering does so by itself as root, with -Sudo, or in the "
                + $"group docker. Otherwise install '{program}'."
            : $"Install '{program}' on {output.ComputerName}, or ignore this when another command tells the same.";

    private static string ProgramOf(CommandOutput output) =>
        CommandPrefix.Strip(output.Argv).Argv is [string program, ..] ? program : "";

    /// <summary>Whether it says that what it was asked about is not there;
    /// a missing socket of a daemon is another matter.</summary>
    private static bool IsAbsent(CommandOutput output) => Contains(s_absent, output.StandardError)
        || (output.StandardError.Contains("No such file or directory", StringComparison.Ordinal)
            && (TemplateMatch.FileOf(CommandPrefix.Strip(output.Argv).Argv).Length > 0
                || output.StandardError.Contains("Cannot open network namespace", StringComparison.Ordinal)));

    private static bool IsMissing(CommandOutput output) => output.ExitStatus == 127
        || (!IsRefused(output.StandardError) && Contains(s_missing, output.StandardError));

    private static bool IsRefused(string text) => Contains(s_refused, text);

    private static bool Contains(string[] phrases, string text) =>
        Array.Exists(phrases, phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    /// <summary>grep and pgrep say "nothing found" by 1, systemctl "not running" by 3.</summary>
    private static bool StatusIsAnswer(CommandOutput output) => ProgramOf(output) switch
    {
        "grep" or "pgrep" => output.ExitStatus == 1 && output.StandardError.Length == 0,
        "systemctl" => output.ExitStatus is 1 or 3 or 4,
        _ => false,
    };

    private static string FirstLine(string text, string otherwise)
    {
        ReadOnlySpan<char> line = text.AsSpan().Trim();
        int end = line.IndexOf('\n');
        line = end < 0 ? line : line[..end].TrimEnd();
        return line.IsEmpty ? otherwise : line.ToString();
    }
}
