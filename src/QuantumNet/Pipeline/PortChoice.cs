using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>The ports that somebody named or piped, and how they are found in a cloud:
/// one rule for all who test paths.</summary>
internal sealed class PortChoice
{
    /// <summary>Why nothing is done where no port was given.</summary>
    public const string NoneNamed = "no port came in, and none was named";

    private readonly HashSet<string> _named = new(StringComparer.OrdinalIgnoreCase);
    private int _leftOut;

    /// <summary>Whether nothing was named, so that every instance's port is meant.</summary>
    public bool IsEveryInstance { get; set; }

    /// <summary>Whether there is nothing to look for: all that was piped was left out.</summary>
    public bool IsEmpty => !IsEveryInstance && _named.Count == 0;

    /// <summary>What was named.</summary>
    public IReadOnlyCollection<string> Named => _named;

    /// <summary>The only port that was named; empty when it is not one.</summary>
    public string Single => IsEveryInstance ? "" : SingleOf(_named);

    /// <summary>The only text; empty when there are several, or when it is a wildcard, which may mean many.</summary>
    public static string SingleOf(IReadOnlyCollection<string> texts) =>
        texts.Count == 1 && !Wildcard.IsPattern(texts.First()) ? texts.First() : "";

    /// <summary>Adds ports by whatever text names them; empty ones are those of objects without a port.</summary>
    public void Add(IEnumerable<string> named) => _named.UnionWith(named.Where(text => text.Length > 0));

    /// <summary>Adds ports that were piped; those without a DHCP client are left out, those without
    /// an id are an error.</summary>
    public void Add(IEnumerable<QuantumPort> ports, ICommandHost host)
    {
        foreach (QuantumPort port in ports)
        {
            if (port.PortId.Length == 0)
                host.Error(Errors.PortWithoutId());
            else if (HasClient(port))
                _named.Add(port.PortId);
            else
                LeaveOut(port, host);
        }
    }

    private void LeaveOut(QuantumPort port, ICommandHost host)
    {
        _leftOut++;
        host.Verbose(LeftOut(port));
    }

    /// <summary>Why there is nothing to look for.</summary>
    public string WhyEmpty => _leftOut > 0
        ? $"none of the {_leftOut} ports that came in has a DHCP client"
        : NoneNamed;

    /// <summary>The ports, each once; what is not found is reported.</summary>
    public IEnumerable<QuantumPort> In(CloudRecords records, PipelineWriter pipe)
    {
        if (IsEveryInstance)
            return records.Ports.Where(HasClient);
        QuantumPort[] ports = [.. Find(_named, records, pipe).Where(port => IsAsked(port, pipe))];
        return ports.DistinctBy(port => port.PortId);
    }

    /// <summary>The ports, each once, by the records of either of two times: one may be gone since, or new.</summary>
    public IEnumerable<QuantumPort> In(CloudRecords before, CloudRecords after, PipelineWriter pipe)
    {
        List<QuantumPort> found = [];
        foreach (string text in _named)
        {
            PortSelection selection = PortSelector.Find(after, text);
            if (selection.Error is not null && PortSelector.Find(before, text) is { Error: null } earlier)
                selection = earlier;
            if (selection.Error is { } error)
                pipe.Error(error);
            else
                found.AddRange(selection.Ports);
        }
        return found.DistinctBy(port => port.PortId);
    }

    /// <summary>The other ports with a DHCP client.</summary>
    public static IEnumerable<QuantumPort> Others(CloudRecords records, IReadOnlyCollection<QuantumPort> chosen) =>
        records.Ports.Where(HasClient).ExceptBy(chosen.Select(port => port.PortId), port => port.PortId);

    /// <summary>The ports that texts name, whosoever they are; a text that names none,
    /// or too many, is reported.</summary>
    public static IEnumerable<QuantumPort> Find(IEnumerable<string> named, CloudRecords records, PipelineWriter pipe)
    {
        foreach (string text in named)
        {
            PortSelection selection = PortSelector.Find(records, text);
            if (selection.Error is { } error)
            {
                pipe.Error(error);
                continue;
            }
            foreach (QuantumPort port in selection.Ports)
                yield return port;
        }
    }

    /// <summary>Told by name alone, a port may turn out to be the network's own:
    /// an error when it is all that was asked for.</summary>
    private bool IsAsked(QuantumPort port, PipelineWriter pipe)
    {
        if (HasClient(port))
            return true;
        if (SingleOf(_named).Length > 0)
            pipe.Error(Errors.PortWithoutClient(port));
        else
            pipe.Verbose(LeftOut(port));
        return false;
    }

    /// <summary>Whether a DHCP client may stand behind the port: an instance, or something unknown;
    /// never the network's own ports.</summary>
    private static bool HasClient(QuantumPort port) =>
        !port.DeviceOwner.StartsWith("network:", StringComparison.Ordinal);

    private static string LeftOut(QuantumPort port) =>
        $"Port {port.PortId} is left out: no DHCP client owns it ({port.DeviceOwner}).";
}
