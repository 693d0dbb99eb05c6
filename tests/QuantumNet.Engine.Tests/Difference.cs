using QuantumNet.Cli.Binding;

namespace QuantumNet.Engine.Tests;

/// <summary>Where <c>quantumnet</c> binds otherwise than PowerShell, each with its reason.</summary>
internal static class Difference
{
    private static readonly string[] s_variables =
        ["ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable", "PipelineVariable"];

    public static bool IsKnown(CommandLine line, string engine, string ours) => Explain(line, engine, ours) is not null;

    /// <summary>The reason; null where there is none.</summary>
    public static string? Explain(CommandLine line, string engine, string ours)
    {
        if (engine == "BadValue" && ours == "NeedsPowerShell")
            return "Both refuse it; quantumnet says besides that only PowerShell can pass such an object.";
        if (ours == "NeedsSession"
            && Array.Exists(s_variables, name => engine.Contains($"-{name} 'x'", StringComparison.Ordinal)))
            return "There is no session to keep the variable, so that whoever asks for it would be deceived.";
        if (ours == "NeedsSession" && engine.Contains("Action Break", StringComparison.Ordinal))
            return "There is no debugger to break into.";
        if (ours == "NeedsSession" && engine == "ParameterBindingFailed"
            && line.Script.EndsWith(":Suspend", StringComparison.Ordinal))
            return "Both refuse it: it was for workflows.";
        if (line.Script.Contains("n1,n2", StringComparison.Ordinal) && engine is "BadValue" or "UnexpectedArgument")
            return "Where one text is wanted, a comma is part of it: "
                + "the shell has taken the quotation marks off that PowerShell asks for.";
        if (ours == "BadValue" && (line.Arguments.Contains("") || line.Script.EndsWith("0x", StringComparison.Ordinal))
            && engine.Contains('0'))
            return "PowerShell makes 0 of a text without digits; a variable that a shell left empty is no number.";
        return null;
    }
}
