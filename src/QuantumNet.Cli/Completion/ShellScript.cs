using System.Text;

namespace QuantumNet.Cli.Completion;

/// <summary>Puts the rows of all commands into a shell's script. A row is one parameter, its fields between bars:
/// <c>ComputerName|node,cn|seen|Node|||list|0|The nodes to ask.</c></summary>
internal static class ShellScript
{
    private const string Place = "#ROWS#";

    /// <summary>The script of a shell; null where there is none for it.</summary>
    public static string? Of(string shell)
    {
        if (Array.IndexOf(CompletedCommand.Shells, shell) < 0)
            return null;
        using StreamReader reader = new(
            typeof(ShellScript).Assembly.GetManifestResourceStream($"completion/quantumnet.{shell}")!, Encoding.UTF8);
        IReadOnlyList<CompletedCommand> commands = CompletedCommand.All();
        return reader.ReadToEnd().ReplaceLineEndings("\n").Replace(Place, shell switch
        {
            "bash" => InBash(commands),
            "zsh" => InZsh(commands),
            "fish" => FishScript.Of(commands),
            _ => InPwsh(commands),
        }, StringComparison.Ordinal);
    }

    /// <summary>The fields of a parameter, each without bars.</summary>
    internal static string Row(CompletedParameter one) => string.Join('|', ((string[])[one.Name,
        string.Join(',', one.Aliases).ToLowerInvariant(), one.Sort.ToString().ToLowerInvariant(), one.Kind,
        string.Join(';', one.Values), one.IsList ? "list" : "",
        one.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", one.Text])
        .Select(field => field.Replace('|', '/')));

    /// <summary>A text in single quotes, for sh and its like.</summary>
    internal static string InQuotes(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string InBash(IReadOnlyList<CompletedCommand> commands)
    {
        var text = new StringBuilder();
        text.Append("_quantumnet_commands=(").AppendJoin(' ', commands.Select(one => one.Name)).Append(")\n\n")
            .Append("_quantumnet_rows_of() {\n  case \"$1\" in\n");
        foreach (CompletedCommand command in commands)
        {
            text.Append("    ").Append(command.Name.ToLowerInvariant()).Append(") _quantumnet_rows=(\n");
            foreach (CompletedParameter parameter in command.Parameters)
                text.Append("      ").Append(InQuotes(Row(parameter with { Text = "" }))).Append('\n');
            text.Append("      ) ;;\n");
        }
        return text.Append("    *) return 1 ;;\n  esac\n}").ToString();
    }

    private static string InZsh(IReadOnlyList<CompletedCommand> commands)
    {
        var text = new StringBuilder("_quantumnet_commands=(\n");
        foreach (CompletedCommand command in commands)
            text.Append("  ").Append(InQuotes($"{command.Name}|{command.Text}")).Append('\n');
        text.Append(")\n_quantumnet_rows_of() {\n  case \"$1\" in\n");
        foreach (CompletedCommand command in commands)
        {
            text.Append("    ").Append(command.Name.ToLowerInvariant()).Append(") _quantumnet_rows=(\n");
            foreach (CompletedParameter parameter in command.Parameters)
                text.Append("      ").Append(InQuotes(Row(parameter))).Append('\n');
            text.Append("      ) ;;\n");
        }
        return text.Append("    *) return 1 ;;\n  esac\n}").ToString();
    }

    private static string InPwsh(IReadOnlyList<CompletedCommand> commands)
    {
        var text = new StringBuilder("    $commands = [ordered]@{\n");
        foreach (CompletedCommand command in commands)
        {
            text.Append("        ").Append(Quoted(command.Name)).Append(" = ").Append(Quoted(command.Text))
                .Append('\n');
        }
        text.Append("    }\n    $rows = @{\n");
        foreach (CompletedCommand command in commands)
        {
            text.Append("        ").Append(Quoted(command.Name)).Append(" = @(\n");
            foreach (CompletedParameter parameter in command.Parameters)
                text.Append("            ").Append(Quoted(Row(parameter))).Append('\n');
            text.Append("        )\n");
        }
        return text.Append("    }").ToString();

        static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
