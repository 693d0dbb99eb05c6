using QuantumNet.Binding;
using QuantumNet.Cli.Binding;
using QuantumNet.Cli.Help;
using QuantumNet.Cli.Mcp;
using QuantumNet.Cli.Output;

namespace QuantumNet.Cli.Completion;

/// <summary>A first word of a command line, and what may follow it.</summary>
/// <param name="Name">The word.</param>
/// <param name="Text">What it does, in a sentence.</param>
/// <param name="Parameters">What may follow.</param>
internal sealed record CompletedCommand(string Name, string Text, CompletedParameter[] Parameters)
{
    /// <summary>The shells there is completion for.</summary>
    public static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>All first words: cmdlets, then what quantumnet knows besides.</summary>
    public static IReadOnlyList<CompletedCommand> All()
    {
        CompletedCommand[] cmdlets = [.. CommandCatalog.All().Select(Of)];
        string[] names = [.. cmdlets.Select(one => one.Name), .. Topics.Names()];
        return [.. cmdlets,
            new("help", "Shows the page of a cmdlet or a topic.", [Word("CMDLET", names)]),
            Like("explain", "Tells what codes mean, and what to do.", cmdlets),
            Init(cmdlets),
            Like("collector", "Writes the script that gathers a node from within.", cmdlets),
            new("completion", "Prints a script for completion in a shell.", [Word("SHELL", Shells)]),
            new("mcp", "Serves the cmdlets to programs: Model Context Protocol.",
                [.. McpServing.Parameters.Select(parameter => CompletedParameter.Of(parameter, ""))]),
            new("schema", "Prints the JSON schema of what cmdlets emit.", [Word("TYPE", [.. ResultSchema.All().Keys])]),
            new("man", "Prints the manual page.", []),
            new("--version", "Prints the version.", []),
            new("--sudoers", "Prints what a user must be allowed to run as root on a node.", [])];
    }

    private static CompletedCommand Of(CommandEntry entry)
    {
        PageSource page = PageSource.Of(entry.Name);
        Dictionary<string, string> texts = page.Parameters;
        CommandParameter[] own = CommandParameter.Of(entry.Type);
        CommandParameter[] common = CommonOptions.Parameters(entry.SupportsShouldProcess,
            Array.Exists(own, one => one.IsCredential));
        return new(entry.Name, page.Synopsis,
            [.. own.Where(parameter => parameter.IsBindable).Concat(common.Where(one => one.Refusal.Length == 0))
                .Select(parameter => CompletedParameter.Of(parameter,
                    FirstSentence(texts.GetValueOrDefault(parameter.Name, ""))))]);
    }

    private static CompletedCommand Like(string word, string text, CompletedCommand[] cmdlets) =>
        new(word, text, Array.Find(cmdlets, one => one.Name == CommandCatalog.Find(word)!.Name)!.Parameters);

    private static CompletedCommand Init(CompletedCommand[] cmdlets)
    {
        CompletedCommand made = Like("init", "Writes an inventory with comments, or checks one.", cmdlets);
        return made with
        {
            Parameters = [.. made.Parameters, Switch("Validate", "Tells what is wrong in an inventory."),
                Switch("Schema", "Prints the JSON schema of an inventory.")],
        };
    }

    private static CompletedParameter Switch(string name, string text) =>
        new(name, [], text, ValueSort.None, [], "", IsList: false, Position: null);

    /// <summary>An argument that has no name.</summary>
    private static CompletedParameter Word(string shown, string[] values) =>
        new("", [], shown, ValueSort.Fixed, values, "", IsList: false, Position: 0);

    private static string FirstSentence(string text)
    {
        string plain = text.Replace("`", "", StringComparison.Ordinal).Replace('\n', ' ');
        int end = plain.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? plain : plain[..(end + 1)];
    }
}
