namespace QuantumNet.Access.Ssh;

/// <summary>Makes an error of what the OpenSSH client says when it cannot connect (exit status 255, ssh(1)).</summary>
/// <param name="node">The node's name.</param>
/// <param name="typed">What a user types to reach it in the same way.</param>
/// <param name="configFile">The ssh_config file that was named; null for the user's.</param>
internal sealed class SshFailure(string node, string typed, string? configFile)
{
    /// <summary>The error; null when the shell ended well.</summary>
    public QuantumError? Explain(int status, string said)
    {
        if (status == 0)
            return null;
        string line = TellingLine(said);
        if (status == 127 || status == 126)
            return AccessErrors.ShellFailed(node, line, typed);
        if (HostKeyRefusal(said) is { } refusal)
            return refusal;
        if (Has(said, "Permission denied (") || Has(said, "Too many authentication failures")
            || Has(said, "Permission denied, please try again"))
            return AccessErrors.AuthenticationFailed(node, line);
        if (Has(said, "Bad configuration option") || Has(said, "bad configuration options")
            || Has(said, "Can't open user config file") || Has(said, "Bad owner or permissions on"))
            return AccessErrors.SshConfigInvalid(node, line, configFile);
        return status == 255 ? AccessErrors.NodeUnreachable(node, line, typed, configFile)
            : AccessErrors.ShellFailed(node, line.Length > 0 ? line : $"exit status {status}", typed);
    }

    /// <summary>The error when a host key was the reason; null when not. A changed key that is revoked, too,
    /// is told as revoked.</summary>
    private QuantumError? HostKeyRefusal(string said) =>
        Has(said, "REVOKED HOST KEY DETECTED") || Has(said, "revoked by file") ? HostKeyErrors.Revoked(node)
        : Has(said, "REMOTE HOST IDENTIFICATION HAS CHANGED")
        ? HostKeyErrors.Changed(node, FingerprintIn(said), OffendingLineIn(said))
        : Has(said, "Host key verification failed") || Has(said, "host key is known for")
        ? HostKeyErrors.Unknown(node, typed)
        : null;

    /// <summary>The key that a host shows, on a line of its own:
    /// <c>SHA256:ohD8VZEXGWo6Ez8GSEJQ9WpafgLFsOfLOtGGQCQo6Og.</c></summary>
    private static string FingerprintIn(string said) =>
        Array.Find(said.Split('\n', StringSplitOptions.TrimEntries),
            line => line.StartsWith("SHA256:", StringComparison.Ordinal))?.TrimEnd('.') ?? "";

    /// <summary>The line of a known_hosts file that another key stands on:
    /// <c>Offending ED25519 key in /root/.ssh/known_hosts:3</c>.</summary>
    private static (string File, int Number)? OffendingLineIn(string said)
    {
        foreach (string line in said.Split('\n', StringSplitOptions.TrimEntries))
        {
            int place = line.IndexOf(" key in ", StringComparison.Ordinal), colon = line.LastIndexOf(':');
            if (line.StartsWith("Offending ", StringComparison.Ordinal) && place > 0 && colon > place
                && int.TryParse(line.AsSpan(colon + 1), out int number))
                return (line[(place + " key in ".Length)..colon], number);
        }
        return null;
    }

    private static bool Has(string text, string phrase) => text.Contains(phrase, StringComparison.Ordinal);

    /// <summary>The last line that is not a warning or frame of one.</summary>
    private static string TellingLine(string said)
    {
        string telling = "";
        foreach (string line in said.Split('\n'))
        {
            string text = line.Trim();
            if (text.Length > 0 && text[0] != '@' && !text.StartsWith("Warning:", StringComparison.Ordinal))
                telling = text;
        }
        return telling.Length == 0 ? "ssh ended without a word" : telling.TrimEnd('.');
    }
}
