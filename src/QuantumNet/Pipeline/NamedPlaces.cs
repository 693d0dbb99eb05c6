using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>The networks and nodes that texts name: a network by its id, a prefix of it or its name, a node by
/// its name; wildcards allowed.</summary>
internal static class NamedPlaces
{
    /// <summary>Ids of the networks that are named, in the order of the texts. A text without a wildcard that names
    /// none is an error.</summary>
    /// <param name="texts">What was typed or piped.</param>
    /// <param name="known">The networks that there are.</param>
    /// <param name="pipe">Takes the errors.</param>
    /// <param name="hasErrors">Whether there were any.</param>
    public static string[] Networks(IEnumerable<string> texts, IReadOnlyList<(string Id, string Name)> known,
        PipelineWriter pipe, out bool hasErrors)
    {
        List<string> found = [];
        hasErrors = false;
        foreach (string text in texts)
        {
            string[] fitting =
                [.. known.Where(one => text.Length > 0 && IdOrName.Fits(text, one.Id, one.Name)).Select(one => one.Id)];
            if (fitting.Length == 0 && !Wildcard.IsPattern(text))
            {
                pipe.Error(Errors.NameNotFound(NameKind.Network, text, [.. known.Select(one => one.Id)]));
                hasErrors = true;
            }
            found.AddRange(fitting);
        }
        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Whether a node is among those that are named; every one is where none is.</summary>
    public static bool HasNode(string[] names, string node) => names.Length == 0
        || Array.Exists(names, name => HostName.Fits(name, node));
}
