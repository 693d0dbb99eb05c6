using System.Management.Automation;

namespace QuantumNet.Cli.Binding;

/// <summary>How results are printed.</summary>
internal enum OutputFormat
{
    /// <summary>A table, or a list for a single verdict.</summary>
    Default,
    /// <summary>A table.</summary>
    Table,
    /// <summary>One property a line.</summary>
    List,
    /// <summary>One JSON array.</summary>
    Json,
    /// <summary>One JSON object a line, as they come.</summary>
    JsonLines,
    /// <summary>Comma-separated values, RFC 4180.</summary>
    Csv,
    /// <summary>JUnit's XML, for continuous integration.</summary>
    JUnit,
}

/// <summary>What becomes of an error that does not end the cmdlet.</summary>
internal enum ErrorChoice
{
    /// <summary>It is printed, and the cmdlet goes on.</summary>
    Continue,
    /// <summary>It ends the cmdlet.</summary>
    Stop,
    /// <summary>It is not printed; the exit status tells it nevertheless.</summary>
    SilentlyContinue,
}

/// <summary>What every cmdlet takes besides its own parameters.</summary>
internal sealed record CommonOptions
{
    public OutputFormat As { get; init; }
    public bool Verbose { get; init; }
    public bool Debug { get; init; }
    public bool WhatIf { get; init; }
    public bool? Confirm { get; init; }
    public ErrorChoice ErrorAction { get; init; }
    public bool Help { get; init; }

    /// <summary>The options as parameters, for binding, suggestions and help.</summary>
    public static CommandParameter[] Parameters(bool changesSomething) =>
    [
        new() { Name = nameof(As), Type = typeof(OutputFormat) },
        new() { Name = nameof(Verbose), Type = typeof(SwitchParameter), Aliases = ["vb"] },
        new() { Name = nameof(Debug), Type = typeof(SwitchParameter), Aliases = ["db"] },
        new() { Name = nameof(ErrorAction), Type = typeof(ErrorChoice), Aliases = ["ea"] },
        new() { Name = nameof(Help), Type = typeof(SwitchParameter), Aliases = ["?", "-help"] },
        .. changesSomething ? s_change : [],
    ];

    private static readonly CommandParameter[] s_change =
    [
        new() { Name = nameof(WhatIf), Type = typeof(SwitchParameter), Aliases = ["wi"] },
        new() { Name = nameof(Confirm), Type = typeof(SwitchParameter), Aliases = ["cf"] },
    ];

    /// <summary>The options that were bound.</summary>
    public static CommonOptions From(IReadOnlyDictionary<string, object> bound) => new()
    {
        As = bound.GetValueOrDefault(nameof(As)) as OutputFormat? ?? OutputFormat.Default,
        Verbose = bound.GetValueOrDefault(nameof(Verbose)) is true,
        Debug = bound.GetValueOrDefault(nameof(Debug)) is true,
        WhatIf = bound.GetValueOrDefault(nameof(WhatIf)) is true,
        Confirm = bound.GetValueOrDefault(nameof(Confirm)) as bool?,
        ErrorAction = bound.GetValueOrDefault(nameof(ErrorAction)) as ErrorChoice? ?? ErrorChoice.Continue,
        Help = bound.GetValueOrDefault(nameof(Help)) is true,
    };
}
