using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantumNet.Cli.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Engine.Tests;

/// <summary>An object that is piped binds in <c>quantumnet</c> to what it binds to in PowerShell.</summary>
public sealed class PipelineTests : IClassFixture<BindingTests.Session>
{
    private readonly BindingTests.Session _session;

    public PipelineTests(BindingTests.Session session) => _session = session;

    public static TheoryData<string> Names =>
        [.. CommandCatalog.All().Where(command => Open(command).Length > 0).Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Objects_are_bound_as_by_the_engine(string name)
    {
        CommandEntry command = CommandCatalog.Find(name)!;
        var different = new StringBuilder();
        foreach (string json in Objects(Open(command)).Distinct(StringComparer.Ordinal))
        {
            string engine = OfEngine(command, json), ours = Bind(command, json);
            if (engine != ours && !IsKnown(name, json))
                different.AppendLine(CultureInfo.InvariantCulture,
                    $"{json} | {name}\n    PowerShell: {engine}\n    quantumnet: {ours}");
        }
        Assert.True(different.Length == 0, different.ToString());
    }

    /// <summary>The one difference: of an object whose id is a number PowerShell tries to make a port, and fails later;
    /// an id that happens to be written as a number is an id.</summary>
    private static bool IsKnown(string command, string json) =>
        command == "Test-DhcpPath" && json.Contains(":5}", StringComparison.Ordinal);

    private static IEnumerable<string> Objects(CommandParameter[] open)
    {
        string[] names = [.. open.Where(parameter => parameter.IsFromProperty)
            .SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name))];
        foreach (string name in names)
        {
            foreach (string value in (string[])["\"n1\"", "\"br-*\"", "[\"n1\",\"n2\"]", "[\"n1\"]", "5"])
                yield return $"{{\"{name}\":{value}}}";
            yield return $"{{\"{name.ToLowerInvariant()}\":\"n1\",\"Colour\":\"red\"}}";
            foreach (string other in names.Where(other => other != name))
                yield return $"{{\"{name}\":\"n1\",\"{other}\":\"n2\"}}";
        }
        foreach (string json in (string[])["\"n1\"", "5", "{\"Colour\":\"red\"}", "{\"Colour\":{\"Name\":\"n1\"}}"])
            yield return json;
    }

    private static CommandParameter[] Open(CommandEntry command)
    {
        var binder = new ArgumentBinder(command.Name, CommandParameter.Of(command.Type), [], command.DefaultSet);
        binder.Bind([]);
        return binder.OpenToPipeline();
    }

    private string OfEngine(CommandEntry command, string json)
    {
        // What no piped object brings, in the set that asks for the least of it.
        CommandParameter[] own = CommandParameter.Of(command.Type);
        CommandParameter[] Needed(string set) => [.. own.Where(parameter => parameter.In(set)?.IsMandatory == true
            && !parameter.IsFromPipeline && !parameter.IsFromProperty)];
        string given = string.Join(' ', CommandParameter.SetsOf(own).Select(Needed).MinBy(needed => needed.Length)!
            .Select(parameter => $"-{parameter.Name} {parameter.ValidValues.FirstOrDefault("n1")}"));
        return _session.Pipe(command, json, given, Open(command));
    }

    private static string Bind(CommandEntry command, string json)
    {
        using QuantumCmdlet cmdlet = command.Create();
        CommandParameter[] open = Open(command);
        object?[] before = Array.ConvertAll(open, parameter => parameter.Property!.GetValue(cmdlet));
        try
        {
            new PipelineBinder(command.Name, cmdlet, open).Bind(JsonDocument.Parse(json).RootElement, 1);
            return BindingTests.Said(open.Select((parameter, index) =>
                    (parameter.Name, Value: parameter.Property!.GetValue(cmdlet), Old: before[index]))
                .Where(one => !ReferenceEquals(one.Value, one.Old)).ToDictionary(one => one.Name, one => one.Value!));
        }
        catch (QuantumException e)
        {
            return e.Error.Id;
        }
    }
}
