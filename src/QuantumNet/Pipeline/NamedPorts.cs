using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>The ports that a parameter of a Get- cmdlet names: by the rule of <see cref="PortSelector"/>, as for
/// Test-DhcpPath, in the records of the cloud that is read; by an id, or a prefix of one, without records, too.
/// Several ports are not an error here.</summary>
/// <param name="texts">What the parameter holds.</param>
internal sealed class NamedPorts(string[] texts)
{
    private const int TellingPrefix = 8;

    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether only the records of ports and instances tell which ports are meant.</summary>
    public bool NeedsRecords { get; } = Array.Exists(texts, text => text.Length > 0 && !IsId(text));

    /// <summary>Looks the texts up; gives those that name a port, in the spelling that they are looked for.</summary>
    public IEnumerable<string> Read(CloudRecords records)
    {
        _ids.Clear();
        foreach (string text in texts.Where(text => text.Length > 0))
        {
            PortSelection found = PortSelector.Find(records, text);
            _ids.UnionWith(found.Ports.Select(port => port.PortId));
            if (found.Ports.Count == 0 && PrefixIn(text) is { } prefix)
                _ids.Add(prefix);       // what nodes hold of a port that no record tells of
            if (found.Ports.Count > 0)
                yield return PortSelector.Classify(text).Text;
        }
    }

    /// <summary>Whether something is of one of the ports.</summary>
    /// <param name="isOf">Whether it is of the port with that id, or prefix of an id.</param>
    public bool Fit(Func<string, bool> isOf) => _ids.Any(isOf);

    private static string? PrefixIn(string text) => PortSelector.Classify(text) switch
    {
        (PortSelectorForm.Id or PortSelectorForm.Prefix, var prefix) => prefix,
        _ => null,
    };

    private static bool IsId(string text) => PortSelector.Classify(text) switch
    {
        (PortSelectorForm.Id, _) => true,
        (PortSelectorForm.Prefix, var prefix) => prefix.Length >= TellingPrefix,
        _ => false,
    };
}
