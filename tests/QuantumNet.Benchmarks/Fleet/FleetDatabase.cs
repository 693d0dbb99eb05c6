using System.Text;
using System.Text.Json;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>What Open vSwitch's database holds on a kind of node, as <c>ovs-vsctl --format=json list</c> prints it:
/// the recorded rows, that of the port for each port, that of the tunnel for each other node.</summary>
internal sealed class FleetDatabase
{
    private static readonly string[] s_tables = ["Bridge", "Port", "Interface", "Controller", "Open_vSwitch"];

    private readonly List<Table> _tables = [];
    private readonly Dictionary<string, List<string>> _fixedPorts = [];
    private readonly string _tunnel;
    private readonly string[] _ofPort, _ofTunnel;

    private sealed record Table(string Name, List<Mold> Once, Mold? Port, Mold? Tunnel, string Headings);

    /// <summary>Reads the tables that were recorded on a kind of node.</summary>
    public FleetDatabase(FleetNode kind)
    {
        string folder = Recording.FolderOf(kind);
        _tunnel = kind.IsServer ? "vxlan-0a00140b" : "vxlan-0a00140c";
        string peer = kind.IsServer ? Recording.ComputeAddress : Recording.ServerAddress;
        Dictionary<string, JsonDocument> recorded = s_tables.ToDictionary(table => table,
            table => JsonDocument.Parse(Recording.Text($"{folder}/ovs-vsctl-list-{table}.json")));
        string device = DeviceOf(kind) + Recording.WordsOf(kind)[1];
        string[] node = [Recording.AddressOf(kind), kind.IsServer ? "\"netnode\"" : "\"compute1\"",
            Ports(recorded["Bridge"], "br-int"), Ports(recorded["Bridge"], "br-tun")];
        _ofPort = [.. Recording.WordsOf(kind), Id(recorded, "Port", device), Id(recorded, "Interface", device)];
        _ofTunnel = [_tunnel, $"{_tunnel}\",2,", peer, .. node,
            Id(recorded, "Port", _tunnel), Id(recorded, "Interface", _tunnel)];
        foreach (string table in s_tables)
            _tables.Add(ReadTable(table, recorded[table], device, node));
    }

    /// <summary>The five tables of a node.</summary>
    public string For(FleetNode node)
    {
        var text = new StringBuilder();
        string[] words = [node.Address, $"\"{node.Name}\"",
            SetOf(_fixedPorts["br-int"].Concat(node.Ports.Select(port => RowId(1, port.OfPort)))),
            SetOf(_fixedPorts["br-tun"].Concat(Others(node).Select(other => RowId(3, other.Number))))];
        foreach (Table table in _tables)
        {
            text.Append("{\"data\":[");
            foreach (Mold row in table.Once)
                Separated(text, row, words);
            foreach (FleetPort port in node.Ports)
                Separated(text, table.Port, [.. port.Words, RowId(1, port.OfPort), RowId(2, port.OfPort)]);
            foreach (FleetNode other in Others(node))
            {
                string name = TunnelName(other);
                Separated(text, table.Tunnel, [name, $"{name}\",{FleetFlows.TunnelTo(node, other)},", other.Address,
                    .. words, RowId(3, other.Number), RowId(4, other.Number)]);
            }
            text.Append("],\"headings\":").Append(table.Headings).Append("}\n");
        }
        return text.ToString();
    }

    /// <summary>A tunnel's port, which Neutron names by the address it leads to.</summary>
    public static string TunnelName(FleetNode other) =>
        "vxlan-" + string.Concat(other.Address.Split('.').Select(part => $"{int.Parse(part):x2}"));

    /// <summary>What the name of a port of br-int begins with.</summary>
    public static string DeviceOf(FleetNode node) => node.IsHybrid ? "qvo" : "tap";

    private static IEnumerable<FleetNode> Others(FleetNode node) =>
        node.Mesh.Where(other => other != node);

    private Table ReadTable(string name, JsonDocument table, string device, string[] node)
    {
        List<Mold> once = [];
        Mold? port = null, tunnel = null;
        foreach (JsonElement row in table.RootElement.GetProperty("data").EnumerateArray())
        {
            string text = row.GetRawText();
            if (name is "Port" or "Interface" && text.Contains($"\"{device}\"", StringComparison.Ordinal))
                port = new Mold(text, _ofPort);
            else if (name is "Port" or "Interface" && text.Contains($"\"{_tunnel}\"", StringComparison.Ordinal))
                tunnel = new Mold(text, _ofTunnel);
            else
                once.Add(new Mold(text, node));
        }
        return new Table(name, once, port, tunnel, table.RootElement.GetProperty("headings").GetRawText());
    }

    /// <summary>The cell of a bridge that lists its ports; keeps those of them that are on every node.</summary>
    private string Ports(JsonDocument bridges, string bridge)
    {
        int name = Column(bridges, "name"), ports = Column(bridges, "ports");
        JsonElement cell = Rows(bridges).First(row => row[name].GetString() == bridge)[ports];
        _fixedPorts[bridge] = [.. cell[1].EnumerateArray().Select(id => id[1].GetString()!)];
        return cell.GetRawText();
    }

    private string Id(Dictionary<string, JsonDocument> tables, string table, string name)
    {
        int column = Column(tables[table], "name"), id = Column(tables[table], "_uuid");
        string found = Rows(tables[table]).First(row => row[column].GetString() == name)[id][1].GetString()!;
        foreach (List<string> ports in _fixedPorts.Values)
            ports.Remove(found);
        return found;
    }

    private static IEnumerable<JsonElement> Rows(JsonDocument table) =>
        table.RootElement.GetProperty("data").EnumerateArray();

    private static int Column(JsonDocument table, string name) => table.RootElement.GetProperty("headings")
        .EnumerateArray().Select(heading => heading.GetString()).ToList().IndexOf(name);

    private static string RowId(int kind, int number) => $"{kind:x8}-0000-4000-8000-{number:x12}";

    private static string SetOf(IEnumerable<string> ids) =>
        $"[\"set\",[{string.Join(',', ids.Select(id => $"[\"uuid\",\"{id}\"]"))}]]";

    private static void Separated(StringBuilder text, Mold? row, IReadOnlyList<string> words)
    {
        if (row is null)
            return;
        if (text[^1] != '[')
            text.Append(',');
        row.Write(text, words);
    }
}
