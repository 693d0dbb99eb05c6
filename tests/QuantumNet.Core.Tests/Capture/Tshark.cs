using System.Text.Json;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>What tshark reads in a capture: one list of field values per DHCP packet, innermost layers last.</summary>
internal sealed class Tshark
{
    private readonly Dictionary<string, List<string>> _fields = [];

    /// <summary>The DHCP packets of a capture.</summary>
    public static List<Tshark> Read(string file)
    {
        string json = Tool.Run("tshark", "-r", file, "-T", "json", "--no-duplicate-keys", "-Y", "dhcp", "-o",
            "udp.check_checksum:TRUE", "-d", "udp.port==8472,vxlan");
        using JsonDocument document = JsonDocument.Parse(json);
        List<Tshark> packets = [];
        foreach (JsonElement packet in document.RootElement.EnumerateArray())
        {
            var read = new Tshark();
            read.Take("", packet.GetProperty("_source").GetProperty("layers"));
            packets.Add(read);
        }
        return packets;
    }

    /// <summary>All values of a field, in order.</summary>
    public List<string> All(string field) => _fields.GetValueOrDefault(field) ?? [];

    /// <summary>The last, innermost value of a field; empty when there is none.</summary>
    public string Last(string field) => All(field).LastOrDefault() ?? "";

    private void Take(string name, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                    Take(property.Name, property.Value);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                    Take(name, item);
                break;
            default:
                if (!_fields.TryGetValue(name, out List<string>? values))
                    _fields[name] = values = [];
                values.Add(element.ToString());
                break;
        }
    }
}
