using System.Collections;
using System.Globalization;
using System.Text;
using QuantumNet.Cli.Binding;

namespace QuantumNet.Engine.Tests;

/// <summary>PowerShell and <c>quantumnet</c> bind the same command lines to the same values,
/// or refuse them for the same reason.</summary>
public sealed class BindingTests : IClassFixture<BindingTests.Session>
{
    private readonly Session _session;

    public BindingTests(Session session) => _session = session;

    public static TheoryData<string> Names => [.. CommandCatalog.All().Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Command_lines_are_bound_as_by_the_engine(string name)
    {
        CommandEntry command = CommandCatalog.Find(name)!;
        var different = new StringBuilder();
        int count = 0;
        foreach (CommandLine line in new CommandLines(command).All())
        {
            string engine = _session.Bind(command, line), ours = Bind(command, line.Arguments);
            if (engine != ours && !Difference.IsKnown(line, engine, ours))
                different.AppendLine(CultureInfo.InvariantCulture,
                    $"{name}{line}\n    PowerShell: {engine}\n    quantumnet: {ours}");
            count++;
        }
        Assert.True(different.Length == 0, different.ToString());
        Assert.InRange(count, 50, 5000);
    }

    private static string Bind(CommandEntry command, string[] arguments)
    {
        try
        {
            var binder = new ArgumentBinder(command.Name, CommandParameter.Of(command.Type),
                CommonOptions.Parameters(command.SupportsShouldProcess), command.DefaultSet);
            IReadOnlyDictionary<string, object> bound = binder.Bind(arguments);
            binder.CheckSets([]);
            _ = CommonOptions.From(command.Name, bound);
            return Said(bound);
        }
        catch (QuantumException e)
        {
            return e.Error.Id;
        }
    }

    internal static string Said(IEnumerable<KeyValuePair<string, object>> bound) =>
        string.Join(' ',
            bound.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"-{one.Key} {Said(one.Value)}"));

    private static string Said(object? value) => value switch
    {
        PSObject wrapped => Said(wrapped.BaseObject),
        SwitchParameter flag => Said(flag.IsPresent),
        string text => $"'{text}'",
        DateTime time => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        Enum member => member.ToString(),
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Said))}]",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    public sealed class Session : IDisposable
    {
        private readonly Engine _engine = new([.. CommandCatalog.All().Select(BindingTwin.Of)]);

        internal string Bind(CommandEntry command, CommandLine line)
        {
            (IReadOnlyList<PSObject> output, ErrorRecord? error) =
                _engine.Run($"Bind-{command.Name.Replace("-", "")}{line.Script}");
            return error is not null ? Kind(error) : output.Count == 1
                ? Said((Dictionary<string, object>)output[0].BaseObject) : $"{output.Count} results";
        }

        /// <summary>What one piped object is bound to, of the parameters that take the pipeline.</summary>
        internal string Pipe(CommandEntry command, string json, string given, CommandParameter[] open)
        {
            (IReadOnlyList<PSObject> output, ErrorRecord? error) =
                _engine.Run($"'{json}' | ConvertFrom-Json | Bind-{command.Name.Replace("-", "")} {given}");
            return error is not null ? Kind(error) : Said(((Dictionary<string, object>)output[0].BaseObject)
                .Where(one => Array.Exists(open, parameter => parameter.Name == one.Key)));
        }

        /// <summary>PowerShell's reason in the words of <c>quantumnet</c>.</summary>
        private static string Kind(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0] switch
        {
            "NamedParameterNotFound" => "UnknownParameter",
            "AmbiguousParameter" => "AmbiguousParameter",
            "ParameterAlreadyBound" => "ParameterGivenTwice",
            "MissingArgument" or "ParameterRequiresArgument" => "MissingValue",
            "PositionalParameterNotFound" => "UnexpectedArgument",
            "AmbiguousParameterSet" => "IncompatibleParameters",
            "MissingMandatoryParameter" => "MissingParameter",
            "InputObjectNotBound" or "InputObjectMissingMandatory" => "InputNotBound",
            "CannotConvertArgument" or "CannotConvertArgumentNoMessage" or "ParameterArgumentTransformationError"
                or "MissingExpression" or "ParameterArgumentValidationError"
                or "ParameterArgumentValidationErrorEmptyStringNotAllowed" => "BadValue",
            var other => other,
        };

        public void Dispose() => _engine.Dispose();
    }
}
