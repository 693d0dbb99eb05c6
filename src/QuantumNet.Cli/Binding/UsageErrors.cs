namespace QuantumNet.Cli.Binding;

/// <summary>What can be wrong with a command line.</summary>
internal static class UsageErrors
{
    public static QuantumException UnknownCommand(string name, IEnumerable<string> names) =>
        Create("UnknownCommand", name,
            $"There is no cmdlet '{name}'.{Suggestion.Sentence(name, names)}",
            "'quantumnet' alone lists them.");

    public static QuantumException UnknownTopic(string name, IEnumerable<string> names) =>
        Create("UnknownTopic", name,
            $"There is no cmdlet and no topic '{name}'.{Suggestion.Sentence(name, names)}",
            "'quantumnet' alone lists both.");

    public static QuantumException UnknownShell(string name, IReadOnlyCollection<string> shells) =>
        Create("UnknownShell", name,
            name.Length == 0 ? "Nothing tells for which shell." : $"There is no completion for '{name}'.",
            $"Name one of: {string.Join(", ", shells)}, as in 'source <(quantumnet completion bash)'.");

    public static QuantumException UnknownType(string name, IEnumerable<string> names) => Create("UnknownType", name,
        $"No cmdlet emits a '{name}'.{Suggestion.Sentence(name, names)}", "'quantumnet schema' prints all schemas.");

    public static QuantumException AmbiguousDefault(string one, string other) => Create("AmbiguousSource", one,
        $"{one} and {other} are both set: only one of them can name the cloud.",
        "Unset one of them, or pass -Inventory or -Snapshot.");

    public static QuantumException NothingToExplain() => Create("MissingParameter", "explain",
        "explain needs a code, as in 'quantumnet explain QN4001'.", "'quantumnet Get-QuantumCheck' lists them all.");

    public static QuantumException UnknownParameter(string command, ArgumentName name, string[] names) =>
        Create("UnknownParameter", name.Name,
            $"{command} has no parameter '{name.Typed}'.{Suggestion.Sentence(name.Name, names, "-")}", See(command));

    public static QuantumException AmbiguousParameter(string command, ArgumentName name, string[] names) =>
        Create("AmbiguousParameter", name.Name,
            $"'{name.Typed}' may mean {string.Join(" or ", names.Select(one => "-" + one))}.",
            "Write more of the name.");

    public static QuantumException GivenTwice(string command, string name) => Create("ParameterGivenTwice", name,
        $"-{name} is given twice.", $"Several values are joined by commas: -{name} a,b. {See(command)}");

    public static QuantumException MissingValue(string command, string name) => Create("MissingValue", name,
        $"-{name} needs a value.", See(command));

    public static QuantumException BadValue(string command, string name, string value, string expected) =>
        Create("BadValue", name,
            $"'{value}' is not a value for -{name}: it takes {expected}.", See(command));

    public static QuantumException TooMany(string command, string value) => Create("UnexpectedArgument", value,
        $"{command} has no place for the unnamed argument '{value}'.", $"Name its parameter. {See(command)}");

    public static QuantumException Incompatible(string command, string[] names) =>
        Create("IncompatibleParameters", command,
            $"{string.Join(" and ", names.Select(name => "-" + name))} cannot be used together.", See(command));

    public static QuantumError WarningStops(string text) => new()
    {
        Id = "ActionPreferenceStop",
        Category = QuantumErrorCategory.InvalidOperation,
        Target = "warning",
        Message = $"A warning ended the cmdlet, as -WarningAction Stop asks: {text}",
        Advice = "Leave -WarningAction out to go on after warnings.",
    };

    public static QuantumException MissingParameter(string command, string[] names) =>
        Create("MissingParameter", command,
            $"{command} needs {string.Join(" and ", names.Select(name => "-" + name))}.", See(command));

    public static QuantumException NeedsPowerShell(string command, string name) => Create("NeedsPowerShell", name,
        $"-{name} takes an object, which only PowerShell can pass.",
        $"Import-Module QuantumNet in pwsh, or use another parameter. {See(command)}");

    public static QuantumException NeedsSession(string command, string name, string why) => Create("NeedsSession", name,
        $"-{name}: {why}.", $"Leave it out. {See(command)}");

    public static QuantumException MissingTruth(string command, string name) => Create("MissingValue", name,
        $"-{name}: needs true or false after its colon.",
        $"A shell makes nothing of $false: write -{name}:false. {See(command)}");

    public static QuantumException MalformedList(string command, string name, string value) => Create("BadValue", name,
        $"'{value}' is not a list for -{name}: something is missing beside a comma, or a quotation mark.",
        "Values stand between commas; one that holds a comma stands in quotation marks of its own: "
            + $"\"'a,b',c\". {See(command)}");

    public static QuantumException NobodyToAsk(string user) => Create("NobodyToAsk", user,
        $"The password of '{user}' cannot be asked for: there is no terminal.",
        "Name a file by -PasswordFile, or an open descriptor by -PasswordDescriptor.");

    public static QuantumException PasswordNotRead(string name, string what) => Create("PasswordNotRead", name,
        $"The password cannot be read from {name}: {what}.",
        "Its first line is the password. Check the path and its permissions.");

    public static QuantumException PasswordFileOpen(string file) => Create("PasswordFileOpen", file,
        $"Others may read the password file '{file}'.", $"Take that right from them: chmod 600 '{file}'.");

    public static QuantumError InputNotJson(long line, long column) => Error("InputNotJson", "standard input",
        $"Standard input is not JSON (line {line}, column {column}).",
        "Objects come as 'quantumnet Get-... -As Json' writes them; '< /dev/null' says that there are none.");

    public static QuantumError InputTooLarge(int megabytes) => Error("InputTooLarge", "standard input",
        $"An object of standard input holds more than {megabytes} MiB.",
        "Pipe smaller objects, as lines (-As JsonLines) or as one array.");

    public static QuantumError InputNotBound(string command, int number, string[] names) =>
        Error("InputNotBound", $"object {number}",
            $"Object {number} of standard input has none of the properties that {command} "
                + $"takes{(names.Length > 0 ? ": " + string.Join(", ", names) : "")}.",
            See(command));

    public static QuantumError InputNotRecord(string command, int number, string name, string path) =>
        Error("InputNotBound", $"object {number}",
            $"Object {number} of standard input is none that -{name} of {command} takes (at {path}).", See(command));

    public static QuantumException BadInput(string command, int number, string name, string value, string expected) =>
        Create("BadValue", name,
            $"'{value}' of object {number} of standard input is not a value for -{name}: it takes {expected}.",
            See(command));

    private static string See(string command) => $"'quantumnet {command} -?' shows its parameters.";

    private static QuantumException Create(string id, string target, string message, string advice) =>
        Error(id, target, message, advice).ToException();

    private static QuantumError Error(string id, string target, string message, string advice) => new()
    {
        Id = id,
        Category = QuantumErrorCategory.InvalidArgument,
        Target = target,
        Message = message,
        Advice = advice,
    };
}
