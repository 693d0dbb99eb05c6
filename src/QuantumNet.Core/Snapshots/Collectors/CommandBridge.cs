namespace QuantumNet.Snapshots;

/// <summary>Which bridge a command asked about.</summary>
internal static class CommandBridge
{
    /// <summary>The source with the bridge of the output: its subject, or the command's last argument where
    /// no subject was noted.</summary>
    public static TextSource Stamp(CommandOutput output, TextSource source) => source with { Bridge = Of(output) };

    /// <summary>The bridge of the output.</summary>
    public static string Of(CommandOutput output) =>
        output.Subject.Length > 0 ? output.Subject : output.Argv.Length > 0 ? output.Argv[^1] : "";
}
