using QuantumNet.Cli.Binding;

namespace QuantumNet.Cli.Help;

/// <summary>Prints what can be typed.</summary>
internal static class HelpPage
{
    private const int Indent = 4;

    public static void PrintOverview(CliTerminal terminal)
    {
        terminal.Output.WriteLine("""
            Finds why an OpenStack instance gets no DHCP lease: at which hop, on which node, and what to do.

            usage: quantumnet CMDLET [-Parameter value ...] [-As Table|List|Json|Csv|JUnit]
                   quantumnet CMDLET -?       its parameters
                   quantumnet --sudoers USER  what USER must be allowed to run as root on a node (sudoers)
                   quantumnet --version

            """);
        Dictionary<string, string> summaries = XmlDocumentation.Read();
        IReadOnlyList<CommandEntry> commands = CommandCatalog.All();
        int column = commands.Max(command => command.Name.Length) + Indent;
        foreach (CommandEntry command in commands)
            PrintEntry(terminal, "  " + command.Name, summaries.GetValueOrDefault($"T:{command.Type.FullName}", ""), column);
        terminal.Output.WriteLine("""

            exit status: 0 fine; 2 a test found something broken; 3 it could not tell; 1 it could not run
            """);
    }

    public static int PrintCommand(CommandEntry command, CliTerminal terminal)
    {
        Dictionary<string, string> summaries = XmlDocumentation.Read();
        CommandParameter[] own = [.. CommandParameter.Of(command.Type).Where(parameter => parameter.IsBindable)
            .OrderBy(parameter => parameter.Position ?? int.MaxValue)];
        CommandParameter[] common = CommonOptions.Parameters(command.SupportsShouldProcess);
        terminal.Output.WriteLine(command.Name);
        PrintEntry(terminal, "", summaries.GetValueOrDefault($"T:{command.Type.FullName}", ""), Indent);
        terminal.Output.WriteLine();
        PrintEntry(terminal, "usage:", Usage(command.Name, own), "usage: ".Length);
        terminal.Output.WriteLine();
        foreach (CommandParameter parameter in own)
        {
            terminal.Output.WriteLine($"  -{parameter.Name} {TypeName(parameter)}".TrimEnd() + Details(parameter));
            PrintEntry(terminal, "", Summary(summaries, parameter), 2 * Indent);
        }
        foreach (CommandParameter parameter in common)
            terminal.Output.WriteLine($"  -{parameter.Name} {TypeName(parameter)}".TrimEnd());
        return ExitStatus.Fine;
    }

    private static string Usage(string name, CommandParameter[] parameters)
    {
        IEnumerable<string> parts = parameters.Select(parameter =>
        {
            string dashed = parameter.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
            string text = parameter.IsSwitch ? dashed : $"{dashed} {TypeName(parameter)}";
            return parameter.MandatorySets.Length > 0 ? text : $"[{text}]";
        });
        return $"quantumnet {name} {string.Join(' ', parts)}";
    }

    private static string Details(CommandParameter parameter)
    {
        var details = new List<string>();
        if (parameter.MandatorySets.Length > 0)
            details.Add("required");
        if (parameter.Aliases.Length > 0)
            details.Add($"also {string.Join(", ", parameter.Aliases.Select(alias => "-" + alias))}");
        if (parameter.ValidValues.Length > 0)
            details.Add(string.Join(", ", parameter.ValidValues));
        return details.Count == 0 ? "" : $"  ({string.Join("; ", details)})";
    }

    private static string TypeName(CommandParameter parameter)
    {
        if (parameter.IsSwitch)
            return "";
        Type element = ValueConverter.Element(parameter.Type);
        string name = element.IsEnum ? string.Join('|', Enum.GetNames(element).Where(one => one != nameof(OutputFormat.Default)))
            : element == typeof(string) ? "<text>" : element == typeof(DateTime) ? "<time>" : element == typeof(bool) ? "<true|false>" : "<number>";
        return parameter.Type.IsArray ? name + "[,...]" : name;
    }

    private static string Summary(Dictionary<string, string> summaries, CommandParameter parameter)
    {
        Type declaring = parameter.Property!.DeclaringType!;
        string type = declaring.IsGenericType ? declaring.GetGenericTypeDefinition().FullName! : declaring.FullName!;
        return summaries.GetValueOrDefault($"P:{type}.{parameter.Name}", "");
    }

    /// <summary>A heading and a text wrapped beside it.</summary>
    private static void PrintEntry(CliTerminal terminal, string heading, string text, int column)
    {
        int width = Math.Max(Math.Min(terminal.Width, 120) - column, 20);
        string lead = heading.PadRight(column);
        foreach (string line in Wrap(text, width))
        {
            terminal.Output.WriteLine((lead + line).TrimEnd());
            lead = new string(' ', column);
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
