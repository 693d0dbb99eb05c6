using QuantumNet.Cli.Binding;

namespace QuantumNet.Engine.Tests;

/// <summary>One command line, as it is typed in PowerShell and as a shell hands it to <c>quantumnet</c>.</summary>
/// <param name="Script">The arguments as typed in PowerShell.</param>
/// <param name="Arguments">The arguments that <c>quantumnet</c> gets.</param>
internal sealed record CommandLine(string Script, string[] Arguments)
{
    public static CommandLine Empty { get; } = new("", []);

    /// <summary>Words without spaces, the same in both, but that a shell takes the quotation marks off
    /// a single value.</summary>
    public CommandLine With(params string[] words) =>
        new($"{Script} {string.Join(' ', words)}", [.. Arguments, .. words.Select(Bare)]);

    private static string Bare(string word)
    {
        int start = word.StartsWith('-') ? word.IndexOf(':') + 1 : 0;
        return word.Contains(',') || start == word.Length || word[start] != '\'' ? word
            : word[..start] + word[start..].Trim('\'');
    }

    /// <summary>A word that needs quotation marks in PowerShell.</summary>
    public CommandLine WithQuoted(string text) => new($"{Script} '{text.Replace("'", "''")}'", [.. Arguments, text]);

    public override string ToString() => Script;
}

/// <summary>Command lines for a cmdlet: what can be right and wrong with each of its parameters,
/// and with each two of them.</summary>
internal sealed class CommandLines(CommandEntry command)
{
    private const int LongestBeginning = 6;

    private readonly CommandParameter[] _own = CommandParameter.Of(command.Type);
    private readonly CommandParameter[] _common = CommonOptions.Parameters(command.SupportsShouldProcess);

    public IEnumerable<CommandLine> All() => ((IEnumerable<CommandLine>)[CommandLine.Empty])
        .Concat(Usable().SelectMany(OfOne)).Concat(OfTwo()).Concat(Unnamed()).Concat(Common())
        .DistinctBy(line => line.Script);

    /// <summary>Credentials are asked for; the rest needs objects, and says so.</summary>
    private IEnumerable<CommandParameter> Usable() => _own.Where(parameter => parameter.Type != typeof(PSCredential));

    private IEnumerable<CommandLine> OfOne(CommandParameter parameter)
    {
        CommandLine others = Needed(parameter);
        string[] values = Samples(parameter);
        foreach (string name in Names(parameter))
            yield return parameter.IsSwitch ? others.With($"-{name}") : others.With($"-{name}", values[0]);
        foreach (string value in values.Concat(Wrong(parameter)))
        {
            yield return others.With($"-{parameter.Name}:{value}");
            if (!parameter.IsSwitch)
                yield return others.With($"-{parameter.Name}", value);
        }
        if (!parameter.IsSwitch)
            yield return others.With($"-{parameter.Name}").WithQuoted("");
        foreach (CommandLine line in Lists(parameter, others).Concat(Broken(parameter, others)))
            yield return line;
    }

    private static IEnumerable<CommandLine> Lists(CommandParameter parameter, CommandLine others)
    {
        if (!parameter.Type.IsArray || ValueConverter.Element(parameter.Type) is var element
            && element != typeof(string) && element != typeof(int))
            yield break;
        string name = $"-{parameter.Name}";
        string[] two = element == typeof(int) ? ["5", "7"]
            : parameter.ValidValues.Length > 1 ? parameter.ValidValues[..2] : ["n1", "n2"];
        yield return others.With(name, string.Join(',', two));
        yield return others.With($"{name}:{string.Join(',', two)}");
        yield return others.With(name, two[0] + ",", two[1]);
        yield return others.With(name, two[0], "," + two[1]);
        yield return others.With(name, two[0], ",", two[1]);
        yield return others.With(name, $"'{two[0]}',{two[1]}");
        yield return others.With(name, $"{two[0]},\"{two[1]}\"");
        yield return others.With(name, "'a,b',c");
        yield return others.With(name, "'it''s',c");
        yield return others.With(name, "\"it's\",c");
        yield return others.With(name, "c,''");
        yield return others.With(name, $"{two[0]},");
        yield return others.With(name, $"{two[0]},,{two[1]}");
    }

    private static IEnumerable<CommandLine> Broken(CommandParameter parameter, CommandLine others)
    {
        string name = $"-{parameter.Name}", value = Samples(parameter)[0];
        string[] given = parameter.IsSwitch ? [name] : [name, value];
        yield return others.With([.. given, .. given]);
        yield return others.With($"{name}x", value);
        yield return others.With([.. given, "-Verbose"]);
        yield return others.With($"{name}:");
        if (parameter.IsSwitch)
            yield break;
        yield return others.With(name);
        yield return others.With(name, "-Verbose");
        yield return others.With(name, "-NoSuchName");
        yield return others.With($"{name}:", value);
    }

    private IEnumerable<CommandLine> OfTwo()
    {
        CommandParameter[] usable = [.. Usable().Where(parameter => parameter.IsBindable)];
        for (int i = 0; i < usable.Length; i++)
        {
            for (int j = i + 1; j < usable.Length; j++)
            {
                yield return Given(Given(CommandLine.Empty, usable[i]), usable[j]);
                yield return Given(Given(Needed(usable[i], usable[j]), usable[j]), usable[i]);
            }
        }
    }

    /// <summary>Unnamed arguments, one more than there is place for; and one with each other parameter named.</summary>
    private IEnumerable<CommandLine> Unnamed()
    {
        CommandParameter[] placed =
            [.. Usable().Where(parameter => parameter.Position is not null).OrderBy(parameter => parameter.Position)];
        CommandLine line = CommandLine.Empty;
        foreach (CommandParameter parameter in placed.Append(null!))
        {
            line = line.With(parameter is null ? "n9" : Samples(parameter)[0]);
            yield return line;
        }
        foreach (CommandParameter named in Usable().Where(parameter => parameter.IsBindable))
        {
            yield return Given(CommandLine.Empty, named).With("n1");
            yield return Given(CommandLine.Empty.With("n1"), named);
            yield return Given(CommandLine.Empty.With("n1,n2", "n3"), named);
        }
        yield return CommandLine.Empty.With("--", "n1");
        yield return CommandLine.Empty.WithQuoted("");
        yield return CommandLine.Empty.With("\u2013Verbose");
    }

    private IEnumerable<CommandLine> Common()
    {
        CommandLine others = Needed();
        foreach (CommandParameter parameter in _common.Where(
            one => one.Name is not (nameof(CommonOptions.As) or nameof(CommonOptions.Help))))
        {
            string[] values = parameter.IsSwitch ? ["$true", "$false"] : parameter.Type == typeof(Preference)
                ? [.. Enum.GetNames<Preference>(), "stop", "Sil", "Con", "S", "0", "1", "9", "x"]
                : parameter.Type == typeof(int) ? ["10", "-1", "x"] : ["x"];
            foreach (string name in Names(parameter))
                yield return parameter.IsSwitch ? others.With($"-{name}") : others.With($"-{name}", values[0]);
            foreach (string value in values)
                yield return others.With($"-{parameter.Name}:{value}");
        }
        yield return others.With("-WhatIf");
        yield return others.With("-Confirm:$false");
    }

    /// <summary>What must be given besides some parameters, in a set that has them all.</summary>
    private CommandLine Needed(params CommandParameter[] given)
    {
        string? set = CommandParameter.SetsOf(_own).OrderBy(one => one == command.DefaultSet ? 0 : 1)
            .FirstOrDefault(one => given.All(parameter => parameter.IsIn(one)));
        return set is null ? CommandLine.Empty : _own.Where(parameter =>
                parameter.In(set)?.IsMandatory == true && !given.Contains(parameter) && parameter.IsBindable)
            .Aggregate(CommandLine.Empty, Given);
    }

    private static CommandLine Given(CommandLine line, CommandParameter parameter) =>
        parameter.IsSwitch ? line.With($"-{parameter.Name}") : line.With($"-{parameter.Name}", Samples(parameter)[0]);

    /// <summary>The name, its beginnings (the short ones, where names meet), other cases,
    /// and the aliases with theirs.</summary>
    // -As is an option of quantumnet's own, and no beginning of -Assume there.
    private static IEnumerable<string> Names(CommandParameter parameter) => parameter.Aliases.Prepend(parameter.Name)
        .SelectMany(name => Enumerable.Range(1, Math.Min(name.Length, LongestBeginning))
            .Select(length => name[..length]).Append(name))
        .Where(name => !name.Equals(nameof(CommonOptions.As), StringComparison.OrdinalIgnoreCase))
        .Append(parameter.Name.ToUpperInvariant()).Append(parameter.Name.ToLowerInvariant())
        .Distinct(StringComparer.Ordinal);

    private static string[] Samples(CommandParameter parameter)
    {
        Type element = ValueConverter.Element(parameter.Type);
        if (parameter.ValidValues.Length > 0)
            return [.. parameter.ValidValues, parameter.ValidValues[0].ToUpperInvariant()];
        if (element == typeof(int))
        {
            (long minimum, long maximum) = parameter.Range ?? (int.MinValue, int.MaxValue);
            return [$"{Math.Max(minimum, 3)}", $"{minimum}", $"{maximum}", "0x10", "0X1f", "1kb", "1KB", "1e1", "2.5",
                "3.5", "12l", "7u", "4y", "0b11", "'12'", "'0x10'", "'1kb'"];
        }
        if (element == typeof(DateTime))
            return ["2013-05-01T12:30:00Z", "2013-05-01T12:30:00+02:00", "2013-05-01", "2013-05-01T12:30:00"];
        if (parameter.IsSwitch)
            return ["$true", "$false"];
        return ["n1", "br-*", "1408934f", "fa:16:3e:00:00:01", "10.0.0.1", "./a/b.json", "1e5", "0123"];
    }

    private static string[] Wrong(CommandParameter parameter)
    {
        Type element = ValueConverter.Element(parameter.Type);
        if (parameter.ValidValues.Length > 0)
            return ["wrong", parameter.ValidValues[0][..1]];
        if (element == typeof(int))
        {
            (long minimum, long maximum) = parameter.Range ?? (int.MinValue, int.MaxValue);
            return [$"{minimum - 1}", $"{maximum + 1}", "x", "1x", "0x", "5gb", "300y",
                "99999999999999999999", "'1 2'", "-", "1kbb"];
        }
        return element == typeof(DateTime) ? ["yesterday", "2013-13-01"] : [];
    }
}
