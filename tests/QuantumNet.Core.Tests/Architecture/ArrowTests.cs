using System.Text.RegularExpressions;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Simulation.Network;

namespace QuantumNet.Core.Tests.Architecture;

/// <summary>Reads which room of the code uses which other, and fails on an arrow that the design
/// does not have.</summary>
public sealed partial class ArrowTests
{
    private static readonly string s_source = Path.Combine(Samples.Folder, "..", "..", "src");

    // A room may use itself, the Model (namespace QuantumNet) and what stands here.
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Core/Model"] = [],
        ["Core/Parsing"] = [],
        ["Core/Topology"] = [],
        ["Core/Snapshots"] = ["Core/Parsing", "Core/Topology"],
        ["Core/Paths"] = ["Core/Topology"],
        ["Core/Simulation"] = ["Core/Parsing", "Core/Topology", "Core/Paths"],
        ["Core/Faults"] = ["Core/Topology", "Core/Paths", "Core/Parsing", "Core/Simulation"],
        ["Core/Observations"] = ["Core/Topology", "Core/Paths", "Core/Simulation"],
        ["Core/Comparison"] = ["Core/Topology", "Core/Paths"],
        ["Core/Diagnosis"] =
        [
            "Core/Observations", "Core/Faults", "Core/Topology", "Core/Paths", "Core/Simulation", "Core/Snapshots",
        ],
        ["Core/Reports"] = ["Core/Diagnosis", "Core/Topology", "Core/Paths", "Core/Faults"],
        ["Module/Access"] = ["Core/*"],
        ["Module/Binding"] = ["Module/Access", "Module/Pipeline", "Core/*"],
        ["Module/Pipeline"] = ["Module/Access", "Module/Binding", "Core/*"],
        ["Module/Commands"] = ["Module/Pipeline", "Module/Binding", "Module/Access", "Core/*"],
    };

    [Fact]
    public void Every_arrow_between_rooms_is_one_the_design_has() =>
        Assert.Empty(Arrows().Where(arrow => !IsAllowed(arrow)).Select(arrow => arrow.ToString()).Distinct());

    // What a file uses without naming it: a type that a method of another room gives.
    [Fact]
    public void Every_type_of_the_core_uses_only_what_its_room_may() =>
        Assert.Empty(
            TypeArrows().Where(arrow => !IsAllowed(arrow)).Select(arrow => arrow.ToString()).Distinct().Order());

    [Fact]
    public void The_reader_of_types_sees_what_code_calls() =>
        Assert.Contains(typeof(CollectedBridges),
            UsedTypes.Of(typeof(NetworkTrace)));

    [Fact]
    public void Core_uses_neither_PowerShell_nor_processes_nor_sockets()
    {
        string[] forbidden = ["System.Management.Automation", "System.Net.Sockets", "System.Net.Http",
            "Process.Start", "Console."];
        IEnumerable<string> found = Files("QuantumNet.Core").SelectMany(file =>
            forbidden.Where(File.ReadAllText(file).Contains).Select(word => $"{Path.GetFileName(file)}: {word}"));
        Assert.Empty(found);
    }

    [Fact]
    public void The_arrow_reader_sees_arrows() =>
        Assert.Contains(Arrows(), arrow => arrow is { From: "Core/Faults", To: "Core/Paths" });

    private static bool IsAllowed(Arrow arrow) => arrow.From == arrow.To || arrow.To == "Core/Model"
        || (s_allowed.TryGetValue(arrow.From, out string[]? targets)
            && targets.Any(target => target == arrow.To
                || (target.EndsWith('*') && arrow.To.StartsWith(target[..^1], StringComparison.Ordinal))));

    private static IEnumerable<Arrow> Arrows()
    {
        Dictionary<string, string> rooms = RoomsOfNamespaces();
        foreach ((string project, string prefix) in new[] { ("QuantumNet.Core", "Core/"), ("QuantumNet", "Module/") })
        {
            foreach (string file in Files(project))
            {
                string room = prefix + RoomOf(project, file);
                foreach (Match use in UsingLine().Matches(File.ReadAllText(file)))
                {
                    if (rooms.TryGetValue(use.Groups[1].Value, out string? target))
                        yield return new Arrow(room, target, Path.GetFileName(file));
                }
            }
        }
    }

    private static IEnumerable<Arrow> TypeArrows()
    {
        Dictionary<string, string> rooms = RoomsOfTypes();
        foreach (Type type in typeof(OvsFlow).Assembly.GetTypes())
        {
            if (!rooms.TryGetValue(NameOf(type), out string? from))
                continue;
            foreach (Type used in UsedTypes.Of(type))
            {
                if (rooms.TryGetValue(NameOf(used), out string? to) && used.Assembly == type.Assembly)
                    yield return new Arrow(from, to, $"{NameOf(type)}: {NameOf(used)}");
            }
        }
    }

    private static string NameOf(Type type)
    {
        Type outer = UsedTypes.Outermost(type);
        return $"{outer.Namespace}.{outer.Name.Split('`')[0]}";
    }

    private static Dictionary<string, string> RoomsOfTypes()
    {
        Dictionary<string, string> rooms = [];
        foreach (string file in Files("QuantumNet.Core"))
        {
            string text = File.ReadAllText(file);
            string space = NamespaceLine().Match(text).Groups[1].Value;
            foreach (Match type in TypeLine().Matches(text))
                rooms.TryAdd($"{space}.{type.Groups[1].Value}", "Core/" + RoomOf("QuantumNet.Core", file));
        }
        return rooms;
    }

    private static Dictionary<string, string> RoomsOfNamespaces()
    {
        Dictionary<string, string> rooms = [];
        foreach ((string project, string prefix) in new[] { ("QuantumNet.Core", "Core/"), ("QuantumNet", "Module/") })
        {
            foreach (string file in Files(project))
            {
                Match declared = NamespaceLine().Match(File.ReadAllText(file));
                if (declared.Success && declared.Groups[1].Value != "QuantumNet")
                    rooms.TryAdd(declared.Groups[1].Value, prefix + RoomOf(project, file));
            }
        }
        return rooms;
    }

    private static string RoomOf(string project, string file) =>
        Path.GetRelativePath(Path.Combine(s_source, project), file).Split(Path.DirectorySeparatorChar)[0];

    private static IEnumerable<string> Files(string project) =>
        Directory.EnumerateFiles(Path.Combine(s_source, project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal));

    [GeneratedRegex(@"^using (?:static )?(QuantumNet[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"^namespace (QuantumNet[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^[a-z ]*\b(?:class|record struct|record|struct|enum|interface)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    private sealed record Arrow(string From, string To, string File)
    {
        public override string ToString() => $"{From} -> {To} ({File})";
    }
}
