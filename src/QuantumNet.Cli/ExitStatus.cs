namespace QuantumNet.Cli;

/// <summary>What <c>quantumnet</c> tells its caller.</summary>
internal static class ExitStatus
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;
    /// <summary>It could not run, or not all of it: bad arguments, an unreachable node.</summary>
    public const int CouldNotRun = 1;
    /// <summary>A test found something broken.</summary>
    public const int Broken = 2;
    /// <summary>A test could not tell.</summary>
    public const int CouldNotTell = 3;
    /// <summary>Ctrl+C, as shells have it: 128 and the signal's number.</summary>
    public const int Interrupted = 130;
    /// <summary>Who read the results has ended (<c>| head</c>): likewise, of SIGPIPE.</summary>
    public const int Unread = 141;
}
