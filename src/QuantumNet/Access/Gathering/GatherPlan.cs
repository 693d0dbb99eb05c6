using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Frames;

namespace QuantumNet.Access.Gathering;

/// <summary>What to run on a node: every command once, however many collectors want it.</summary>
internal sealed class GatherPlan
{
    private GatherPlan(PlannedCommand[] commands) => Commands = commands;

    /// <summary>The commands, in order; a command's number is its position.</summary>
    public PlannedCommand[] Commands { get; }

    /// <summary>What runs before everything else, in order.</summary>
    public PlannedCommand[] First { get; private init; } = [];

    /// <summary>The others: each array's commands run in order, the arrays side by side.</summary>
    public PlannedCommand[][] Lanes { get; private init; } = [];

    /// <summary>Networks whose namespaces and files are wanted; empty for all.</summary>
    public string[] NetworkIds { get; init; } = [];

    /// <summary>The plan of some collectors.</summary>
    /// <param name="collectors">The collectors.</param>
    /// <param name="networkIds">Networks whose namespaces and files are wanted; all when left out.</param>
    /// <param name="first">What is run before anything is read, which nobody collects.</param>
    /// <exception cref="QuantumException">A command is not on the allow-list: nothing is run then.</exception>
    public static GatherPlan For(
        IEnumerable<ICollector> collectors, string[]? networkIds = null, IReadOnlyList<CommandTemplate>? first = null)
    {
        List<CommandTemplate> templates = [.. first ?? []];
        templates.ForEach(AllowList.Demand);
        PlannedCommand[] before = Of(templates).Commands;
        Dictionary<string, (int Number, List<string> Names)> known = [];
        HashSet<int> secret = [];
        foreach (ICollector collector in collectors)
        {
            foreach (CommandTemplate template in collector.Commands)
            {
                AllowList.Demand(template);
                string key = string.Join('\0', [.. template.Argv, template.Scope.ToString(), .. template.FilePatterns,
                    template.KeepsTail.ToString()]);
                if (!known.TryGetValue(key, out (int Number, List<string> Names) held))
                {
                    known[key] = held = (templates.Count, []);
                    templates.Add(template);
                }
                if (!held.Names.Contains(collector.Name))
                    held.Names.Add(collector.Name);
                if (collector.MayHoldSecrets)
                    secret.Add(held.Number);
            }
        }
        PlannedCommand[] read = [.. known.Values.Select(
            held => new PlannedCommand(held.Number, templates[held.Number], [.. held.Names])
                { MayHoldSecrets = secret.Contains(held.Number) })];
        return new([.. before, .. read])
        {
            First = before,
            Lanes = ScriptLanes.Split(read),
            NetworkIds = networkIds ?? [],
        };
    }

    /// <summary>The plan of commands as they stand, which nobody collects, in order.
    /// The caller has held them against a list.</summary>
    public static GatherPlan Of(IReadOnlyList<CommandTemplate> commands)
    {
        PlannedCommand[] planned = [.. commands.Select((command, number) => new PlannedCommand(number, command, [""]))];
        return new(planned) { First = planned };
    }

    /// <summary>The collectors of those names with those that they need; all when none is named.</summary>
    /// <exception cref="QuantumException">There is no collector of such a name.</exception>
    public static IReadOnlyList<ICollector> Choose(string[] names, IReadOnlyList<ICollector> all)
    {
        if (names.Length == 0)
            return all;
        if (names is ["none"])
            return [];
        HashSet<string> wanted = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            if (!all.Any(collector => collector.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                throw AccessErrors.CollectorUnknown(name, all.Select(collector => collector.Name)).ToException();
            wanted.Add(name);
            wanted.UnionWith(NeedsOf(name));
        }
        return [.. all.Where(collector => wanted.Contains(collector.Name))];
    }

    /// <summary>What a collector joins that others collect: a DHCP server is a process with a socket.</summary>
    private static string[] NeedsOf(string name) => name.ToLowerInvariant() switch
    {
        "dhcpserver" => ["Process", "NodeProcess", "Socket", "NodeSocket"],
        _ => [],
    };
}
