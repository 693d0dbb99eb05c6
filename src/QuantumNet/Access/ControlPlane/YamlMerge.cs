using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Merge keys (<c>&lt;&lt;: *base</c>, https://yaml.org/type/merge.html) as PyYAML's safe loader,
/// and so openstacksdk, reads them.</summary>
internal static class YamlMerge
{
    /// <summary>Puts merged entries in the place of every merge key below a node. A mapping's own entries win over
    /// merged ones, of several merged mappings the first wins, and a nested mapping is taken or left as a whole.
    /// Throws a <see cref="YamlException"/> at a merge of something that is not a mapping.</summary>
    public static void Apply(YamlNode root) => Apply(root, new(ReferenceEqualityComparer.Instance));

    // An alias is the very node that it names: it is met more than once, and may lie within itself.
    private static void Apply(YamlNode node, HashSet<object> met)
    {
        if (!met.Add(node))
            return;
        if (node is YamlSequenceNode sequence)
        {
            foreach (YamlNode child in sequence.Children)
                Apply(child, met);
        }
        else if (node is YamlMappingNode mapping)
        {
            foreach (YamlNode child in mapping.Children.Values)
                Apply(child, met);
            Merge(mapping);
        }
    }

    private static void Merge(YamlMappingNode mapping)
    {
        if (mapping.Children.Keys.FirstOrDefault(IsMerge) is not { } key)
            return;
        YamlMappingNode[] merged = Mappings(mapping.Children[key]);
        mapping.Children.Remove(key);
        foreach ((YamlNode name, YamlNode value) in merged.Where(one => one != mapping).SelectMany(one => one.Children))
            mapping.Children.TryAdd(name, value);
    }

    // "<<" in quotes is a name like any other.
    private static bool IsMerge(YamlNode key) => key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain };

    private static YamlMappingNode[] Mappings(YamlNode value) => value switch
    {
        YamlMappingNode one => [one],
        YamlSequenceNode many => [.. many.Children.Select(node => node as YamlMappingNode ?? throw NoMapping(node))],
        _ => throw NoMapping(value),
    };

    private static YamlException NoMapping(YamlNode node) =>
        new(node.Start, node.End, "a merge of something that is not a mapping");
}
