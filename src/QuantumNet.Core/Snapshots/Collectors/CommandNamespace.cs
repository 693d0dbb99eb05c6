namespace QuantumNet.Snapshots;

/// <summary>The network namespace a command ran in.</summary>
internal static class CommandNamespace
{
    /// <summary>The namespace that the command enters by itself; empty when it enters none.</summary>
    public static string Told(CommandOutput output) => CommandPrefix.Strip(output.Argv).Namespace;

    /// <summary>The namespace that the command enters, else the output's subject; empty for the node's own.</summary>
    public static string Of(CommandOutput output) => Told(output) is { Length: > 0 } told ? told : output.Subject;

    /// <summary>The source, with its namespace filled in where it is not.</summary>
    public static TextSource Stamp(CommandOutput output, TextSource source) =>
        source.Namespace.Length > 0 ? source : source with { Namespace = Of(output) };

    /// <summary>Whether a program stands in the command: <c>ss</c>, <c>/usr/sbin/iptables-save</c>.</summary>
    public static bool Runs(CommandOutput output, string program)
    {
        foreach (string argument in output.Argv)
        {
            if (argument == program || argument.EndsWith("/" + program, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
