namespace QuantumNet.Cli.Binding;

/// <summary>Binds a command line to a cmdlet's parameters as PowerShell would: <c>-Name value</c>, <c>-Name:value</c>,
/// unique prefixes, aliases, positions, arrays by comma, switches; any case. GNU's spellings mean the same.
/// Held to PowerShell's own binder by QuantumNet.Engine.Tests, which lists what is different and why.</summary>
internal sealed class ArgumentBinder(
    string command, CommandParameter[] own, CommandParameter[] common, string? defaultSet = null)
{
    private readonly CommandParameter[] _all = [.. own, .. common];
    private readonly Dictionary<string, object> _bound = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _unnamed = [];

    /// <summary>What piped objects may still fill, the main ones first: those of the sets that
    /// the command line leaves open. None where the command line itself names what the pipeline would:
    /// then standard input is somebody else's.</summary>
    public CommandParameter[] OpenToPipeline()
    {
        CommandParameter[] taking = [.. own
            .Where(parameter => (parameter.IsFromPipeline || parameter.IsFromProperty) && FitsBoundSets(parameter))
            .OrderBy(parameter => parameter.IsFromPipeline ? 0 : 1)
            .ThenBy(parameter => parameter.Position ?? int.MaxValue)];
        return taking.Any(parameter => (parameter.IsFromPipeline || parameter.Position == taking[0].Position)
                && _bound.ContainsKey(parameter.Name))
            ? [] : [.. taking.Where(parameter => !_bound.ContainsKey(parameter.Name))];
    }

    /// <summary>The values by parameter; throws <see cref="QuantumException"/> for what cannot be bound.</summary>
    public IReadOnlyDictionary<string, object> Bind(ReadOnlySpan<string> arguments)
    {
        bool isNamed = true;        // until "--": after it nothing is a name
        while (arguments.Length > 0)
        {
            string token = arguments[0];
            arguments = arguments[1..];
            if (token == "--")
                isNamed = false;
            else if (isNamed && ArgumentName.Is(token))
                BindNamed(token, ref arguments);
            else
                _unnamed.Add(TakeArray(token, ref arguments));
        }
        if (_bound.ContainsKey(nameof(CommonOptions.Help)))
            return _bound;
        BindUnnamed();
        return _bound;
    }

    private void BindNamed(string token, ref ReadOnlySpan<string> rest)
    {
        var name = ArgumentName.Parse(token);
        CommandParameter parameter = Find(name);
        string text = parameter.IsSwitch && !name.HasSeparator ? bool.TrueString
            : name.Value ?? TakeValue(parameter, ref rest);
        if (_bound.ContainsKey(parameter.Name))
            throw UsageErrors.GivenTwice(command, parameter.Name);
        if (parameter.IsSwitch)
            _bound[parameter.Name] = ValueConverter.Boolean(text)
                ?? throw UsageErrors.BadValue(command, parameter.Name, text, "true or false");
        else
            Set(parameter, parameter.Type.IsArray ? TakeArray(text, ref rest) : text);
    }

    /// <summary>The argument after a name, unless that is a parameter's name, too. A shell makes nothing
    /// of the <c>$false</c> in <c>-Force:$false</c>: that must not be taken for <c>-Force</c>.</summary>
    private string TakeValue(CommandParameter parameter, ref ReadOnlySpan<string> rest)
    {
        if (parameter.IsSwitch && (rest.IsEmpty || ValueConverter.Boolean(rest[0]) is null))
            throw UsageErrors.MissingTruth(command, parameter.Name);
        if (rest.IsEmpty || (ArgumentName.Is(rest[0]) && Matching(ArgumentName.Parse(rest[0]).Name).Length > 0))
            throw UsageErrors.MissingValue(command, parameter.Name);
        string value = rest[0];
        rest = rest[1..];
        return value;
    }

    /// <summary>Joins <c>a, b ,c</c> that a shell took apart.</summary>
    private static string TakeArray(string first, ref ReadOnlySpan<string> rest)
    {
        while (rest.Length > 0 && (first.EndsWith(',') || rest[0].StartsWith(',')))
        {
            first += rest[0];
            rest = rest[1..];
        }
        return first;
    }

    private CommandParameter Find(ArgumentName name)
    {
        CommandParameter[] matching = Matching(name.Name);
        return matching.Length switch
        {
            1 => matching[0],
            0 => throw UsageErrors.UnknownParameter(command, name, [.. _all.Select(parameter => parameter.Name)]),
            _ => throw UsageErrors.AmbiguousParameter(command, name, [.. matching.Select(parameter => parameter.Name)]),
        };
    }

    /// <summary>The parameter of that name or alias, or those that it may begin;
    /// the cmdlet's own go before common ones.</summary>
    private CommandParameter[] Matching(string name)
    {
        CommandParameter? exact = Array.Find(_all,
            parameter => Is(parameter.Name, name) || parameter.Aliases.Any(alias => Is(alias, name)));
        if (exact is not null)
            return [exact];
        CommandParameter[] starting = Array.FindAll(_all, parameter => Starts(parameter.Name, name)
            || parameter.Aliases.Any(alias => Starts(alias, name)));
        CommandParameter[] ofCmdlet = Array.FindAll(starting, parameter => Array.IndexOf(own, parameter) >= 0);
        return ofCmdlet.Length == 1 ? ofCmdlet : starting;
    }

    private void Set(CommandParameter parameter, string text)
    {
        if (parameter.Refusal.Length > 0)
            throw UsageErrors.NeedsSession(command, parameter.Name, parameter.Refusal);
        if (!parameter.IsBindable)
            throw UsageErrors.NeedsPowerShell(command, parameter.Name);
        string[] texts = parameter.Type.IsArray
            ? ListText.Split(text) ?? throw UsageErrors.MalformedList(command, parameter.Name, text) : [text];
        _bound[parameter.Name] = ValueConverter.Convert(parameter, texts, out string expected)
            ?? throw UsageErrors.BadValue(command, parameter.Name, text, expected);
    }

    private void BindUnnamed()
    {
        int from = 0;
        foreach (string value in _unnamed)
        {
            (int position, CommandParameter target) = NextUnnamed(from) ?? throw UsageErrors.TooMany(command, value);
            Set(target, value);
            from = position + 1;
        }
    }

    /// <summary>The parameter at the lowest position left, in the default set before others.</summary>
    private (int Position, CommandParameter Target)? NextUnnamed(int from)
    {
        (int Position, CommandParameter Target)? next = null;
        foreach (string set in Candidates().OrderBy(set => set == defaultSet ? 0 : 1))
        {
            foreach (CommandParameter parameter in own)
            {
                if (parameter.In(set)?.Position is { } position && position >= from
                    && (next is null || position < next.Value.Position) && parameter.IsBindable
                    && !_bound.ContainsKey(parameter.Name))
                {
                    next = (position, parameter);
                }
            }
        }
        return next;
    }

    private bool FitsBoundSets(CommandParameter parameter) => Candidates().Any(parameter.IsIn);

    /// <summary>Throws when the parameters do not go together, or when one is missing that piped
    /// objects do not bring.</summary>
    public void CheckSets(CommandParameter[] piped)
    {
        string[] candidates = [.. Candidates()];
        if (candidates.Length == 0)
            throw UsageErrors.Incompatible(command,
                [.. Given().Where(parameter => !parameter.IsInAll).Select(parameter => parameter.Name)]);
        string[] missing = MissingIn(Chosen(candidates, piped), piped);
        if (missing.Length > 0)
            throw UsageErrors.MissingParameter(command, missing);
    }

    /// <summary>The set that is meant: one that lacks nothing, or else the default, or else the one that
    /// lacks the least.</summary>
    private string Chosen(string[] candidates, CommandParameter[] piped) => candidates
        .OrderBy(set => MissingIn(set, piped).Length == 0 ? 0 : 1).ThenBy(set => set == defaultSet ? 0 : 1)
        .ThenBy(set => MissingIn(set, piped).Length).First();

    /// <summary>The sets that hold all that was given.</summary>
    private IEnumerable<string> Candidates()
    {
        CommandParameter[] given = [.. Given()];
        return CommandParameter.SetsOf(own).Where(set => given.All(parameter => parameter.IsIn(set)));
    }

    private IEnumerable<CommandParameter> Given() => own.Where(parameter => _bound.ContainsKey(parameter.Name));

    private string[] MissingIn(string set, CommandParameter[] piped) =>
        [.. own.Where(parameter => parameter.In(set)?.IsMandatory == true
                && !_bound.ContainsKey(parameter.Name) && Array.IndexOf(piped, parameter) < 0)
            .Select(parameter => parameter.Name)];

    private static bool Is(string name, string typed) => name.Equals(typed, StringComparison.OrdinalIgnoreCase);

    private static bool Starts(string name, string typed) => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
}
