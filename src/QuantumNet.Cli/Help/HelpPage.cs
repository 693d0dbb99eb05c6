using QuantumNet.Cli.Binding;

namespace QuantumNet.Cli.Help;

/// <summary>Prints what can be typed.</summary>
internal static class HelpPage
{
    private const int Indent = 4;

    public static void PrintOverview(CliTerminal terminal)
    {
        PrintUsage(terminal);
        IReadOnlyList<CommandEntry> commands = CommandCatalog.All();
        int column = commands.Max(command => command.Name.Length) + Indent;
        foreach (CommandEntry command in commands)
            PrintEntry(terminal, "  " + command.Name, PageSource.SynopsisOf(command.Name), column);
        terminal.Output.WriteLine();
        PrintEntry(terminal, "topics:", string.Join(", ", Topics.Names()), "topics: ".Length);
        terminal.Output.WriteLine("""

            Objects go from one to the next as JSON: quantumnet Get-QuantumPort -As Json | quantumnet Test-DhcpPath
            exit status: 0 fine; 2 a test, trace or probe found something broken; 3 it could not tell; 1 it could not run
            """);
    }

    private static void PrintUsage(CliTerminal terminal)
    {
        string formats = string.Join('|',
            Enum.GetNames<OutputFormat>().Where(name => name != nameof(OutputFormat.Default)));
        terminal.Output.WriteLine($"""
            Finds why an OpenStack instance gets no DHCP lease: at which hop, on which node, and what to do.

            usage: quantumnet CMDLET [-Parameter value ...] [-As {formats}]
                   quantumnet CMDLET -?       its parameters; likewise quantumnet help CMDLET
                   quantumnet help TOPIC      one of the topics below
                   quantumnet explain CODE    what a code such as QN4001 means, and what to do
                   quantumnet init [FILE] [-ComputerName n1,n2]   writes an inventory, with comments; of the
                                              hosts in ssh_config when no node is named
                   quantumnet init -Validate FILE   what is wrong in an inventory; -Schema prints its JSON schema
                   quantumnet collector ROLE  the script that gathers a node of that role from within
                   quantumnet completion bash|zsh|fish|pwsh   a script that completes what is typed
                   quantumnet man             the manual page, for man -l -
                   quantumnet mcp             serves the cmdlets to programs (Model Context Protocol, standard
                                              input and output); -AllowChanges adds those that change nodes
                   quantumnet schema [TYPE]   the JSON schema of what cmdlets emit
                   quantumnet --sudoers USER  what USER must be allowed to run as root on a node (sudoers)
                   quantumnet --version

            -ComputerName n1, -ComputerName:n1, --computer-name n1 and --computer-name=n1 are the same;
            -h is -?, and -V is --version. The variable QUANTUMNET_INVENTORY or QUANTUMNET_SNAPSHOT names the cloud
            where the command line does not.

            """);
    }

    public static int PrintCommand(CommandEntry command, CliTerminal terminal)
    {
        PageSource page = PageSource.Of(command.Name);
        CommandParameter[] all = CommandParameter.Of(command.Type);
        CommandParameter[] own =
            [.. all.Where(parameter => parameter.IsBindable).OrderBy(parameter => parameter.Position ?? int.MaxValue)];
        terminal.Output.WriteLine(command.Name);
        PrintEntry(terminal, "", page.Synopsis, Indent);
        terminal.Output.WriteLine();
        PrintEntry(terminal, "usage:", Usage(command.Name, own), "usage: ".Length);
        terminal.Output.WriteLine();
        PrintText(terminal, page.Description);
        PrintParameters(own, CommonOptions.Parameters(command.SupportsShouldProcess,
            Array.Exists(own, one => one.IsCredential)), page.Parameters, terminal);
        PrintInput(all, terminal);
        PrintExamples(page, terminal);
        if (page.Notes.Length > 0)
            PrintText(terminal, [page.Notes]);
        return ExitStatus.Fine;
    }

    private static void PrintText(CliTerminal terminal, string[] paragraphs)
    {
        foreach (string paragraph in paragraphs)
        {
            PrintEntry(terminal, "", Plain(paragraph), Indent);
            terminal.Output.WriteLine();
        }
    }

    private static void PrintParameters(
        CommandParameter[] own, CommandParameter[] common, Dictionary<string, string> texts, CliTerminal terminal)
    {
        foreach (CommandParameter parameter in own)
        {
            terminal.Output.WriteLine($"  -{parameter.Name} {TypeName(parameter)}".TrimEnd() + Details(parameter));
            PrintEntry(terminal, "", Plain(texts.GetValueOrDefault(parameter.Name, "")), 2 * Indent);
        }
        foreach (CommandParameter parameter in common.Where(one => one.Refusal.Length == 0))
            terminal.Output.WriteLine($"  -{parameter.Name} {TypeName(parameter)}".TrimEnd());
        terminal.Output.WriteLine();
    }

    /// <summary>What may come from standard input.</summary>
    private static void PrintInput(CommandParameter[] parameters, CliTerminal terminal)
    {
        CommandParameter[] open =
            [.. parameters.Where(parameter => parameter.IsFromPipeline || parameter.IsFromProperty)];
        if (open.Length == 0)
            return;
        string[] names = PipelineBinder.Names(open);
        string[] records = [.. open.Where(parameter => parameter.IsFromPipeline && !parameter.IsBindable)
            .Select(parameter => ValueConverter.Element(parameter.Type).Name)];
        string what = string.Join(", or ",
            ((string[])[names.Length > 0 ? $"objects with {string.Join(", ", names)}" : "",
                    .. records.Select(record => $"{record} objects")])
                .Where(text => text.Length > 0));
        PrintEntry(terminal, "standard input:", $"JSON, as -As Json writes it: {what}.", "standard input: ".Length);
        terminal.Output.WriteLine();
    }

    private static void PrintExamples(PageSource page, CliTerminal terminal)
    {
        terminal.Output.WriteLine("examples, as typed in PowerShell:");
        foreach (PageExample example in page.Examples)
        {
            terminal.Output.WriteLine();
            PrintEntry(terminal, "", example.Title, Indent);
            foreach (string line in example.Code.Split('\n'))
                terminal.Output.WriteLine($"{new string(' ', 2 * Indent)}{line}");
            PrintEntry(terminal, "", Plain(example.Remark), Indent);
        }
        terminal.Output.WriteLine();
    }

    /// <summary>Markdown's links and marks have no place on a terminal; paragraphs become one.</summary>
    private static string Plain(string markdown) =>
        markdown.Replace("`", "", StringComparison.Ordinal).Replace('\n', ' ');

    private static string Usage(string name, CommandParameter[] parameters)
    {
        IEnumerable<string> parts = parameters.Select(parameter =>
        {
            string dashed = parameter.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
            string text = parameter.IsSwitch ? dashed : $"{dashed} {TypeName(parameter)}";
            return parameter.IsMandatory ? text : $"[{text}]";
        });
        return $"quantumnet {name} {string.Join(' ', parts)}";
    }

    private static string Details(CommandParameter parameter)
    {
        var details = new List<string>();
        if (parameter.IsMandatory)
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
        string name = element.IsEnum
            ? string.Join('|', Enum.GetNames(element).Where(one => one != nameof(OutputFormat.Default)))
            : parameter.IsCredential ? "<user>" : element == typeof(string) ? "<text>"
            : element == typeof(DateTime) ? "<time>" : element == typeof(bool) ? "<true|false>" : "<number>";
        return parameter.Type.IsArray ? name + "[,...]" : name;
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
