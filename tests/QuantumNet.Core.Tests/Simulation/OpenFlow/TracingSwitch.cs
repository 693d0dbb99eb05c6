using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using QuantumNet.Core.Tests.Parsing.Ovs;
using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Core.Tests.Simulation.OpenFlow;

/// <summary>A real ovs-vswitchd that takes cases and traces their packets. Three bridges in a row,
/// joined by patch ports; a case has the first ones of them.</summary>
public sealed class TracingSwitch : IDisposable
{
    private PrivateSwitch _ovs = new();
    private readonly Dictionary<string, string> _applied = [];
    private readonly Dictionary<string, List<(int Vlan, string Mac)>> _macs = [];
    private Socket? _control;

    /// <summary>Starts it; <see cref="Missing"/> says where Open vSwitch is not installed.</summary>
    public TracingSwitch() => Prepare();

    /// <summary>Why there is no switch; null when there is one.</summary>
    public string? Missing => _ovs.Missing;

    /// <summary>Starts another one in its place, where it ended.</summary>
    public void Restart()
    {
        Dispose();
        (_control, _ovs) = (null, new PrivateSwitch());
        _applied.Clear();
        _macs.Clear();
        Prepare();
    }

    /// <summary>Gives the switch a case's ports, flows, groups and MAC table, where they differ
    /// from what it has.</summary>
    public void Apply(TraceCase given)
    {
        ApplyPorts(given);
        foreach (string bridge in given.Bridges)
        {
            string groups = string.Join('\n',
                given.Groups.Where(group => group.Bridge == bridge).Select(group => group.Text));
            string flows = string.Join('\n', given.FlowsOf(bridge));
            if (IsNew("groups " + bridge, groups))
            {
                _ovs.Ofctl("-O", "OpenFlow15", "del-groups", bridge);
                IsNew("flows " + bridge, "");   // the flows on groups went with them
                if (groups.Length > 0)
                    _ovs.Ofctl("-O", "OpenFlow15", "add-groups", bridge, Written("groups", groups));
            }
            if (IsNew("flows " + bridge, given.Version + flows))
                ApplyFlows(given, bridge, flows);
            ApplyMacs(given, bridge);
        }
    }

    /// <summary>What the switch holds as flows of a bridge.</summary>
    public string Dump(TraceCase given, string bridge) => _ovs.Ofctl("-O", given.Version, "dump-flows", bridge);

    /// <summary>What the switch holds as groups of a bridge.</summary>
    public string DumpGroups(string bridge) => _ovs.Ofctl("-O", "OpenFlow13", "dump-groups", bridge);

    /// <summary>The trace of the case's packet, as printed.</summary>
    public string Trace(TraceCase given) => Control("ofproto/trace", "--names", given.EntryBridge, given.PacketText);

    /// <summary>Where the switch says that the packet leaves.</summary>
    public List<string> Outcome(TraceCase given, string trace)
    {
        Packet packet = PacketText.Read(given.PacketText, _ => null)
            ?? throw new InvalidOperationException(given.PacketText);
        return TraceOutcome.Lines(DatapathActions.Outputs(trace, packet));
    }

    /// <summary>Asks as ovs-appctl does; throws with what the switch says when it refuses.</summary>
    public string Control(string method, params string[] arguments)
    {
        if (_control is null)
        {
            _control = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _control.Connect(new UnixDomainSocketEndPoint(_ovs.ControlSocket));
        }
        _control.Send(JsonSerializer.SerializeToUtf8Bytes(new { id = 0, method, @params = arguments }));
        using JsonDocument answer = ReadAnswer(_control);
        return answer.RootElement.GetProperty("error") is { ValueKind: JsonValueKind.String } error
            ? throw new InvalidOperationException($"{method} {string.Join(' ', arguments)}: {error.GetString()}")
            : answer.RootElement.GetProperty("result").GetString()!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _control?.Dispose();
        _ovs.Dispose();
    }

    private void Prepare()
    {
        if (Missing is null)
            _ovs.Vsctl("set", "Open_vSwitch", ".", "other_config:vlan-limit=2");
    }

    private static JsonDocument ReadAnswer(Socket socket)
    {
        var text = new MemoryStream();
        byte[] part = new byte[65536];
        while (true)
        {
            int count = socket.Receive(part);
            if (count == 0)
                throw new SwitchGoneException("the switch hung up: " + Encoding.UTF8.GetString(text.ToArray()));
            text.Write(part, 0, count);
            if (part[count - 1] != (byte)'}')
                continue;
            try
            {
                return JsonDocument.Parse(text.ToArray());
            }
            catch (JsonException)
            {
                // more is to come
            }
        }
    }

    private void ApplyFlows(TraceCase given, string bridge, string flows)
    {
        try
        {
            _ovs.Ofctl("-O", given.Version, "del-flows", bridge);
            _ovs.Ofctl("-O", given.Version, "add-flows", bridge, Written("flows", flows));
        }
        catch (InvalidOperationException e)
        {
            _applied.Remove("flows " + bridge);
            throw new RefusedException($"{e.Message}\n{flows}", e);
        }
    }

    private void ApplyPorts(TraceCase given)
    {
        var arguments = new List<string>();
        string shape = string.Join(' ',
            given.Ports.Select(port => $"{port.Bridge}/{port.Name}/{port.Number}/{port.Setting("peer")}"));
        if (IsNew("shape", shape))
            AddBridges(given, arguments);
        string settings = string.Join('\n', given.Ports) + string.Join(' ', given.Bpdu);
        if (IsNew("settings", settings))
            AddSettings(given, arguments);
        if (arguments.Count > 0)
            _ovs.Vsctl([.. arguments]);
        foreach (CasePort port in given.Ports)
        {
            string flood = port.Settings.Contains("no-flood") ? "no-flood" : "flood";
            if (_applied.GetValueOrDefault("flood " + port.Name, "flood") != flood)
                _ovs.Ofctl("mod-port", port.Bridge, port.Name, flood);
            _applied["flood " + port.Name] = flood;
        }
    }

    private void AddBridges(TraceCase given, List<string> arguments)
    {
        foreach (string key in _applied.Keys.Where(key => key is not "shape").ToList())
            _applied.Remove(key);
        foreach (string old in _ovs.Vsctl("list-br").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            arguments.AddRange(["--", "del-br", old]);
        foreach (string bridge in given.Bridges)
        {
            arguments.AddRange(["--", "add-br", bridge, "--", "set", "Bridge", bridge,
                "datapath_type=dummy", "fail_mode=secure",
                "protocols=OpenFlow10,OpenFlow13,OpenFlow15"]);
        }
        foreach (CasePort port in given.Ports.Where(port => port.Name != port.Bridge))
        {
            string type = port.Setting("peer") is string peer ? $"type=patch options:peer={peer}" : "type=dummy";
            arguments.AddRange(["--", "add-port", port.Bridge, port.Name, "--", "set", "Interface", port.Name,
                $"ofport_request={port.Number}", .. type.Split(' ')]);
        }
    }

    private static void AddSettings(TraceCase given, List<string> arguments)
    {
        foreach (string bridge in given.Bridges)
            arguments.AddRange(["--", "set", "Bridge", bridge,
                $"other_config:forward-bpdu={(given.Bpdu.Contains(bridge) ? "true" : "false")}"]);
        foreach (CasePort port in given.Ports)
        {
            arguments.AddRange(["--", "clear", "Port", port.Name, "tag", "trunks", "vlan_mode",
                "cvlans", "other_config", "--", "set", "Port", port.Name, "protected=false",
                .. port.Settings.Where(
                    setting => setting is not "no-flood" && !setting.StartsWith("peer=", StringComparison.Ordinal))]);
        }
    }

    private void ApplyMacs(TraceCase given, string bridge)
    {
        // Always again: a port whose VLANs change loses its entries, and a flush leaves the static ones.
        foreach ((int vlan, string mac) in _macs.GetValueOrDefault(bridge, []))
            DeleteMac(bridge, vlan, mac);
        var macs = given.Macs.Where(mac => mac.Bridge == bridge).ToList();
        _macs[bridge] = [.. macs.Select(mac => (mac.Vlan, mac.Mac))];
        foreach ((_, string port, int vlan, string mac) in macs)
            Control("fdb/add", bridge, port, $"{vlan}", mac);
    }

    private void DeleteMac(string bridge, int vlan, string mac)
    {
        try
        {
            Control("fdb/del", bridge, $"{vlan}", mac);
        }
        catch (InvalidOperationException)
        {
            // it went with its port's VLAN
        }
    }

    private bool IsNew(string what, string value)
    {
        bool isNew = _applied.GetValueOrDefault(what) != value;
        _applied[what] = value;
        return isNew;
    }

    private string Written(string name, string text)
    {
        string file = _ovs.FileOf(name);
        File.WriteAllText(file, text + "\n");
        return file;
    }
}

/// <summary>The switch does not take a flow.</summary>
public sealed class RefusedException(string message, Exception cause) : InvalidOperationException(message, cause);

/// <summary>The switch ended.</summary>
public sealed class SwitchGoneException(string message) : Exception(message);
