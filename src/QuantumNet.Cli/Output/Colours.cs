using Spectre.Console;

namespace QuantumNet.Cli.Output;

/// <summary>Colour for state, and for nothing else.</summary>
internal static class Colours
{
    private static readonly Style s_bad = new(Color.Red);
    private static readonly Style s_good = new(Color.Green);
    private static readonly Style s_doubtful = new(Color.Yellow);
    private static readonly Style s_unknown = new(Color.Grey);

    /// <summary>The style of a property's value.</summary>
    public static Style Of(object? value) => value switch
    {
        DhcpPathStatus.Broken or FindingStatus.Fail or HopAction.Dropped or CheckSeverity.Error
            or ConsoleVerdict.NoLease => s_bad,
        DhcpPathStatus.Ok or FindingStatus.Pass or HopAction.Answered or ConsoleVerdict.Leased => s_good,
        DhcpPathStatus.Degraded or CheckSeverity.Warning or ConsoleVerdict.StillAsking => s_doubtful,
        DhcpPathStatus.Unknown or FindingStatus.Unknown or HopAction.Unknown => s_unknown,
        _ => Style.Plain,
    };
}
