using System.Net;

namespace QuantumNet.Snapshots;

/// <summary>What a text that names a port looks like.</summary>
public enum PortSelectorForm
{
    /// <summary>Nothing: every port is meant.</summary>
    Empty,
    /// <summary>A UUID: of a port, or of an instance.</summary>
    Id,
    /// <summary>A MAC address.</summary>
    Mac,
    /// <summary>An IPv4 or IPv6 address.</summary>
    Address,
    /// <summary>The beginning of a UUID, or a device name that holds one (<c>tap1408934f-93</c>);
    /// may be a name too.</summary>
    Prefix,
    /// <summary>A name, of a port or of an instance.</summary>
    Name,
}

/// <summary>Ports that a text names, or why it names none.</summary>
public sealed record PortSelection
{
    /// <summary>The ports meant; several when the text names an instance with several.
    /// On an error, the candidates.</summary>
    public IReadOnlyList<QuantumPort> Ports { get; init; } = [];
    /// <summary>PortNotFound or PortAmbiguous; null when all is well.</summary>
    public QuantumError? Error { get; init; }
}

/// <summary>Finds ports by what users have at hand: id, unique prefix of an id, device name, name, MAC,
/// address, instance.</summary>
public static class PortSelector
{
    private const int MaximumListed = 8;
    private static readonly string[] s_devicePrefixes = ["tap", "qvo", "qvb", "qbr"];

    /// <summary>The ports that a text names; all of them when it is empty.</summary>
    public static PortSelection Find(CloudRecords records, string text)
    {
        text = text.Trim();
        if (text.Length == 0)
            return new PortSelection { Ports = records.Ports };
        if (Wildcard.IsPattern(text))
            return ByPattern(records, text);

        List<QuantumPort> found = Exact(records, text);
        bool byInstance = found.Count > 0 && Classify(text).Form == PortSelectorForm.Id;
        if (found.Count == 0)
            found = ByName(records, text);
        if (found.Count == 0)
        {
            found = ByInstanceName(records, text);
            byInstance = true;
        }
        if (found.Count == 0 && IdPrefix(text) is { Length: > 0 } prefix)
        {
            found = Where(records, port => port.PortId.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
            byInstance = false;
        }
        if (found.Count == 0)
            return new PortSelection { Error = NotFound(records, text) };
        return found.Count == 1 || IsOneInstance(found, byInstance)
            ? new PortSelection { Ports = found }
            : new PortSelection { Ports = found, Error = Ambiguous(records, found, text) };
    }

    /// <summary>Every port that a wildcard fits, by what it tells or by its instance's name.</summary>
    private static PortSelection ByPattern(CloudRecords records, string text)
    {
        HashSet<string> instances = records.Instances.Where(one => new Wildcard(text).Matches(one.Name))
            .Select(one => one.InstanceId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        List<QuantumPort> found = Where(records, port => instances.Contains(port.DeviceId)
            || NamesOf(port).Any(name => new Wildcard(text).Matches(name)));
        return found.Count > 0 ? new() { Ports = found } : new() { Error = NotFound(records, text) };
    }

    private static IEnumerable<string> NamesOf(QuantumPort port) =>
        ((string[])[port.PortId, port.Name, port.Mac, port.IpAddress, .. port.FixedIps.Select(ip => ip.IpAddress)])
            .Where(name => name.Length > 0);

    /// <summary>What the text looks like, and its canonical spelling.</summary>
    public static (PortSelectorForm Form, string Text) Classify(string text)
    {
        text = text.Trim();
        if (text.Length == 0)
            return (PortSelectorForm.Empty, "");
        if (Guid.TryParse(text, out Guid id))
            return (PortSelectorForm.Id, id.ToString());
        if (TryMac(text, out string mac))
            return (PortSelectorForm.Mac, mac);
        if (TryAddress(text, out string address))
            return (PortSelectorForm.Address, address);
        return IdPrefix(text) is { Length: > 0 } prefix
            ? (PortSelectorForm.Prefix, prefix)
            : (PortSelectorForm.Name, text);
    }

    private static List<QuantumPort> Exact(CloudRecords records, string text) => Classify(text) switch
    {
        (PortSelectorForm.Id, var id) => ById(records, id),
        (PortSelectorForm.Mac, var mac) => Where(records, port => Same(port.Mac, mac)),
        (PortSelectorForm.Address, var address) => Where(records, port => HasAddress(port, address)),
        _ => [],
    };

    private static List<QuantumPort> ById(CloudRecords records, string id)
    {
        // An inferred port may know only a prefix of its id.
        List<QuantumPort> ports = Where(records, port => port.PortId.Length >= ShortIdLength
            && id.StartsWith(port.PortId, StringComparison.OrdinalIgnoreCase));
        return ports.Count > 0 ? ports : Where(records, port => Same(port.DeviceId, id));
    }

    private const int ShortIdLength = 11;

    private static List<QuantumPort> ByName(CloudRecords records, string text)
    {
        List<QuantumPort> exact = Where(records, port => port.Name == text);
        return exact.Count > 0 ? exact : Where(records, port => Same(port.Name, text));
    }

    private static List<QuantumPort> ByInstanceName(CloudRecords records, string text)
    {
        List<NovaInstance> instances = records.Instances.Where(one => one.Name == text).ToList();
        if (instances.Count == 0)
            instances = records.Instances.Where(one => Same(one.Name, text)).ToList();
        HashSet<string> ids = instances.Select(one => one.InstanceId).Where(id => id.Length > 0)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return ids.Count == 0 ? [] : Where(records, port => ids.Contains(port.DeviceId));
    }

    private static List<QuantumPort> Where(CloudRecords records, Func<QuantumPort, bool> fits) =>
        records.Ports.Where(fits).ToList();

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool HasAddress(QuantumPort port, string address) =>
        port.IpAddress == address
        || port.FixedIps.Any(ip => TryAddress(ip.IpAddress, out string canonical) && canonical == address);

    /// <summary>Several ports of one instance are meant together when the text names the instance.</summary>
    private static bool IsOneInstance(List<QuantumPort> found, bool byInstance) =>
        byInstance && found[0].DeviceId.Length > 0 && found.TrueForAll(port => port.DeviceId == found[0].DeviceId);

    /// <summary>The prefix of an id that the text holds; empty when it holds none.</summary>
    private static string IdPrefix(string text)
    {
        string rest = text;
        foreach (string device in s_devicePrefixes)
        {
            if (text.StartsWith(device, StringComparison.Ordinal) && text.Length == device.Length + ShortIdLength)
                rest = text[device.Length..];
        }
        if (rest.Length is < 1 or > 36)
            return "";
        for (int i = 0; i < rest.Length; i++)
        {
            bool dash = i is 8 or 13 or 18 or 23;
            if (dash ? rest[i] != '-' : !char.IsAsciiHexDigit(rest[i]))
                return "";
        }
        return rest.ToLowerInvariant();
    }

    private static bool TryMac(string text, out string mac)
    {
        mac = "";
        bool separated = text.Length == 17 && (text[2] is ':' or '-') || (text.Length == 14 && text[4] == '.');
        if (!separated && text.Length != 12)
            return false;
        string digits = text.Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
            .Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();
        if (digits.Length != 12 || !digits.All(char.IsAsciiHexDigit))
            return false;
        mac = string.Join(':', Enumerable.Range(0, 6).Select(i => digits.Substring(i * 2, 2)));
        return true;
    }

    private static bool TryAddress(string text, out string canonical)
    {
        // "1408934" is an IPv4 address to IPAddress: only the usual spellings are meant here.
        bool spelled = text.Contains(':') || text.Count(letter => letter == '.') == 3;
        bool ok = spelled & IPAddress.TryParse(text, out IPAddress? address);
        canonical = ok ? address!.ToString() : "";
        return ok;
    }

    private static QuantumError Ambiguous(CloudRecords records, List<QuantumPort> found, string text) => new()
    {
        Id = "PortAmbiguous",
        Category = QuantumErrorCategory.InvalidOperation,
        Target = text,
        Message = $"'{text}' fits {found.Count} ports.",
        Advice = $"Name one of them by its id: {List(records, found)}.",
    };

    private static QuantumError NotFound(CloudRecords records, string text)
    {
        List<QuantumPort> near = PortSuggestion.Nearest(records, text);
        return new QuantumError
        {
            Id = "PortNotFound",
            Category = QuantumErrorCategory.ObjectNotFound,
            Target = text,
            Message = $"No port has '{text}' as its id, unique prefix of an id, name, MAC, address or instance.",
            Advice = near.Count > 0
                ? $"Nearest: {List(records, near)}."
                : "'Get-QuantumPort' lists the ports that this user or snapshot knows.",
        };
    }

    private static string List(CloudRecords records, List<QuantumPort> ports)
    {
        IEnumerable<string> shown = ports.Take(MaximumListed).Select(port => Describe(records, port));
        string all = string.Join(", ", shown);
        return ports.Count > MaximumListed ? $"{all} and {ports.Count - MaximumListed} more" : all;
    }

    private static string Describe(CloudRecords records, QuantumPort port)
    {
        string instance = records.Instances.FirstOrDefault(one => one.InstanceId == port.DeviceId)?.Name ?? "";
        string[] telling = [port.Name, instance, port.IpAddress, port.Mac, port.ComputerName];
        string more = string.Join(' ', telling.Where(part => part.Length > 0));
        return more.Length > 0 ? $"{port.PortId} ({more})" : port.PortId;
    }
}
