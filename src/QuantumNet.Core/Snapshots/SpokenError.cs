namespace QuantumNet.Snapshots;

/// <summary>An error that another tool kept in the output's place, with exit status 0:
/// what the shell, the container runtime or the program itself said.</summary>
internal static class SpokenError
{
    private const int MaximumLength = 2000, MaximumLines = 3;

    private static readonly string[] s_missing = ["command not found", "failed to run command",
        "executable file not found", "not found in $PATH"];
    private static readonly string[] s_beginnings = ["exec of \"", "Error response from daemon",
        "Error: No such container", "OCI runtime exec failed", "Cannot open network namespace", "sudo: ", "timeout: "];

    /// <summary>The output with what was said moved to where it belongs; the same where nothing was.
    /// Own snapshots keep the two apart already.</summary>
    public static CommandOutput Separate(CommandOutput output)
    {
        if (output.ExitStatus != 0 || output.Collector.Length > 0 || output.StandardError.Length > 0
            || output.StandardOutput.Length is 0 or > MaximumLength)
            return output;
        string program = CommandPrefix.Strip(output.Argv).Argv is [string first, ..] ? first : "";
        int count = 0;
        foreach (ReadOnlySpan<char> line in output.Text.AsSpan().EnumerateLines())
        {
            if (++count > MaximumLines)
                break;
            bool isMissing = Has(line, s_missing) || line.StartsWith("exec of \"");
            if (isMissing || StartsWithAny(line)
                || (program.Length > 0 && line.StartsWith(program) && line[program.Length..].StartsWith(": ")))
                return output with { ExitStatus = isMissing ? 127 : 1, StandardError = output.Text.Trim(),
                    StandardOutput = default };
        }
        return output;
    }

    private static bool Has(ReadOnlySpan<char> line, string[] phrases)
    {
        foreach (string phrase in phrases)
        {
            if (line.Contains(phrase, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> line)
    {
        foreach (string beginning in s_beginnings)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
