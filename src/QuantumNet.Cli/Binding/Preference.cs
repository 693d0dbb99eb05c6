namespace QuantumNet.Cli.Binding;

/// <summary>PowerShell's <c>ActionPreference</c>, its names and numbers:
/// <c>-ErrorAction 0</c> is <c>SilentlyContinue</c>.</summary>
internal enum Preference
{
    /// <summary>It is not printed; the exit status tells it nevertheless.</summary>
    SilentlyContinue = 0,
    /// <summary>It ends the cmdlet.</summary>
    Stop = 1,
    /// <summary>It is printed, and the cmdlet goes on.</summary>
    Continue = 2,
    /// <summary>It is printed, and the user is asked whether to go on.</summary>
    Inquire = 3,
    /// <summary>As <see cref="SilentlyContinue"/>: there is no <c>$Error</c> to leave it out of.</summary>
    Ignore = 4,
    /// <summary>For workflows, which are no more: PowerShell refuses it, too.</summary>
    Suspend = 5,
    /// <summary>Starts PowerShell's debugger.</summary>
    Break = 6,
}
