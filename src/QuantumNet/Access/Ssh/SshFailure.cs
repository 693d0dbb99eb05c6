namespace QuantumNet.Access.Ssh;

/// <summary>Makes an error of what the OpenSSH client says when it cannot connect (exit status 255, ssh(1)).</summary>
internal static class SshFailure
{
    /// <summary>The error; null when the shell ended well.</summary>
    public static QuantumError? Explain(string node, int status, string said)
    {
        if (status == 0)
            return null;
        string line = TellingLine(said);
        if (status == 127 || status == 126)
            return AccessErrors.ShellFailed(node, line);
        if (Has(said, "REMOTE HOST IDENTIFICATION HAS CHANGED"))
            return AccessErrors.HostKeyChanged(node);
        if (Has(said, "Host key verification failed") || Has(said, "host key is known for"))
            return AccessErrors.HostKeyUnknown(node);
        if (Has(said, "Permission denied (") || Has(said, "Too many authentication failures") || Has(said, "Permission denied, please try again"))
            return AccessErrors.AuthenticationFailed(node, line);
        if (Has(said, "Bad configuration option") || Has(said, "bad configuration options") || Has(said, "Can't open user config file") || Has(said, "Bad owner or permissions on"))
            return AccessErrors.SshConfigInvalid(node, line);
        return status == 255 ? AccessErrors.NodeUnreachable(node, line) : AccessErrors.ShellFailed(node, line.Length > 0 ? line : $"exit status {status}");
    }

    private static bool Has(string text, string phrase) => text.Contains(phrase, StringComparison.Ordinal);

    /// <summary>The last line that is no warning or frame of one.</summary>
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
