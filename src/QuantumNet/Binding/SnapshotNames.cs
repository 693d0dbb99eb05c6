using System.Collections.Concurrent;
using System.Globalization;
using QuantumNet.Access;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Binding;

/// <summary>The names in snapshots and inventories that a command line names, before it runs. Each is read once; one
/// that takes longer than a person waits for is there at the next try.</summary>
internal static class SnapshotNames
{
    /// <summary>The variable that tells how many seconds completion may wait for a snapshot.</summary>
    public const string Variable = "QUANTUMNET_COMPLETION_SECONDS";

    private const double UsualPatience = 2;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out double seconds)
            && seconds is > 0 and < 3600 ? seconds : UsualPatience);
    private static readonly ConcurrentDictionary<(string, DateTime), Task<SeenNames>> s_read = new();

    /// <summary>The names in a snapshot; none where it cannot be read.</summary>
    public static SeenNames OfSnapshot(string path) => Of(path, () =>
    {
        SeenNames names = new();
        names.Remember(CloudReader.Read(SnapshotReader.Load(path, _ => { })));
        return names;
    });

    /// <summary>The nodes of an inventory; none where it cannot be read.</summary>
    public static SeenNames OfInventory(string path) => Of(path, () => OfNodes(InventoryFile.Load(path).Nodes
        .Select(node => (node.Name, string.Join(", ", node.Roles)))));

    /// <summary>Nodes alone.</summary>
    public static SeenNames OfNodes(IEnumerable<(string Name, string Text)> nodes)
    {
        SeenNames names = new();
        foreach ((string name, string text) in nodes)
            names.Add(NameKind.Node, name, text);
        return names;
    }

    private static SeenNames Of(string path, Func<SeenNames> read)
    {
        Task<SeenNames> task = s_read.GetOrAdd((path, File.GetLastWriteTimeUtc(path)), _ => Task.Run(read));
        try
        {
            return task.Wait(s_patience) ? task.Result : new();
        }
        catch (AggregateException)
        {
            return new();
        }
    }
}
