using System.Text;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Joins rows of OVSDB to bridges and ports.</summary>
internal static class OvsdbJoin
{
    /// <summary>The bridges, and the ports with their (first) interfaces.</summary>
    public static OvsVsctlShow Of(OvsdbTables tables)
    {
        Dictionary<string, OvsdbRow> interfaces = ById(tables.Interfaces);
        Dictionary<string, OvsdbRow> ports = ById(tables.Ports);
        var show = new OvsVsctlShow([], []);
        var bridgeOf = new Dictionary<string, string>();
        foreach (OvsdbRow row in tables.Bridges)
        {
            OvsBridge bridge = Bridge(row, ports, tables);
            show.Bridges.Add(bridge);
            foreach (string id in row.Uuids("ports"))
                bridgeOf[id] = bridge.Bridge;
        }
        foreach (OvsdbRow row in tables.Ports)
            show.Ports.Add(Port(row, bridgeOf.GetValueOrDefault(row.Id, ""), interfaces));
        HashSet<string> plugged = [.. tables.Ports.SelectMany(row => row.Uuids("interfaces"))];
        foreach (OvsdbRow row in tables.Interfaces)
        {
            // Its port was not asked for: a port without a bridge
            if (row.Id.Length == 0 || !plugged.Contains(row.Id))
                show.Ports.Add(WithInterface(Start(row), row) with { RawText = row.Shown("interface") });
        }
        return show;
    }

    private static OvsBridge Bridge(OvsdbRow row, Dictionary<string, OvsdbRow> ports, OvsdbTables tables)
    {
        var names = new List<string>();
        foreach (string id in row.Uuids("ports"))
        {
            if (ports.TryGetValue(id, out OvsdbRow? port))
                names.Add(port.Text("name"));
        }
        names.Sort(StringComparer.Ordinal);
        return WithControllers(row, tables.Controllers, new OvsBridge
        {
            ComputerName = row.Source.ComputerName,
            Command = row.Source.Command,
            LineNumber = row.LineNumber,
            RawText = row.Shown("bridge"),
            Bridge = row.Text("name"),
            Ports = [.. names],
            FailMode = row.Text("fail_mode"),
            DatapathType = row.Text("datapath_type"),
            OvsVersion = tables.Switches.Count > 0 ? tables.Switches[0].Text("ovs_version") : "",
        });
    }

    private static OvsBridge WithControllers(OvsdbRow row, List<OvsdbRow> controllers, OvsBridge bridge)
    {
        List<string> wanted = row.Uuids("controller");
        var targets = new List<string>();
        bool isConnected = false;
        foreach (OvsdbRow controller in controllers)
        {
            if (!wanted.Contains(controller.Id))
                continue;
            targets.Add(controller.Text("target"));
            isConnected |= controller.Text("is_connected") == "true";
        }
        return targets.Count == 0 ? bridge : bridge with { Controllers = [.. targets], IsConnected = isConnected };
    }

    private static OvsPort Port(OvsdbRow row, string bridge, Dictionary<string, OvsdbRow> interfaces)
    {
        OvsPort port = Start(row) with
        {
            Bridge = bridge,
            Tag = row.Number("tag"),
            Trunks = row.Numbers("trunks"),
            VlanMode = row.Text("vlan_mode"),
            OtherConfig = row.Map("other_config"),
        };
        StringBuilder shown = new(row.Shown("port", always: "tag"));
        bool isFirst = true;
        foreach (string id in row.Uuids("interfaces"))
        {
            if (!interfaces.TryGetValue(id, out OvsdbRow? device))
                continue;
            shown.Append('\n').Append(device.Shown("interface"));
            if (isFirst)
                port = WithInterface(port, device);
            else if (port.Error.Length == 0)
                port = port with { Error = device.Text("error") };
            isFirst = false;
        }
        return port with { RawText = shown.ToString() };
    }

    private static OvsPort Start(OvsdbRow row) => new()
    {
        ComputerName = row.Source.ComputerName,
        Command = row.Source.Command,
        LineNumber = row.LineNumber,
        Device = row.Text("name"),
    };

    private static OvsPort WithInterface(OvsPort port, OvsdbRow device)
    {
        OvsPort with = port with
        {
            Type = device.Text("type"),
            OfPort = device.Number("ofport"),
            Error = device.Text("error"),
            AdminState = device.Text("admin_state"),
            LinkState = device.Text("link_state"),
        };
        with = OvsPortOptions.Apply(with, device.Map("options"));
        return OvsPortOptions.ApplyExternalIds(with, device.Map("external_ids"));
    }

    private static Dictionary<string, OvsdbRow> ById(List<OvsdbRow> rows)
    {
        var byId = new Dictionary<string, OvsdbRow>();
        foreach (OvsdbRow row in rows)
            byId[row.Id] = row;
        return byId;
    }
}
