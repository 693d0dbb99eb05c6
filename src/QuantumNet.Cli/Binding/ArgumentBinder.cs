namespace QuantumNet.Cli.Binding;

/// <summary>Binds a command line to a cmdlet's parameters as PowerShell would: <c>-Name value</c>, <c>-Name:value</c>,
/// unique beginnings, aliases, positions, arrays by comma, switches; any case.</summary>
internal sealed class ArgumentBinder(string command, CommandParameter[] own, CommandParameter[] common)
{
    private const string DefaultSet = "";

    private readonly CommandParameter[] _all = [.. own, .. common];
    private readonly Dictionary<string, object> _bound = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _unnamed = [];

    /// <summary>What piped objects may still fill, the main ones first: those of the sets that the command line leaves open.
    /// None where the command line itself names what the pipeline would: then standard input is somebody else's.</summary>
    public CommandParameter[] OpenToPipeline()
    {
        CommandParameter[] taking = [.. own.Where(parameter => (parameter.IsFromPipeline || parameter.IsFromProperty) && FitsBoundSets(parameter))
            .OrderBy(parameter => parameter.IsFromPipeline ? 0 : 1).ThenBy(parameter => parameter.Position ?? int.MaxValue)];
        return taking.Any(parameter => (parameter.IsFromPipeline || parameter.Position == taking[0].Position) && _bound.ContainsKey(parameter.Name))
            ? [] : [.. taking.Where(parameter => !_bound.ContainsKey(parameter.Name))];
    }

    /// <summary>The values by parameter; throws <see cref="QuantumException"/> for what cannot be bound.</summary>
    public IReadOnlyDictionary<string, object> Bind(ReadOnlySpan<string> arguments)
    {
        while (arguments.Length > 0)
        {
            string token = arguments[0];
            arguments = arguments[1..];
            if (IsName(token))
                BindNamed(token, ref arguments);
            else
                _unnamed.Add(TakeArray(token, ref arguments));
        }
        if (_bound.ContainsKey(nameof(CommonOptions.Help)))
            return _bound;
        BindUnnamed();
        return _bound;
    }

    /// <summary>A dash and a letter make a name; a dash and a digit make a number.</summary>
    private static bool IsName(string token) =>
        token.Length > 1 && token[0] == '-' && (char.IsLetter(token[1]) || token[1] is '?' or '-' or '_');

    private void BindNamed(string token, ref ReadOnlySpan<string> rest)
    {
        int colon = token.IndexOf(':');
        string name = colon < 0 ? token[1..] : token[1..colon];
        string? attached = colon < 0 || colon == token.Length - 1 ? null : token[(colon + 1)..];
        CommandParameter parameter = Find(name);
        if (_bound.ContainsKey(parameter.Name))
            throw UsageErrors.GivenTwice(command, parameter.Name);
        if (parameter.IsSwitch)
        {
            _bound[parameter.Name] = attached is null || (ValueConverter.Boolean(attached)
                ?? throw UsageErrors.BadValue(command, parameter.Name, attached, "true or false"));
            return;
        }
        if (attached is null)
        {
            if (rest.IsEmpty || IsName(rest[0]))
                throw UsageErrors.MissingValue(command, parameter.Name);
            attached = rest[0];
            rest = rest[1..];
        }
        Set(parameter, parameter.Type.IsArray ? TakeArray(attached, ref rest) : attached);
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

    private CommandParameter Find(string name)
    {
        CommandParameter? exact = Array.Find(_all, parameter => Is(parameter.Name, name) || parameter.Aliases.Any(alias => Is(alias, name)));
        if (exact is not null)
            return exact;
        CommandParameter[] starting = Array.FindAll(_all, parameter => Starts(parameter.Name, name)
            || parameter.Aliases.Any(alias => Starts(alias, name)));
        return starting.Length switch
        {
            1 => starting[0],
            0 => throw UsageErrors.UnknownParameter(command, name, [.. _all.Select(parameter => parameter.Name)]),
            _ => throw UsageErrors.AmbiguousParameter(command, name, [.. starting.Select(parameter => parameter.Name)]),
        };
    }

    private void Set(CommandParameter parameter, string text)
    {
        if (!parameter.IsBindable)
            throw UsageErrors.NeedsPowerShell(command, parameter.Name);
        _bound[parameter.Name] = ValueConverter.Convert(parameter, text, out string expected)
            ?? throw UsageErrors.BadValue(command, parameter.Name, text, expected);
    }

    private void BindUnnamed()
    {
        foreach (string value in _unnamed)
        {
            CommandParameter target = own
                .Where(parameter => parameter.Position is not null && parameter.IsBindable && !_bound.ContainsKey(parameter.Name))
                .Where(parameter => FitsBoundSets(parameter))
                .MinBy(parameter => parameter.Position) ?? throw UsageErrors.TooMany(command, value);
            Set(target, value);
        }
    }

    private bool FitsBoundSets(CommandParameter parameter) => Candidates().Any(parameter.IsIn);

    /// <summary>Throws when the parameters do not go together, or when one is missing that piped objects do not bring.</summary>
    public void CheckSets(CommandParameter[] piped)
    {
        string[] candidates = [.. Candidates()];
        if (candidates.Length == 0)
            throw UsageErrors.Incompatible(command, [.. Given().Where(parameter => parameter.Sets.Length > 0).Select(parameter => parameter.Name)]);
        string[] missing = [.. candidates.Select(set => MissingIn(set, piped)).MinBy(names => names.Length) ?? []];
        if (missing.Length > 0)
            throw UsageErrors.MissingParameter(command, missing);
    }

    /// <summary>The sets that hold all that was given.</summary>
    private IEnumerable<string> Candidates()
    {
        string[] sets = [.. own.SelectMany(parameter => parameter.Sets).Distinct()];
        CommandParameter[] given = [.. Given()];
        return (sets.Length == 0 ? [DefaultSet] : sets).Where(set => given.All(parameter => parameter.IsIn(set)));
    }

    private IEnumerable<CommandParameter> Given() => own.Where(parameter => _bound.ContainsKey(parameter.Name));

    private string[] MissingIn(string set, CommandParameter[] piped) =>
        [.. own.Where(parameter => parameter.MandatorySets.Length > 0 && parameter.IsIn(set)
                && (parameter.Sets.Length == 0 || parameter.MandatorySets.Contains(set))
                && !_bound.ContainsKey(parameter.Name) && Array.IndexOf(piped, parameter) < 0)
            .Select(parameter => parameter.Name)];

    private static bool Is(string name, string typed) => name.Equals(typed, StringComparison.OrdinalIgnoreCase);

    private static bool Starts(string name, string typed) => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
}
