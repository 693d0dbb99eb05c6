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
    /// <summary>Comma-separated values, RFC 4180; what a spreadsheet would run as a formula is text.</summary>
    Csv,
    /// <summary>The same with each value as it is, for programs.</summary>
    RawCsv,
    /// <summary>JUnit's XML, for continuous integration.</summary>
    JUnit,
    /// <summary>Gauges in OpenMetrics' text format, for Prometheus.</summary>
    OpenMetrics,
}

/// <summary>What every cmdlet takes besides its own parameters: PowerShell's common parameters, <c>-As</c>
/// and <c>-?</c>. Those that name variables of a session are refused, since nothing would be in them afterwards;
/// what only tunes a session (<c>-OutBuffer</c>, <c>-InformationAction</c>) is accepted and changes nothing.</summary>
internal sealed record CommonOptions
{
    private const string Variable = "names a variable of a PowerShell session, which quantumnet does not have";

    public OutputFormat As { get; init; }
    public bool Verbose { get; init; }
    public bool Debug { get; init; }
    public bool WhatIf { get; init; }
    public bool? Confirm { get; init; }
    public Preference ErrorAction { get; init; } = Preference.Continue;
    public Preference WarningAction { get; init; } = Preference.Continue;
    public Preference ProgressAction { get; init; } = Preference.Continue;
    public bool Help { get; init; }
    /// <summary>The file whose first line is the password for the nodes; null for none.</summary>
    public string? PasswordFile { get; init; }
    /// <summary>The open descriptor whose first line it is; null for none.</summary>
    public int? PasswordDescriptor { get; init; }

    /// <summary>The options as parameters, for binding, suggestions and help.</summary>
    public static CommandParameter[] Parameters(bool changesSomething, bool takesCredential = false) =>
    [
        new() { Name = nameof(As), Type = typeof(OutputFormat) },
        new() { Name = nameof(Verbose), Type = typeof(SwitchParameter), Aliases = ["vb"] },
        new() { Name = nameof(Debug), Type = typeof(SwitchParameter), Aliases = ["db"] },
        .. s_session,
        new() { Name = nameof(Help), Type = typeof(SwitchParameter), Aliases = ["?", "h"] },
        .. changesSomething ? s_change : [],
        .. takesCredential ? s_password : [],
    ];

    private static readonly CommandParameter[] s_change =
    [
        new() { Name = nameof(WhatIf), Type = typeof(SwitchParameter), Aliases = ["wi"] },
        new() { Name = nameof(Confirm), Type = typeof(SwitchParameter), Aliases = ["cf"] },
    ];

    private static readonly CommandParameter[] s_session =
    [
        Action(nameof(ErrorAction), "ea"),
        Action(nameof(WarningAction), "wa"),
        Action("InformationAction", "infa"),
        Action(nameof(ProgressAction), "proga"),
        new() { Name = "OutBuffer", Type = typeof(int), Aliases = ["ob"], Range = (0, int.MaxValue) },
        Refused("ErrorVariable", "ev", "errors are on standard error: 2> FILE keeps them"),
        Refused("WarningVariable", "wv", "warnings are on standard error: 2> FILE keeps them"),
        Refused("InformationVariable", "iv", "no cmdlet of QuantumNet writes any information"),
        Refused("OutVariable", "ov", "> FILE or | tee FILE keeps the results"),
        Refused("PipelineVariable", "pv", "an object that is piped on has all its properties with it"),
    ];

    private static CommandParameter Action(string name, string alias) =>
        new() { Name = name, Type = typeof(Preference), Aliases = [alias] };

    private static CommandParameter Refused(string name, string alias, string instead) =>
        new() { Name = name, Type = typeof(string), Aliases = [alias], Refusal = $"{Variable}; {instead}" };

    private static readonly CommandParameter[] s_password =
    [
        new() { Name = nameof(PasswordFile), Type = typeof(string), RefusesEmpty = true },
        new() { Name = nameof(PasswordDescriptor), Type = typeof(int), Range = (0, 1023) },
    ];

    /// <summary>The options that were bound.</summary>
    /// <exception cref="QuantumException">An action that means nothing without a session.</exception>
    public static CommonOptions From(string command, IReadOnlyDictionary<string, object> bound)
    {
        foreach (CommandParameter parameter in s_session)
        {
            if (bound.GetValueOrDefault(parameter.Name) is Preference
                and (Preference.Break or Preference.Suspend) and var unknown)
                throw UsageErrors.NeedsSession(command, parameter.Name,
                    $"{unknown} is for PowerShell's debugger and its workflows");
        }
        return new()
        {
            As = bound.GetValueOrDefault(nameof(As)) as OutputFormat? ?? OutputFormat.Default,
            Verbose = bound.GetValueOrDefault(nameof(Verbose)) is true,
            Debug = bound.GetValueOrDefault(nameof(Debug)) is true,
            WhatIf = bound.GetValueOrDefault(nameof(WhatIf)) is true,
            Confirm = bound.GetValueOrDefault(nameof(Confirm)) as bool?,
            ErrorAction = ActionOf(bound, nameof(ErrorAction)),
            WarningAction = ActionOf(bound, nameof(WarningAction)),
            ProgressAction = ActionOf(bound, nameof(ProgressAction)),
            Help = bound.GetValueOrDefault(nameof(Help)) is true,
            PasswordFile = bound.GetValueOrDefault(nameof(PasswordFile)) as string,
            PasswordDescriptor = bound.GetValueOrDefault(nameof(PasswordDescriptor)) as int?,
        };
    }

    private static Preference ActionOf(IReadOnlyDictionary<string, object> bound, string name) =>
        bound.GetValueOrDefault(name) as Preference? ?? Preference.Continue;
}
