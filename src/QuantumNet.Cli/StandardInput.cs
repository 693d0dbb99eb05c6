namespace QuantumNet.Cli;

/// <summary>Tells a pipeline or a file on standard input from what is merely no terminal.</summary>
internal static class StandardInput
{
    private const string OnLinux = "/proc/self/fd/0";

    /// <summary>Standard input where something may be written to it: a pipe or a file. A socket is what ssh and service
    /// managers leave open without ever writing to it; to wait for it would be to wait for ever.</summary>
    public static Stream? Open() => Console.IsInputRedirected && IsPipeOrFile() ? Console.OpenStandardInput() : null;

    private static bool IsPipeOrFile()
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            string target = new FileInfo(OnLinux).LinkTarget ?? "";
            return target.StartsWith("pipe:", StringComparison.Ordinal)
                || (target.StartsWith('/') && !target.StartsWith("/dev/", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
