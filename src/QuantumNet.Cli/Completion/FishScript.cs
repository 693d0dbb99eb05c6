using System.Text;

namespace QuantumNet.Cli.Completion;

/// <summary>Writes fish's own declarations: fish takes options apart by itself.</summary>
internal static class FishScript
{
    private const string Program = "complete -c quantumnet";

    /// <summary>The declarations of all commands.</summary>
    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        var text = new StringBuilder();
        foreach (CompletedCommand command in commands)
        {
            text.Append(Program).Append(" -n __quantumnet_is_first -a ").Append(command.Name).Append(" -d ")
                .Append(Quoted(command.Text)).Append('\n');
        }
        foreach (CompletedCommand command in commands)
        {
            foreach (CompletedParameter parameter in command.Parameters)
                Append(text, command.Name, parameter);
        }
        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, string command, CompletedParameter parameter)
    {
        string when = $" -n '__quantumnet_is {command}'";
        if (parameter.Name.Length > 0)
        {
            text.Append(Program).Append(when).Append($" -o {parameter.Name} -l {parameter.GnuName}");
            text.Append(parameter.Sort switch
            {
                ValueSort.None => "",
                ValueSort.Path => " -r -F",
                ValueSort.Text => " -x",
                _ => $" -x -a {Values(parameter)}",
            });
            text.Append(" -d ").Append(Quoted(parameter.Text)).Append('\n');
        }
        if (parameter.Position == 0 && parameter.Sort == ValueSort.Path)
            text.Append(Program).Append(when).Append(" -F\n");
        else if (parameter.Position == 0 && parameter.Sort is ValueSort.Fixed or ValueSort.Seen)
            text.Append(Program).Append(when).Append($" -a {Values(parameter)}\n");
    }

    /// <summary>What gives the values, in double quotes: a command substitution.</summary>
    private static string Values(CompletedParameter parameter)
    {
        string words = string.Join(' ', parameter.Values.Select(value => Quoted(value)));
        string call = $"__quantumnet_values '{parameter.Kind}' {words}".TrimEnd();
        return parameter.IsList ? $"\"(__quantumnet_list {call})\"" : $"\"({call})\"";
    }

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "\\'", StringComparison.Ordinal)}'";
}
